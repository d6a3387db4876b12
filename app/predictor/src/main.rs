//! Starts the predictor service, or asks a running one whether it is well.

use std::process::ExitCode;

use clap::Parser;
use predictor::config::{Command, Config};

fn main() -> ExitCode {
    let config = Config::parse();
    let outcome = match config.command {
        Some(Command::Healthcheck) => service::healthcheck::ask(config.service.address())
            .map(|()| ExitCode::SUCCESS)
            .map_err(Into::into),
        None => predictor::run(&config),
    };
    outcome.unwrap_or_else(|error: predictor::Error| {
        report(&error);
        ExitCode::FAILURE
    })
}

#[expect(
    clippy::print_stderr,
    reason = "the log may not exist yet, and the operator must learn why"
)]
fn report(error: &predictor::Error) {
    eprintln!("error: {error}");
}
