//! The middleware before handlers that behave badly.

#![expect(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

use std::future::pending;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use axum::routing::get;
use clap::Parser;
use http_body_util::BodyExt;
use service::front::Front;
use service::log::{Level, Log};
use service::metrics::Metrics;
use service::settings::Settings;

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
}

async fn panics() -> StatusCode {
    panic!("secret")
}

async fn panics_later() -> StatusCode {
    tokio::task::yield_now().await;
    panic!("secret")
}

async fn answers_in_its_own_words() -> (StatusCode, &'static str) {
    (StatusCode::INTERNAL_SERVER_ERROR, "database 10.0.0.7 is down")
}

/// What the front answers for a path, with short time limits.
async fn answer(path: &str) -> (StatusCode, String) {
    let router = Router::new()
        .route("/panics", get(panics))
        .route("/panics-later", get(panics_later))
        .route("/hangs", get(pending::<StatusCode>))
        .route("/own-words", get(answers_in_its_own_words));
    let settings = Cli::try_parse_from(["service", "--request-timeout", "0.05"])
        .unwrap()
        .settings;
    let log = Log::to(Level::Error, true, std::io::sink());
    let front = Front::new(
        router,
        Vec::new(),
        Arc::new(Metrics::new(Vec::new())),
        log,
        &settings.limits,
    );
    let response: Response<Body> = front.handle(Request::get(path).body(Body::empty()).unwrap()).await;
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

const INTERNAL: &str = r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#;

#[tokio::test]
async fn a_panic_is_answered_500_and_nothing_of_it_leaks() {
    let internal = (StatusCode::INTERNAL_SERVER_ERROR, INTERNAL.to_owned());
    assert_eq!(answer("/panics").await, internal);
    assert_eq!(answer("/panics-later").await, internal);
}

#[tokio::test]
async fn a_handler_that_hangs_is_answered_503() {
    assert_eq!(answer("/hangs").await.0, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn an_error_in_other_words_becomes_a_problem_document() {
    assert_eq!(
        answer("/own-words").await,
        (StatusCode::INTERNAL_SERVER_ERROR, INTERNAL.to_owned())
    );
}
