//! The predictor service.
//!
//! ```text
//! config    settings
//! routes    handlers
//! error     why it did not start
//! ```

pub mod config;
mod error;
mod routes;

use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use service::front::Front;
use service::health::Health;
use service::log::Log;
use service::metrics::Metrics;

use crate::config::Config;
pub use crate::error::Error;

/// The version that the service reports.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The paths that are counted by name.
pub const PATHS: [&str; 6] = ["/", "/health", "/livez", "/readyz", "/metrics", "/predict"];
/// The paths that answer under any load.
const PROBES: [&str; 4] = ["/health", "/livez", "/readyz", "/metrics"];

/// What the handlers share.
pub struct State {
    /// Whether the service lives and is ready.
    pub health: Arc<Health>,
    /// What it counts.
    pub metrics: Arc<Metrics>,
    /// Where its lines go.
    pub log: Log,
}

impl State {
    /// The state of a service that has just started.
    #[must_use]
    pub fn new(log: Log) -> Self {
        Self {
            health: Arc::new(Health::starting(VERSION)),
            metrics: Arc::new(Metrics::new(PATHS.to_vec())),
            log,
        }
    }
}

/// The endpoints, bare.
pub fn router(state: Arc<State>) -> Router {
    Router::new()
        .route("/", get(routes::index))
        .route("/health", get(routes::health))
        .route("/livez", get(routes::livez))
        .route("/readyz", get(routes::readyz))
        .route("/metrics", get(routes::metrics))
        .route("/predict", get(routes::sample))
        .with_state(state)
}

/// The endpoints behind the middleware, as they are served.
#[must_use]
pub fn app(state: &Arc<State>, config: &Config) -> Front {
    Front::new(
        router(Arc::clone(state)),
        PROBES.to_vec(),
        Arc::clone(&state.metrics),
        state.log.clone(),
        &config.service.limits,
    )
}

/// Serves until a signal ends it.
///
/// # Errors
///
/// If the address cannot be listened on.
pub fn run(config: &Config) -> Result<ExitCode, Error> {
    let log = Log::stdout(config.service.log_level, config.service.log_format);
    let state = Arc::new(State::new(log.clone()));
    let front = app(&state, config);
    Ok(service::run::run(&config.service, front, &state.health, &log)?)
}
