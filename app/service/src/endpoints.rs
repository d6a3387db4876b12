//! The endpoints that every service has besides its business.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use serde_json::json;

use crate::health::{self, Health};

/// The paths that [`router`] answers, for the figures of a service.
pub const PATHS: [&str; 7] = [
    "/",
    "/health",
    "/livez",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/docs",
];
/// Those of them that answer under any load.
pub const PROBES: [&str; 4] = ["/health", "/livez", "/readyz", "/metrics"];

/// What a service says of itself.
pub struct About {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Every path that it answers.
    pub paths: &'static [&'static str],
    /// Whether it lives and is ready.
    pub health: Arc<Health>,
    /// Its OpenAPI document, which `/docs` shows too.
    pub openapi: Bytes,
    /// All its figures in the Prometheus text format.
    pub figures: Box<dyn Fn() -> String + Send + Sync>,
}

type Service = State<Arc<About>>;

/// The endpoints, to be merged with those of the business.
pub fn router(about: About) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/health", get(report))
        .route("/livez", get(live))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/openapi.json", get(openapi))
        .route("/docs", get(docs))
        .with_state(Arc::new(about))
}

async fn index(State(about): Service) -> Response {
    health::json(&json!({ "name": about.name, "version": about.version, "endpoints": about.paths }))
}

async fn report(State(about): Service) -> Response {
    about.health.report()
}

async fn live(State(about): Service) -> Response {
    about.health.live()
}

async fn ready(State(about): Service) -> Response {
    about.health.readiness()
}

async fn metrics(State(about): Service) -> Response {
    let media = "text/plain; version=0.0.4; charset=utf-8";
    ([(CONTENT_TYPE, media)], (about.figures)()).into_response()
}

async fn openapi(State(about): Service) -> Response {
    ([(CONTENT_TYPE, "application/json")], about.openapi.clone()).into_response()
}

async fn docs() -> Response {
    // The page is one file of ours; nothing else may run in it.
    let policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'";
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, include_str!("docs.html")).into_response()
}
