//! The settings of the predictor: those of every service, and which model it serves.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use service::settings::Settings;

/// Serves predictions of a small model over HTTP
#[derive(Parser, Clone, Debug)]
#[command(version, about, max_term_width = 100, args_override_self = true)]
pub struct Config {
    /// What every service takes.
    #[command(flatten)]
    pub service: Settings,
    /// Model document to serve instead of the one that the binary carries
    #[arg(long, env = "PREDICTOR_MODEL", value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// What to do instead of serving.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do instead of serving.
#[derive(Subcommand, Clone, Debug)]
pub enum Command {
    /// Ask the service that runs with these settings on this machine; exit 0 if it is well
    Healthcheck,
}
