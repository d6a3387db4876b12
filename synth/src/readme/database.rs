//! The database: how large, who signs in, how it is restored.

use serde::Serialize;

use super::words::count;
use crate::model::{Environment, Insight, Instance, Standby};
use crate::render::Whole;

/// The section, for a system that has a database.
#[derive(Serialize)]
pub(super) struct View {
    engine: &'static str,
    name: String,
    master: String,
    migration: String,
    /// The environment that users see.
    last: Place,
}

/// Where a database is.
#[derive(Serialize)]
struct Place {
    environment: String,
    region: String,
}

pub(super) fn view(whole: &Whole<'_>) -> Option<View> {
    let system = whole.system;
    let database = system.database()?;
    let last = whole.sites.last()?;
    Some(View {
        engine: database.engine.title(),
        name: database.name.clone(),
        master: database.master.clone(),
        migration: system.migration().unwrap_or_default().join(" "),
        last: Place {
            environment: last.name().to_owned(),
            region: last.environment.account().region.as_str().to_owned(),
        },
    })
}

/// The database of an environment in a few words.
pub(super) fn instance(environment: &Environment) -> String {
    let Instance {
        class,
        storage,
        standby,
        ..
    } = environment.database;
    let standby = match standby {
        Standby::OtherZone => "a standby in another zone",
        Standby::None => "no standby",
    };
    format!(
        "{}, {} GiB growing to {}, {standby}",
        class.name(),
        storage.first,
        storage.most
    )
}

/// Its backups and how closely it is looked at.
pub(super) fn care(environment: &Environment) -> String {
    let look = match environment.database.insight {
        Insight::Basic => "its metrics are watched".to_owned(),
        Insight::Enhanced { every } => format!("its machine is watched every {}", count(every.0, "second")),
    };
    format!(
        "daily backups kept for {}; {look}",
        count(environment.database.backups.0, "day")
    )
}

/// How many connections there are.
pub(super) fn connections(environment: &Environment) -> String {
    let database = environment.database;
    format!(
        "{} at the most, {} of them for each task",
        database.class.connections(),
        database.pool(environment.scale.capacity)
    )
}
