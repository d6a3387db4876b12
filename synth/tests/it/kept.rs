//! Systems with and without a database.

use synth::model::{Alert, Database, Panel, Store, System, Workload};

/// Keeps what a system knows in a database, and in nothing else.
pub(crate) fn keep(system: &mut System, database: &Database, migration: &[&str]) {
    system.service.needs = vec![database.rows()];
    system.workloads = vec![Workload::before_release(migration, vec![database.schema()])];
    system.stores = vec![database.into()];
}

/// Takes the database away, and what looks at it.
pub(crate) fn forget(system: &mut System) {
    system.service.needs.clear();
    system.workloads.clear();
    system.stores.clear();
    system.monitoring.alerts = Alert::of_service();
    system.monitoring.panels = Panel::of_service();
}

/// The database of a system that has one, to change it.
pub(crate) fn database(system: &mut System) -> &mut Database {
    let Some(Store::Database(database)) = system.stores.first_mut() else {
        panic!("{} has no database", system.name)
    };
    database
}
