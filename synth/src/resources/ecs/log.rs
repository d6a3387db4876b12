//! Where containers log.

use std::collections::BTreeMap;

use crate::aws::{ecs, logs};
use crate::resources::place::Place;
use crate::template::{Handle, Value, pseudo, sub};

/// A log group that tasks write to.
pub(crate) struct Log {
    pub(crate) name: Value<String>,
    pub(crate) arn: Value<String>,
}

impl Log {
    pub(crate) fn of(group: &Handle<logs::LogGroup>) -> Self {
        Self {
            name: group.name().text(),
            arn: group.arn().text(),
        }
    }

    /// The service's, for a stack beside its own: it has a name, so nothing has to be exported.
    pub(crate) fn of_service(place: Place<'_>) -> Self {
        let name = place.system.log_group(place.environment);
        let arn = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${name}:*";
        Self {
            arn: sub(arn, &[("name", &name.as_str())]),
            name: name.into(),
        }
    }
}

/// Where a container logs, each under a name of its own.
pub(crate) fn configuration(log: &Log, stream: &str) -> ecs::TaskDefinitionLogConfiguration {
    // Without a mode ECS drops lines when 1 MiB of them wait; blocking would stop the service instead.
    let options = [
        ("awslogs-group", log.name.clone()),
        ("awslogs-region", pseudo::region()),
        ("awslogs-stream-prefix", stream.into()),
        ("max-buffer-size", "25m".into()),
        ("mode", "non-blocking".into()),
    ];
    let options = options.into_iter().map(|(key, value)| (key.to_owned(), value));
    ecs::TaskDefinitionLogConfiguration {
        options: Some(options.collect::<BTreeMap<_, _>>().into()),
        ..ecs::TaskDefinitionLogConfiguration::new("awslogs")
    }
}
