//! Why the predictor did not start. What goes wrong with one request is a `Problem`.

use std::io;
use std::path::PathBuf;

use crate::document::ModelError;

/// Why the predictor did not start or is not well.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file of the model could not be read.
    #[error("cannot read the model `{0}`: {1}; set --model or PREDICTOR_MODEL to a file that can be read")]
    ReadModel(PathBuf, #[source] io::Error),
    /// The model is not one that the service can serve.
    #[error("{0}: {1}")]
    Model(String, #[source] ModelError),
    /// The service could not describe itself.
    #[error("cannot write the OpenAPI document: {0}")]
    Document(#[from] serde_json::Error),
    /// The service could not run.
    #[error(transparent)]
    Run(#[from] service::run::Error),
    /// The running service did not answer well.
    #[error(transparent)]
    Healthcheck(#[from] service::healthcheck::Error),
}
