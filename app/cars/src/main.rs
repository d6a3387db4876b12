//! Starts the cars service, migrates its database, or asks a running one whether it is well.

use std::process::ExitCode;

use cars::config::{Command, Config};

fn main() -> ExitCode {
    let config = Config::read(std::env::args()).unwrap_or_else(|error| error.exit());
    let outcome = match &config.command {
        Some(Command::Healthcheck) => service::healthcheck::ask(config.service.address())
            .map(|()| ExitCode::SUCCESS)
            .map_err(Into::into),
        Some(Command::Migrate(application)) => cars::migrate(&config, application),
        None => cars::run(&config),
    };
    outcome.unwrap_or_else(|error: cars::Error| {
        report(&error);
        ExitCode::FAILURE
    })
}

#[expect(
    clippy::print_stderr,
    reason = "the log may not exist yet, and the operator must learn why"
)]
fn report(error: &cars::Error) {
    eprintln!("error: {error}");
}
