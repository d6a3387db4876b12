//! Whether the service lives and whether it wants requests.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::problem::Problem;

/// The state behind `/health`, `/livez` and `/readyz`.
#[derive(Debug)]
pub struct Health {
    started: Instant,
    version: &'static str,
    ready: AtomicBool,
    draining: AtomicBool,
    waiting: AtomicBool,
}

#[derive(Serialize)]
struct Report {
    status: &'static str,
    uptime_seconds: f64,
    version: &'static str,
}

impl Health {
    /// A service that has started and is not ready yet.
    #[must_use]
    pub fn starting(version: &'static str) -> Self {
        Self {
            started: Instant::now(),
            version,
            ready: AtomicBool::new(false),
            draining: AtomicBool::new(false),
            waiting: AtomicBool::new(false),
        }
    }

    /// Says that requests may come: all that they need is loaded.
    pub fn set_ready(&self) {
        self.ready.store(true, Ordering::Relaxed);
    }

    /// Says that requests should go elsewhere: the service is about to stop.
    pub fn set_draining(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// Says whether the service waits for something that it depends on, such as its database.
    pub fn set_waiting(&self, waiting: bool) {
        self.waiting.store(waiting, Ordering::Relaxed);
    }

    /// Whether requests should come here.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Relaxed)
            && !self.draining.load(Ordering::Relaxed)
            && !self.waiting.load(Ordering::Relaxed)
    }

    /// The answer to `GET /health`: the process lives, even while it drains, so that no orchestrator
    /// kills it before its requests are done.
    #[must_use]
    pub fn report(&self) -> Response {
        let uptime_seconds = (self.started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
        json(&Report {
            status: "ok",
            uptime_seconds,
            version: self.version,
        })
    }

    /// The answer to `GET /livez`.
    #[must_use]
    pub fn live(&self) -> Response {
        json(&serde_json::json!({ "status": "live" }))
    }

    /// The answer to `GET /readyz`.
    #[must_use]
    pub fn readiness(&self) -> Response {
        if self.is_ready() {
            return json(&serde_json::json!({ "status": "ready" }));
        }
        let state = if self.draining.load(Ordering::Relaxed) {
            "the service is draining"
        } else if self.ready.load(Ordering::Relaxed) {
            "the service waits for what it depends on"
        } else {
            "the service is starting"
        };
        Problem::new(StatusCode::SERVICE_UNAVAILABLE)
            .detail(state)
            .into_response()
    }
}

/// A response that is the value as JSON.
#[must_use]
pub fn json<T: Serialize>(value: &T) -> Response {
    json_of_size(value, 128)
}

/// The same for a value of about so many bytes: a large one need not be moved as it grows.
#[must_use]
pub fn json_of_size<T: Serialize>(value: &T, bytes: usize) -> Response {
    let mut body = Vec::with_capacity(bytes);
    match serde_json::to_writer(&mut body, value) {
        Ok(()) => ([(axum::http::header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}
