//! `POST /predict` and the Open Inference Protocol: what is answered and what is refused.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::app::{Answer, App};
use crate::model::dataset;

const INFER: &str = "/v2/models/breast-cancer-logistic/infer";

/// The first row of the data set, a malignant one, by feature.
fn features(app: &App) -> Value {
    let names = app.state.model.features().iter().map(|feature| feature.name.clone());
    names
        .zip(dataset().remove(0).into_iter().map(Value::from))
        .collect::<Map<_, _>>()
        .into()
}

fn tensor() -> Value {
    json!({ "inputs": [{ "name": "features", "shape": [1, 30], "datatype": "FP64", "data": [dataset()[0]] }] })
}

async fn refused(app: &App, path: &str, body: &Value) -> (u16, Vec<String>) {
    let answer = app.post(path, &body.to_string()).await;
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{}",
        answer.text
    );
    (answer.status.as_u16(), pointers(&answer))
}

fn pointers(answer: &Answer) -> Vec<String> {
    let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    errors
        .iter()
        .map(|error| {
            format!(
                "{}: {}",
                error["pointer"].as_str().unwrap(),
                error["detail"].as_str().unwrap()
            )
        })
        .collect()
}

#[tokio::test]
async fn one_instance_is_answered_with_its_class() {
    let app = App::new();
    let answer = app
        .post("/predict", &json!({ "features": features(&app) }).to_string())
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let answer = answer.json();
    assert_eq!(
        (&answer["class"], &answer["model"]),
        (&"malignant".into(), &"breast-cancer-logistic".into())
    );
    assert!(answer["probability"].as_f64().unwrap() > 0.99);
}

#[tokio::test]
async fn a_batch_of_the_most_instances_is_answered_in_order() {
    let app = App::new();
    let batch = json!({ "instances": vec![features(&app); 256] });
    let answer = app.post("/predict", &batch.to_string()).await.json();
    assert_eq!(answer["predictions"].as_array().unwrap().len(), 256);
    let metrics = app.get("/metrics").await.text;
    assert!(
        metrics.contains("predictor_predictions_total{outcome=\"malignant\"} 256\n"),
        "{metrics}"
    );
}

#[tokio::test]
async fn each_wrong_field_is_named() {
    let app = App::new();
    let mut wrong = features(&app);
    let fields = wrong.as_object_mut().unwrap();
    fields.remove("mean area");
    fields.insert("mean radius".to_owned(), json!("NaN"));
    fields.insert("mean texture".to_owned(), json!(-1));
    fields.insert("a/b".to_owned(), json!({ "c": [1e3] }));
    assert_eq!(
        refused(&app, "/predict", &json!({ "features": wrong })).await,
        (
            422,
            vec![
                "/features/mean radius: expected a number, saw a string".to_owned(),
                "/features/mean texture: expected a number from 0 to 78.6".to_owned(),
                "/features/a~1b: is not a feature of the model".to_owned(),
                "/features/mean area: is missing".to_owned(),
            ]
        )
    );
    assert!(app.get("/metrics").await.text.contains("{outcome=\"rejected\"} 1\n"));
}

#[tokio::test]
async fn a_body_of_the_wrong_shape_is_refused_with_the_place() {
    let app = App::new();
    let right = features(&app);
    for (body, pointer) in [
        (json!([]), ": expected an object"),
        (json!({}), ": expected `features` or `instances`"),
        (json!({ "features": 1 }), "/features: expected an object"),
        (json!({ "instances": {} }), "/instances: expected a list"),
        (json!({ "instances": [] }), "/instances: expected at least one"),
        (json!({ "instances": [right, 3] }), "/instances/1: expected an object"),
        (
            json!({ "instances": vec![&right; 257] }),
            "/instances: expected at most 256",
        ),
        (
            json!({ "features": right, "instances": [right] }),
            "/instances: a request has one of",
        ),
        (json!({ "features": right, "more": 1 }), "/more: is not a field"),
    ] {
        let (status, errors) = refused(&app, "/predict", &body).await;
        assert!(
            status == 422 && errors.len() == 1 && errors[0].starts_with(pointer),
            "{errors:?}, expected {pointer}"
        );
    }
}

#[tokio::test]
async fn what_json_cannot_say_well_is_refused() {
    let app = App::new();
    let right = json!({ "features": features(&app) }).to_string();
    for (body, status, pointer) in [
        (right.replace("17.99", "NaN"), 400, ""),
        (
            right.replace("17.99", "1e999"),
            422,
            "/features/mean radius: expected a number from 0 to 56.2",
        ),
        (
            right.replace("17.99", "17.99,\"mean radius\":1"),
            422,
            "/features/mean radius: is given twice",
        ),
        (right[..100].to_owned(), 400, ""),
        (String::new(), 400, ""),
        (right.clone() + "x", 400, ""),
        ("[".repeat(100_000), 422, ": expected an object"),
        (format!("{{\"x\":{}", "[".repeat(100_000)), 400, ""),
    ] {
        let answer = app.post("/predict", &body).await;
        let errors = pointers(&answer);
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
        assert!(
            errors.first().map_or("", String::as_str).starts_with(pointer),
            "{errors:?}"
        );
    }
}

