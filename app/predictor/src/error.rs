//! Why the predictor did not start. What goes wrong with one request is a `Problem`.

/// Why the predictor did not start or is not well.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The service could not run.
    #[error(transparent)]
    Run(#[from] service::run::Error),
    /// The running service did not answer well.
    #[error(transparent)]
    Healthcheck(#[from] service::healthcheck::Error),
}
