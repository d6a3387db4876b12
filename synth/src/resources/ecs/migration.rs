//! The migration: a task that runs once before each release, in the image that is about to be released. It stands in a
//! stack of its own, so that it can have the new image while the service still has the old one.

use super::log::{self, Log};
use super::secrets::{self, Secrets};
use super::task::{self, Task};
use super::{container, image};
use crate::aws::{ecs, kms};
use crate::resources::network::doors::Doors;
use crate::resources::network::{self, ids};
use crate::resources::place::Place;
use crate::resources::stores::database;
use crate::template::{Error, Handle, Template, Value, sub};

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    (key, parts): (&Handle<kms::Key>, &database::Parts),
    command: &[String],
) -> Result<(), Error> {
    let image = image::expand(template)?;
    let told = secrets::of_migration(place, parts);
    let (program, arguments) = command.split_at(command.len().min(1));
    let log = Log::of_service(place);
    let container = ecs::ContainerDefinition {
        command: Some(arguments.to_vec().into()),
        entry_point: Some(program.to_vec().into()),
        environment: Some(
            container::pairs(container::settings(place).chain(secrets::named(told.plain)).collect()).into(),
        ),
        log_configuration: Some(log::configuration(&log, "migration").into()),
        ..container::of(place, &image, CONTAINER.to_owned())
    };
    let task = Task {
        family: family(place),
        description: "What the migration itself may do on AWS: nothing",
        log: &log,
        secrets: Secrets {
            key,
            given: told.secrets,
        },
    };
    let definition = task::definition(place, template, task, container)?;
    template.output("TaskDefinition", "What a migration runs.", definition.arn().text())
}

/// The container's name.
pub(crate) const CONTAINER: &str = "migration";

/// Tells where a migration runs, in the stack that has the subnets: a value that is only passed on stands in no other.
/// The tasks have no public address, and nothing can reach them.
pub(crate) fn tell(template: &mut Template, network: &network::Parts, doors: &Doors) -> Result<(), Error> {
    let subnets = Value::join(",", &ids(&network.private));
    let inside = sub(
        "awsvpcConfiguration={subnets=[${subnets}],securityGroups=[${group}],assignPublicIp=DISABLED}",
        &[("subnets", &subnets), ("group", &doors.migration.id())],
    );
    let about = "Where a migration runs, as `aws ecs run-task` takes it.";
    template.output("MigrationNetwork", about, inside)
}

/// The family of the task definition.
pub(crate) fn family(place: Place<'_>) -> String {
    place.named("migration")
}
