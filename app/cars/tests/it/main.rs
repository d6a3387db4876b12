//! The cars service over SQLite, over a store that fails as told, and over a real socket.

#![expect(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod handlers;
mod process;
#[path = "../suite/mod.rs"]
mod suite;

use std::sync::Arc;

use cars::State;
use cars::config::Config;
use service::health::Health;
use service::log::{Level, Log};

use crate::suite::App;

pub(crate) fn config(arguments: &[&str]) -> Config {
    Config::read(["cars"].iter().chain(arguments).map(ToString::to_string)).unwrap()
}

/// A service with an empty store of its own.
pub(crate) async fn fresh() -> App {
    let config = config(&[]);
    let health = Arc::new(Health::starting("test"));
    let log = Log::to(Level::Error, true, std::io::sink());
    let database = cars::open(&config, &health, &log).await.unwrap();
    health.set_ready();
    let state = Arc::new(State::new(database, &config, health, log).unwrap());
    App {
        front: cars::app(&state, &config),
    }
}
