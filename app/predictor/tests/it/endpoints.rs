//! What each endpoint answers when all is well, and what every answer has.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::app::App;

#[tokio::test]
async fn the_sample_score_is_the_contract_byte_for_byte() {
    let answer = App::new().get("/predict").await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::OK, r#"{"score":0.75}"#)
    );
}

#[tokio::test]
async fn health_says_ok_uptime_and_version() {
    let health = App::new().get("/health").await.json();
    assert_eq!(health["status"], "ok");
    assert_eq!(health["version"], predictor::VERSION);
    assert!(health["uptime_seconds"].is_number());
}

#[tokio::test]
async fn readiness_goes_off_while_the_service_drains_and_health_stays() {
    let app = App::new();
    assert_eq!(app.get("/readyz").await.status, StatusCode::OK);
    app.state.health.set_draining();
    assert_eq!(app.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(app.get("/livez").await.status, StatusCode::OK);
    assert_eq!(app.get("/health").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_index_names_every_endpoint() {
    let app = App::new();
    let index = app.get("/").await.json();
    assert_eq!(index["name"], "predictor");
    for endpoint in index["endpoints"].as_array().unwrap() {
        let path = endpoint
            .as_str()
            .unwrap()
            .replace("{name}", "breast-cancer-logistic")
            .replace("{version}", "1.0.0");
        assert_ne!(app.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn metrics_count_requests_under_the_names_of_opentelemetry() {
    let app = App::new();
    app.get("/predict").await;
    let metrics = app.get("/metrics").await;
    assert!(metrics.header("content-type").starts_with("text/plain; version=0.0.4"));
    let labels = r#"http_request_method="GET",http_response_status_code="200",http_route="/predict""#;
    for line in [
        format!("http_server_request_duration_seconds_count{{{labels}}} 1\n"),
        "http_server_active_requests 1\n".to_owned(),
        "service_ready 1\n".to_owned(),
        "# TYPE process_resident_memory_bytes gauge\n".to_owned(),
    ] {
        assert!(metrics.text.contains(&line), "{line} is not in {}", metrics.text);
    }
}

#[tokio::test]
async fn an_unknown_path_is_a_problem_document() {
    let answer = App::new().get("/none").await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["status"], 404);
}

#[tokio::test]
async fn a_wrong_method_is_a_problem_document_that_names_the_right_ones() {
    let answer = App::new()
        .call(Request::delete("/health").body(Body::empty()).unwrap())
        .await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET,HEAD"));
}

#[tokio::test]
async fn the_id_of_a_request_comes_back() {
    let request = Request::get("/health")
        .header("x-request-id", "mine-1")
        .body(Body::empty())
        .unwrap();
    assert_eq!(App::new().call(request).await.header("x-request-id"), "mine-1");
    assert_eq!(App::new().get("/none").await.header("x-request-id").len(), 32);
}