#[tokio::test]
async fn a_body_over_the_limit_or_of_another_type_is_refused() {
    let app = App::with(&["--body-limit", "100"]);
    assert_eq!(
        app.post("/predict", &" ".repeat(101)).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(
        app.post(INFER, &" ".repeat(101)).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(
        app.post("/predict", &" ".repeat(100)).await.status,
        StatusCode::BAD_REQUEST
    );
    for content_type in ["text/plain", "application/jsonp", ""] {
        let answer = app.post_as("/predict", content_type, "{}").await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{content_type}");
    }
    let answer = app.post_as("/predict", "Application/JSON; charset=utf-8", "{}").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_inference_protocol_answers_as_the_endpoint_of_ours_does() {
    let app = App::new();
    let ours = app
        .post("/predict", &json!({ "features": features(&app) }).to_string())
        .await
        .json();
    let mut request = tensor();
    request["id"] = json!("a");
    let theirs = app.post(INFER, &request.to_string()).await.json();
    assert_eq!(theirs["id"], "a");
    assert_eq!(theirs["outputs"][0]["data"][0], ours["probability"]);
    assert_eq!(
        theirs["outputs"][1],
        json!({ "name": "class", "datatype": "BYTES", "shape": [1], "data": ["malignant"] })
    );
    request["inputs"][0]["data"] = json!(dataset()[0]);
    request["outputs"] = json!([{ "name": "class" }]);
    let flat = app
        .post(
            "/v2/models/breast-cancer-logistic/versions/1.0.0/infer",
            &request.to_string(),
        )
        .await
        .json();
    assert_eq!(flat["outputs"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn the_inference_protocol_describes_server_and_model() {
    let app = App::new();
    assert_eq!(app.get("/v2").await.json()["name"], "predictor");
    assert_eq!(app.get("/v2/health/live").await.text, r#"{"live":true}"#);
    assert_eq!(app.get("/v2/health/ready").await.text, r#"{"ready":true}"#);
    let model = app.get("/v2/models/breast-cancer-logistic").await.json();
    assert_eq!(
        model["inputs"],
        json!([{ "name": "features", "datatype": "FP64", "shape": [-1, 30] }])
    );
    assert_eq!(
        app.get("/v2/models/breast-cancer-logistic/ready").await.json()["ready"],
        true
    );
    for path in [
        "/v2/models/other",
        "/v2/models/other/ready",
        "/v2/models/breast-cancer-logistic/versions/9",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(
            answer.json()["error"],
            "the only model is `breast-cancer-logistic`, version `1.0.0`"
        );
    }
}

#[tokio::test]
async fn a_wrong_inference_request_is_refused_with_the_place() {
    let app = App::new();
    for (place, value, pointer) in [
        ("/inputs", json!([]), "/inputs: expected one tensor"),
        ("/inputs/0/name", json!("x"), "/inputs/0/name: expected `features`"),
        ("/inputs/0/shape", json!([2, 30]), "/inputs/0/data: expected 2 times 30"),
        ("/inputs/0/shape", json!([30]), "/inputs/0/shape: expected [n, 30]"),
        ("/inputs/0/shape", json!([257, 30]), "/inputs/0/shape: expected [n, 30]"),
        (
            "/inputs/0/datatype",
            json!("FP16"),
            "/inputs/0/datatype: unknown variant `FP16`",
        ),
        (
            "/inputs/0/data/0/3",
            json!(-1),
            "/inputs/0/data/0/3: expected a number from 0 to 5000 for `mean area`",
        ),
        (
            "/inputs/0/data/0/3",
            json!("1"),
            "/inputs/0/data/0/3: invalid type: string \"1\"",
        ),
        ("/inputs", json!(1), "/inputs: invalid type: integer `1`"),
    ] {
        let mut body = tensor();
        *body.pointer_mut(place).unwrap() = value;
        let (status, errors) = refused(&app, INFER, &body).await;
        assert!(
            status == 422 && errors.len() == 1 && errors[0].starts_with(pointer),
            "{errors:?}, expected {pointer}"
        );
    }
}

#[tokio::test]
async fn the_openapi_document_names_every_feature_and_every_path() {
    let app = App::new();
    let document = app.get("/openapi.json").await.json();
    assert_eq!(
        document["components"]["schemas"]["Features"]["required"]
            .as_array()
            .map(Vec::len),
        Some(30)
    );
    let paths: Vec<_> = document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    for path in predictor::PATHS {
        assert!(paths.contains(&path), "{path} is not described");
    }
    assert_eq!(paths.len(), predictor::PATHS.len());
}
