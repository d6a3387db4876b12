//! The one helper that knows how to start the program.

use std::process::Command;

pub(crate) use service::testing::Connection;
use service::testing::Service;

pub(crate) fn start(arguments: &[&str]) -> Service {
    Service::start(Command::new(env!("CARGO_BIN_EXE_predictor")), arguments)
}
