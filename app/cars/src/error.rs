//! Why the service did not start. What goes wrong with one request is a `Problem`.

use crate::migrate::MigrationError;
use crate::target::TargetError;

/// Why the service did not start, did not migrate or is not well.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The settings name no database.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The database cannot be reached.
    #[error("cannot connect to {0}: {1}")]
    Connect(String, #[source] sqlx::Error),
    /// The database cannot be made what this version needs.
    #[error(transparent)]
    Migration(#[from] MigrationError),
    /// The service could not describe itself.
    #[error("cannot write the OpenAPI document: {0}")]
    Document(#[from] serde_json::Error),
    /// The system gives no threads or no signals.
    #[error("cannot start: {0}")]
    System(#[from] std::io::Error),
    /// The service could not run.
    #[error(transparent)]
    Run(#[from] service::run::Error),
    /// The running service did not answer well.
    #[error(transparent)]
    Healthcheck(#[from] service::healthcheck::Error),
}
