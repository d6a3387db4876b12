//! The cars service over a real MariaDB server: the same suite as over SQLite, users and rights, and
//! what happens when the server is stopped, killed, cut off or full.

#![expect(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod clients;
mod faults;
mod server;
#[path = "../suite/mod.rs"]
mod suite;
mod template;
mod users;

use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use cars::State;
use cars::config::Config;
use service::health::Health;
use service::log::{Level, Log};
use service::testing::Service;

use crate::server::{PASSWORD, Server};
use crate::suite::App;

/// The server of the suite. A shell ends it with this process.
fn shared() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(Server::start)
}

/// A service with an empty database of its own, as the application's user.
pub(crate) async fn fresh() -> App {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("cars{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let server = tokio::task::spawn_blocking(shared).await.unwrap();
    server.sql(&format!("CREATE DATABASE {name}"));
    migrate(server, &name);
    let flags = ["cars".to_owned()].into_iter().chain(server.as_application(&name));
    let config = Config::read(flags).unwrap();
    let health = Arc::new(Health::starting("test"));
    let log = Log::to(Level::Error, true, std::io::stderr());
    let database = cars::open(&config, &health, &log).await.unwrap();
    health.set_ready();
    let state = Arc::new(State::new(database, &config, health, log).unwrap());
    App {
        front: cars::app(&state, &config),
    }
}

pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_cars"))
}

/// Makes tables and user, as the pipeline does.
pub(crate) fn migrate(server: &Server, database: &str) {
    let output = program()
        .args(server.as_master(database))
        .arg("migrate")
        .env("APPLICATION_USERNAME", "app")
        .env("APPLICATION_PASSWORD", PASSWORD)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// The service as the application's user, over a server's database `cars`.
pub(crate) fn serve(server: &Server, arguments: &[&str]) -> Service {
    let flags = server.as_application("cars");
    let flags: Vec<_> = flags
        .iter()
        .map(String::as_str)
        .chain(arguments.iter().copied())
        .collect();
    Service::start(program(), &flags)
}
