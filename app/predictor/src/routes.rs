//! The handlers: each parses, calls, answers.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use service::health::json;

use crate::State;

pub(crate) async fn index() -> Response {
    json(&serde_json::json!({
        "name": "predictor",
        "version": crate::VERSION,
        "endpoints": crate::PATHS,
    }))
}

pub(crate) async fn health(Shared(state): Shared<Arc<State>>) -> Response {
    state.health.report()
}

pub(crate) async fn livez(Shared(state): Shared<Arc<State>>) -> Response {
    state.health.live()
}

pub(crate) async fn readyz(Shared(state): Shared<Arc<State>>) -> Response {
    state.health.readiness()
}

pub(crate) async fn metrics(Shared(state): Shared<Arc<State>>) -> Response {
    let text = state.metrics.render(state.health.is_ready(), state.log.dropped());
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

/// The contract that the systems were made for: a sample score, byte for byte.
pub(crate) async fn sample() -> Response {
    ([(CONTENT_TYPE, "application/json")], r#"{"score":0.75}"#).into_response()
}
