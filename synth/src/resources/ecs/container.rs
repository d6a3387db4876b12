//! A container of the image, and what it is told.

use std::collections::BTreeMap;

use super::image::Image;
use crate::aws::ecs;
use crate::resources::place::Place;
use crate::resources::registry;
use crate::template::{Value, sub};

/// The name of the container, which the load balancer's target names too.
pub(crate) fn name(place: Place<'_>) -> String {
    place.system.name.to_string()
}

/// A container of the image that can do nothing but run.
pub(crate) fn of(place: Place<'_>, image: &Image, container: String) -> ecs::ContainerDefinition {
    let repository = registry::image(place);
    let name = place.system.name.as_str();
    let by_digest = sub(
        &format!("{repository}@${{digest}}"),
        &[("name", &name), ("digest", &image.digest)],
    );
    let none = sub(&format!("{repository}:none"), &[("name", &name)]);
    let capabilities = ecs::KernelCapabilities {
        drop: Some(["ALL"].into()),
        ..ecs::KernelCapabilities::new()
    };
    // What runs is the digest; the tag tells people which commit that is.
    let labels = BTreeMap::from([("org.opencontainers.image.revision".to_owned(), image.tag.clone())]);
    ecs::ContainerDefinition {
        docker_labels: Some(labels.into()),
        essential: Some(true.into()),
        linux_parameters: Some(
            ecs::LinuxParameters {
                capabilities: Some(capabilities.into()),
                init_process_enabled: Some(true.into()),
                ..ecs::LinuxParameters::new()
            }
            .into(),
        ),
        readonly_root_filesystem: Some(true.into()),
        user: Some("1000:1000".into()),
        ..ecs::ContainerDefinition::new(Value::either(&image.exists, by_digest, none), container)
    }
}

/// The service's settings, and those that must agree with the load balancer.
pub(crate) fn environment(place: Place<'_>) -> Vec<(String, Value<String>)> {
    let fixed = place.system.service.variables(place.system.own_drain());
    let fixed = fixed.map(|(variable, value)| (variable.name().to_owned(), value.into()));
    fixed.into_iter().chain(settings(place)).collect()
}

/// The settings of this environment.
pub(crate) fn settings(place: Place<'_>) -> impl Iterator<Item = (String, Value<String>)> {
    let settings = place.system.settings(place.environment).into_iter();
    settings.map(|(name, value)| (name.to_owned(), value.into()))
}

/// Variables, sorted by name.
pub(crate) fn pairs(mut all: Vec<(String, Value<String>)>) -> Vec<ecs::KeyValuePair> {
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    let pairs = all.into_iter().map(|(name, value)| ecs::KeyValuePair {
        name: Some(name.into()),
        value: Some(value),
    });
    pairs.collect()
}

/// The image has no shell, so the program asks itself.
pub(crate) fn health_check(place: Place<'_>) -> ecs::HealthCheck {
    let command = std::iter::once("CMD".to_owned()).chain(place.system.service.health_command.iter().cloned());
    ecs::HealthCheck {
        command: Some(command.collect::<Vec<_>>().into()),
        interval: Some(10.into()),
        retries: Some(3.into()),
        start_period: Some(place.system.service.health.grace.0.into()),
        timeout: Some(5.into()),
    }
}
