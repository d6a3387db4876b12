//! A system on a developer's own machine: the service, and its database with the migration between them, if it has one.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Database, Engine, System};
use crate::text;

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    dockerfile: &'a str,
    /// The program of `app/` that the image holds.
    package: &'a str,
    port: u16,
    /// In seconds.
    stop: u32,
    /// Values as YAML has them.
    settings: BTreeMap<&'a str, String>,
    health_command: Vec<String>,
    database: Option<Server<'a>>,
}

#[derive(Serialize)]
struct Server<'a> {
    image: &'static str,
    name: &'a str,
    migration: Vec<String>,
}

/// The files of a system with a database or on machines of its own, by their names in its folder. Another needs none: its
/// image runs alone.
pub(crate) fn files(system: &System) -> Result<BTreeMap<&'static str, String>, text::Error> {
    let database = system.database();
    if database.is_none() && system.machines().is_none() {
        return Ok(BTreeMap::new());
    }
    let service = &system.service;
    let settings = service
        .settings
        .iter()
        .map(|(name, value)| (name.as_str(), quoted(value)));
    let view = View {
        name: system.name.as_str(),
        dockerfile: &system.pipeline.dockerfile,
        package: &system.service.package,
        port: service.port.number(),
        stop: service.stop_timeout().0,
        settings: settings.collect(),
        health_command: service.health_command.iter().map(|word| quoted(word)).collect(),
        database: database.map(|database| server(database, system.migration().unwrap_or_default())),
    };
    let renders = system.pipeline.renderer.typed();
    let mut files = BTreeMap::from([("compose.yaml", text::render(text::COMPOSE, &renders, &view)?)]);
    if database.is_some() {
        files.insert(".env", text::render(text::COMPOSE_PASSWORDS, &renders, &view)?);
    }
    Ok(files)
}

/// A text as YAML has it; to Compose a dollar sign begins a variable.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text.replace('$', "$$")).to_string()
}

fn server<'a>(database: &'a Database, migration: &[String]) -> Server<'a> {
    Server {
        // The same series as on RDS, in a version that does not move.
        image: match database.engine {
            Engine::MySql84 => "mysql:8.4.6",
        },
        name: &database.name,
        migration: migration.iter().map(|word| quoted(word)).collect(),
    }
}
