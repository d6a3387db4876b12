//! The cars service.
//!
//! ```text
//! config, secret      settings; what may not be shown
//! target              where the database is and how to reach it
//! car, query          what a request says: a car, a page, an id, a key
//! store               what the handlers ask of a store, and its faults
//! routes              handlers
//! statements          the SQL, for either database
//! connection, pool    one connection; those that wait
//! gate, watch         whether the database is away; who finds out
//! database, fault     the store over all of these; what an error means
//! migrate             tables and users
//! error               why it did not start
//! ```

pub mod car;
pub mod config;
mod connection;
pub mod database;
mod error;
mod fault;
mod gate;
mod migrate;
mod pool;
pub mod query;
mod routes;
pub mod secret;
mod statements;
pub mod store;
mod target;
mod watch;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use service::body::Allowed;
use service::endpoints::{self, About};
use service::front::Front;
use service::health::Health;
use service::log::{Level, Log, Value};
use service::metrics::Metrics;

use crate::config::{Application, Config};
use crate::connection::Connection;
use crate::database::Database;
pub use crate::error::Error;
pub use crate::migrate::MigrationError;
use crate::store::Store;
use crate::target::Target;
pub use crate::target::TargetError;

/// The version that the service reports.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The paths of the service, as its figures name them.
pub const PATHS: [&str; 10] = [
    "/cars",
    "/cars/{id}",
    "/create-table",
    "/",
    "/health",
    "/livez",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/docs",
];

/// How long a migration waits for the server, and how long one of its statements may take: changing a
/// large table is slow.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
const MIGRATION_TIMEOUT: Duration = Duration::from_secs(60 * 60);

/// What the handlers share.
pub struct State<S> {
    /// Where the cars are.
    pub store: S,
    /// Whether the service lives and is ready.
    pub health: Arc<Health>,
    metrics: Arc<Metrics>,
    log: Log,
    allowed: Allowed,
    openapi: Bytes,
}

impl<S: Store> State<S> {
    /// The state of a service over a store.
    ///
    /// # Errors
    ///
    /// If the service cannot describe itself.
    pub fn new(store: S, config: &Config, health: Arc<Health>, log: Log) -> Result<Self, Error> {
        let document = service::openapi::document(include_str!("openapi.json"), VERSION)?;
        Ok(Self {
            store,
            health,
            metrics: Arc::new(Metrics::new(PATHS.to_vec())),
            log,
            allowed: Allowed {
                size: config.service.limits.body_limit,
                time: config.service.limits.body_timeout,
            },
            openapi: serde_json::to_vec(&document)?.into(),
        })
    }

    fn figures(&self) -> String {
        let mut text = self.metrics.render(self.health.is_ready(), self.log.dropped());
        self.store.figures(&mut text);
        text
    }
}

/// The endpoints, bare.
pub fn router<S: Store>(state: Arc<State<S>>) -> Router {
    let about = About {
        name: "cars",
        version: VERSION,
        paths: &PATHS,
        health: Arc::clone(&state.health),
        openapi: state.openapi.clone(),
        figures: {
            let state = Arc::clone(&state);
            Box::new(move || state.figures())
        },
    };
    Router::new()
        .route("/cars", get(routes::list::<S>).post(routes::add::<S>))
        .route(
            "/cars/{id}",
            get(routes::show::<S>)
                .put(routes::replace::<S>)
                .delete(routes::remove::<S>),
        )
        .route("/create-table", get(routes::create_table::<S>))
        .with_state(state)
        .merge(endpoints::router(about))
}

/// The endpoints behind the middleware, as they are served.
#[must_use]
pub fn app<S: Store>(state: &Arc<State<S>>, config: &Config) -> Front {
    Front::new(
        router(Arc::clone(state)),
        endpoints::PROBES.to_vec(),
        Arc::clone(&state.metrics),
        state.log.clone(),
        &config.service.limits,
    )
}

/// Opens the database that the settings name, and looks after it from then on.
///
/// # Errors
///
/// If the settings name none. One that is away is waited for.
pub async fn open(config: &Config, health: &Arc<Health>, log: &Log) -> Result<Database, Error> {
    let target = Target::new(&config.database)?;
    let fields = [("database", Value::Text(&target.to_string()))];
    log.line(Level::Info, "opening the database", &fields);
    Ok(Database::open(target, &config.database, Arc::clone(health), log.clone()).await)
}

/// Serves until a signal ends it.
///
/// # Errors
///
/// If the settings name no database or the address cannot be listened on.
pub fn run(config: &Config) -> Result<ExitCode, Error> {
    let log = Log::stdout(config.service.log_level, config.service.log_format);
    let health = Arc::new(Health::starting(VERSION));
    service::run::run(&config.service, &health, &log, async || {
        let database = open(config, &health, &log).await?;
        let state = Arc::new(State::new(database, config, Arc::clone(&health), log.clone())?);
        Ok(app(&state, config))
    })
}

/// Makes the tables what this version needs, and the application's user if there is to be one.
///
/// # Errors
///
/// If the database cannot be reached or does not allow it.
pub fn migrate(config: &Config, application: &Application) -> Result<ExitCode, Error> {
    let log = Log::stdout(config.service.log_level, config.service.log_format);
    let target = Target::new(&config.database)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        let connecting = Connection::open(&target, MIGRATION_TIMEOUT);
        let connected = tokio::time::timeout(CONNECT_TIMEOUT, connecting).await;
        let connected = connected.unwrap_or(Err(sqlx::Error::PoolTimedOut));
        let mut connection = connected.map_err(|error| Error::Connect(target.to_string(), error))?;
        migrate::run(&mut connection).await?;
        migrate::grant(&mut connection, application, target.is_encrypted()).await?;
        connection.close().await;
        Ok::<_, Error>(())
    });
    if outcome.is_ok() {
        let fields = [("database", Value::Text(&target.to_string()))];
        log.line(Level::Info, "the tables are what this version needs", &fields);
    }
    log.close();
    outcome.map(|()| ExitCode::SUCCESS)
}
