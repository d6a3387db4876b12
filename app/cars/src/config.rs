//! The settings of the service: those of every service, and where its database is.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use service::settings::{Settings, positive_seconds};

use crate::secret::Secret;

/// Serves a catalogue of cars over HTTP
#[derive(Parser, Clone, Debug)]
#[command(version, about, max_term_width = 100, args_override_self = true)]
pub struct Config {
    /// What every service takes.
    #[command(flatten)]
    pub service: Settings,
    /// Where the cars are kept.
    #[command(flatten)]
    pub database: DatabaseSettings,
    /// What to do instead of serving.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Where the database is and how long it may take.
#[derive(Args, Clone, Debug)]
pub struct DatabaseSettings {
    /// Where the cars are kept
    #[arg(
        long,
        help = "sqlite::memory:, sqlite:FILE or mysql://user@host:3306/name [default: sqlite::memory:]",
        env,
        hide_env_values = true,
        conflicts_with_all = ["database_host", "database_name", "database_username"]
    )]
    pub database_url: Option<Secret>,
    /// Host of a MySQL server
    #[arg(long, env)]
    pub database_host: Option<String>,
    /// Port of the MySQL server
    #[arg(long, env, default_value_t = 3306)]
    pub database_port: u16,
    /// Name of the database, which must exist
    #[arg(long, env)]
    pub database_name: Option<String>,
    /// User of the database
    #[arg(long, env)]
    pub database_username: Option<String>,
    /// The user's password; set the environment rather than the flag, as flags can be seen by others
    #[arg(long, env, hide_env_values = true, value_name = "PASSWORD")]
    pub database_password: Option<Secret>,
    /// Encryption of the connections to MySQL
    #[arg(long, env, value_enum, default_value_t = Tls::Auto)]
    pub database_tls: Tls,
    /// PEM file of the authorities that `verify` trusts [default: Amazon's for RDS, embedded]
    #[arg(long, env, value_name = "FILE")]
    pub database_ca: Option<PathBuf>,
    /// Connections to MySQL at once
    #[arg(long, env, default_value = "10")]
    pub database_max_connections: NonZeroU32,
    /// Seconds that a request waits for a connection; then it is answered 503
    #[arg(long, env = "DATABASE_ACQUIRE_TIMEOUT_SECONDS", default_value = "2", value_parser = positive_seconds)]
    pub database_acquire_timeout: Duration,
    /// Seconds that the statements of one request may take; then it is answered 503
    #[arg(long, env = "DATABASE_STATEMENT_TIMEOUT_SECONDS", default_value = "5", value_parser = positive_seconds)]
    pub database_statement_timeout: Duration,
}

/// Encryption of the connections to MySQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Tls {
    /// Off on loopback; verify for RDS and wherever a CA is given; else required
    Auto,
    /// None
    Off,
    /// Encrypted, but any certificate will do
    Required,
    /// Encrypted, and the certificate must be of a trusted authority and for the host
    Verify,
}

/// What to do instead of serving.
#[derive(Subcommand, Clone, Debug)]
pub enum Command {
    /// Make or update the tables, and the application's user if one is given; then exit
    Migrate(Application),
    /// Ask the service that runs with these settings on this machine; exit 0 if it is well
    Healthcheck,
}

/// The user of the database that the service will be.
#[derive(Args, Clone, Debug)]
pub struct Application {
    /// User to make or update, with rights on the service's tables only
    #[arg(long, env, requires = "application_password")]
    pub application_username: Option<String>,
    /// Its password; set the environment rather than the flag, as flags can be seen by others
    #[arg(
        long,
        env,
        hide_env_values = true,
        value_name = "PASSWORD",
        requires = "application_username"
    )]
    pub application_password: Option<Secret>,
}

impl Config {
    /// Reads flags and environment. Wrong ones end the process with what is wrong.
    ///
    /// # Errors
    ///
    /// If one is wrong; the error knows how to say so and end the process.
    pub fn read(arguments: impl IntoIterator<Item = String>) -> Result<Self, clap::Error> {
        // The system's port is 5000; all else is as for every service.
        let command = Self::command().mut_arg("port", |port| port.default_value("5000"));
        Self::from_arg_matches(&command.try_get_matches_from(arguments)?)
    }
}
