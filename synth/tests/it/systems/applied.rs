//! What is applied to a cluster, and that it is there as it was written.

use serde_json::{Value as Json, json};

use super::S1;
use super::pods::{object, objects};
use crate::script;

/// What `deploy.sh` asks AWS and the cluster, where an image runs.
fn calls(words: &[&str]) -> Vec<String> {
    let of = script::Of {
        files: &S1.rendered.files,
        system: "predictor",
        account: "111122223333",
    };
    let ended = script::run(&of, words, &[], "*OutputKey*) echo an-output ;;");
    assert!(ended.succeeded, "{}", ended.said);
    ended.calls.lines().map(str::to_owned).collect()
}

/// The files of the last call that begins so.
fn files(calls: &[String], begins: &str) -> Vec<String> {
    let last = calls.iter().rfind(|call| call.starts_with(begins)).unwrap();
    let words = last.split(' ').filter(|word| word.contains("/k8s/"));
    words.map(|word| word.rsplit('/').next().unwrap().to_owned()).collect()
}

#[test]
fn an_environment_that_does_not_scale_applies_no_scaler() {
    let calls = calls(&["setup", "dev"]);
    assert_eq!(
        files(&calls, "kubectl apply").last().map(String::as_str),
        Some("65-deployment.yaml")
    );
}

#[test]
fn an_environment_that_scales_applies_its_scaler() {
    let calls = calls(&["setup", "prod"]);
    assert_eq!(
        files(&calls, "kubectl apply").last().map(String::as_str),
        Some("70-horizontalpodautoscaler.yaml")
    );
}

/// Every amount below a value, with the way there.
fn amounts(value: &Json, at: &str, found: &mut Vec<String>) {
    match value {
        Json::Object(map) => map
            .iter()
            .for_each(|(key, value)| amounts(value, &format!("{at}.{key}"), found)),
        Json::Array(items) => items.iter().for_each(|item| amounts(item, at, found)),
        _ if ["cpu", "memory", "sizeLimit"].iter().any(|end| at.ends_with(end)) => {
            found.push(format!(
                "{}: {}",
                at.rsplit('.').next().unwrap(),
                value.as_str().unwrap()
            ));
        }
        _ => {}
    }
}

#[test]
fn amounts_are_written_as_the_api_server_gives_them_back() {
    let mut found = Vec::new();
    for (_, object) in objects("prod") {
        amounts(&object["spec"], "", &mut found);
    }
    found.sort();
    found.dedup();
    assert_eq!(
        found,
        ["cpu: 500m", "cpu: 8", "memory: 16Gi", "memory: 1Gi", "sizeLimit: 64Mi"]
    );
}

#[test]
fn memory_comes_before_the_cpu_as_every_version_gives_it_back() {
    let metrics = object("prod", "HorizontalPodAutoscaler", "predictor")["spec"]["metrics"].clone();
    let names: Vec<_> = metrics
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["resource"]["name"])
        .collect();
    assert_eq!(names, [&json!("memory"), &json!("cpu")]);
}
