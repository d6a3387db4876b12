//! The predictor service.
//!
//! ```text
//! config              settings
//! document, tree      a model as a JSON document; decision trees
//! predict             features in, prediction out; knows nothing of HTTP
//! number, seeds,
//! input               the body of POST /predict
//! tensor, v2          the Open Inference Protocol
//! openapi             the OpenAPI document of this model
//! state               what the handlers share
//! routes              handlers
//! error               why it did not start
//! ```

pub mod config;
mod document;
mod error;
pub mod input;
mod number;
mod openapi;
pub mod predict;
mod routes;
mod seeds;
mod state;
mod tensor;
mod tree;
mod v2;

use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use service::endpoints::{self, About};
use service::front::Front;
use service::log::{Level, Log, Value};

use crate::config::Config;
pub use crate::document::ModelError;
pub use crate::error::Error;
pub use crate::state::State;

/// The version that the service reports.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The paths of the service, as its figures name them.
pub const PATHS: [&str; 17] = [
    "/predict",
    "/health",
    "/livez",
    "/readyz",
    "/metrics",
    "/",
    "/docs",
    "/openapi.json",
    "/v2",
    "/v2/health/live",
    "/v2/health/ready",
    "/v2/models/{name}",
    "/v2/models/{name}/ready",
    "/v2/models/{name}/infer",
    "/v2/models/{name}/versions/{version}",
    "/v2/models/{name}/versions/{version}/ready",
    "/v2/models/{name}/versions/{version}/infer",
];
/// The paths that answer under any load.
const PROBES: [&str; 6] = [
    "/health",
    "/livez",
    "/readyz",
    "/metrics",
    "/v2/health/live",
    "/v2/health/ready",
];

/// The endpoints, bare.
pub fn router(state: Arc<State>) -> Router {
    let mut router = Router::new()
        .route("/predict", get(routes::sample).post(routes::predict))
        .route("/v2", get(routes::v2_server))
        .route("/v2/health/live", get(routes::v2_live))
        .route("/v2/health/ready", get(routes::v2_ready));
    for model in ["/v2/models/{name}", "/v2/models/{name}/versions/{version}"] {
        router = router
            .route(model, get(routes::v2_model))
            .route(&format!("{model}/ready"), get(routes::v2_model_ready))
            .route(&format!("{model}/infer"), post(routes::v2_infer));
    }
    let about = About {
        name: "predictor",
        version: VERSION,
        paths: &PATHS,
        health: Arc::clone(&state.health),
        openapi: state.openapi.clone(),
        figures: {
            let state = Arc::clone(&state);
            Box::new(move || state.figures())
        },
    };
    router.with_state(state).merge(endpoints::router(about))
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
/// If the model does not load or the address cannot be listened on.
pub fn run(config: &Config) -> Result<ExitCode, Error> {
    let log = Log::stdout(config.service.log_level, config.service.log_format);
    let state = Arc::new(State::load(config, log.clone())?);
    let fields = [
        ("name", Value::Text(state.model.name())),
        ("version", Value::Text(state.model.version())),
    ];
    log.line(Level::Info, "model loaded", &fields);
    service::run::run(&config.service, &state.health, &log, async || Ok(app(&state, config)))
}
