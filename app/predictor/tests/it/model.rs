//! The models agree with scikit-learn, and what is not a model is refused at start.

use std::sync::Arc;

use clap::Parser;
use predictor::State;
use predictor::config::Config;
use predictor::predict::{Model, Rows};
use service::log::{Level, Log};

const LOGISTIC: &str = include_str!("../../model/logistic.json");
const DATASET: &str = include_str!("../../model/dataset.csv");
const EXPECTED: &str = include_str!("../../model/expected.json");

/// Every row of the data set, its measurements only.
pub(crate) fn dataset() -> Vec<Vec<f64>> {
    let rows = DATASET.lines().skip(1);
    rows.map(|line| line.split(',').take(30).map(|field| field.parse().unwrap()).collect())
        .collect()
}

/// How far the predictions of a model are from scikit-learn's at most.
fn distance(name: &str, json: &str) -> f64 {
    let model = Model::parse(json.as_bytes()).unwrap();
    let mut rows = Rows::with_capacity(&model, 569);
    for row in dataset() {
        rows.push(&row);
    }
    let expected: serde_json::Value = serde_json::from_str(EXPECTED).unwrap();
    let expected = expected[name].as_array().unwrap();
    let predicted = model.predict(&rows);
    assert_eq!((predicted.len(), expected.len()), (569, 569));
    predicted
        .iter()
        .zip(expected)
        .map(|(ours, theirs)| (ours.probability - theirs.as_f64().unwrap()).abs())
        .fold(0.0, f64::max)
}

#[test]
fn the_logistic_model_agrees_with_scikit_learn_on_the_whole_set() {
    assert!(distance("logistic", LOGISTIC) < 1e-9);
}

#[test]
fn the_forest_agrees_with_scikit_learn_on_the_whole_set() {
    assert!(distance("forest", include_str!("../../model/forest.json")) < 1e-9);
}

#[test]
fn the_boosted_model_agrees_with_scikit_learn_on_the_whole_set() {
    assert!(distance("boosted", include_str!("../../model/boosted.json")) < 1e-9);
}

/// What the service says at start about a model in a file.
fn refusal(json: &str) -> String {
    let file = tempfile(json);
    let config = Config::try_parse_from(["predictor", "--model", &file]).unwrap();
    let state = State::load(&config, Log::to(Level::Error, true, std::io::sink()));
    std::fs::remove_file(&file).unwrap();
    let error = Arc::new(state)
        .as_ref()
        .as_ref()
        .err()
        .map(ToString::to_string)
        .unwrap_or_default();
    error.replace(&file, "FILE")
}

fn tempfile(json: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("predictor-{}-{number}.json", std::process::id()));
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), json.as_bytes()).unwrap();
    path.display().to_string()
}

#[test]
fn another_model_of_the_same_features_is_served() {
    assert_eq!(refusal(include_str!("../../model/forest.json")), "");
}

#[test]
fn a_model_of_other_features_is_refused_with_the_first_that_differs() {
    assert_eq!(
        refusal(&LOGISTIC.replace("mean area", "mean size")),
        "FILE: the model's features differ from those that the service takes: feature 4 is `mean size` instead of \
         `mean area`; train it on the same features in the same order"
    );
}

#[test]
fn a_file_that_does_not_exist_is_named() {
    let config = Config::try_parse_from(["predictor", "--model", "/none.json"]).unwrap();
    let state = State::load(&config, Log::to(Level::Error, true, std::io::sink()));
    let error = state.err().unwrap().to_string();
    assert!(
        error.starts_with("cannot read the model `/none.json`: No such file"),
        "{error}"
    );
}

/// A forest of one tree, which asks for a feature and has a node on its left.
fn tree(feature: &str, left: &str) -> String {
    let start = LOGISTIC.find("\"scaler\"").unwrap();
    let features = &LOGISTIC[..start];
    format!(
        "{features}\"estimator\":{{\"kind\":\"forest\",\"trees\":[{{\"feature\":[{feature},0,0],\
         \"threshold\":[1.0,0.0,0.0],\"left\":[{left},0,0],\"right\":[2,0,0],\"value\":[0.0,0.0,1.0]}}]}}}}"
    )
}

#[test]
fn a_document_whose_parts_do_not_fit_is_refused_with_the_part() {
    assert_eq!(refusal(&tree("0", "1")), "");
    for (json, expected) in [
        ("{}".to_owned(), "missing field `format`"),
        ("[".to_owned(), "not a `predictor-model/1` document"),
        (
            LOGISTIC.replace("model/1", "model/2"),
            "`format` is predictor-model/2 and must be predictor-model/1",
        ),
        (
            LOGISTIC.replace("\"intercept\":", "\"intercept\":1e999,\"x\":"),
            "number out of range",
        ),
        (
            LOGISTIC.replace("\"coefficients\":[", "\"coefficients\":[1.0,"),
            "`estimator.coefficients` is 31",
        ),
        (LOGISTIC.replace("\"mean\":[", "\"mean\":[1.0,"), "`scaler.mean` is 31"),
        (LOGISTIC.replace("\"scale\":[", "\"scale\":[0.0,"), "`scaler.scale`"),
        (
            LOGISTIC.replace("\"threshold\":0.5", "\"threshold\":2"),
            "`threshold` is 2",
        ),
        (
            LOGISTIC.replace("\"minimum\":0.0,\"maximum\":56.2", "\"minimum\":60,\"maximum\":56.2"),
            "`mean radius`",
        ),
        (
            LOGISTIC.replace("breast-cancer-logistic", "a\\\"b"),
            "`name` and `version`",
        ),
        (tree("30", "1"), "feature 30 of 30"),
        (tree("0", "9"), "node 0 of a tree has children 9 and 2"),
    ] {
        let refusal = refusal(&json);
        assert!(refusal.contains(expected), "expected {expected}, saw {refusal}");
    }
}
