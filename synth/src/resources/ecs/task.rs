//! The task: what runs in a container, and what it may do.

use super::container;
use super::image::Image;
use super::log::{self, Log};
use super::secrets::{self, Secrets};
use crate::aws::{ecs, iam, kms};
use crate::resources::log_group;
use crate::resources::place::Place;
use crate::resources::registry;
use crate::resources::role::{only_from, role};
use crate::resources::stores::database;
use crate::template::{
    Document, Error, Handle, LogicalId, Policy, Principal, Settings, Statement, Template, Value, sub,
};

/// What a task needs besides its container.
pub(crate) struct Task<'a> {
    pub(crate) family: String,
    pub(crate) description: &'a str,
    pub(crate) log: &'a Log,
    pub(crate) secrets: Secrets<'a>,
}

/// The task definition of the service, and its log group.
pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    key: &Handle<kms::Key>,
    image: &Image,
    database: Option<&database::Parts>,
) -> Result<Handle<ecs::TaskDefinition>, Error> {
    let group = log_group::kept(place, &place.system.log_group(place.environment), key);
    let group = template.add_with(LogicalId::new("service", "LogGroup"), &group, place.holding_data())?;
    let log = Log::of(&group);
    let of_database = secrets::of_service(place, database);
    let task = Task {
        family: place.prefix(),
        description: "What the service itself may do: nothing, until it needs something",
        log: &log,
        secrets: Secrets {
            key,
            given: of_database.secrets,
        },
    };
    let service = &place.system.service;
    let port = ecs::PortMapping {
        container_port: Some(service.port.number().into()),
        protocol: Some(ecs::PortMappingProtocol::Tcp.into()),
        ..ecs::PortMapping::new()
    };
    let container = ecs::ContainerDefinition {
        environment: Some(
            container::pairs(
                container::environment(place)
                    .into_iter()
                    .chain(secrets::named(of_database.plain))
                    .collect(),
            )
            .into(),
        ),
        health_check: Some(container::health_check(place).into()),
        log_configuration: Some(log::configuration(&log, "service").into()),
        port_mappings: Some([port].into()),
        stop_timeout: Some(service.stop_timeout().0.into()),
        ..container::of(place, image, container::name(place))
    };
    definition(place, template, task, container)
}

/// A task definition with its two roles.
pub(crate) fn definition(
    place: Place<'_>,
    template: &mut Template,
    task: Task<'_>,
    container: ecs::ContainerDefinition,
) -> Result<Handle<ecs::TaskDefinition>, Error> {
    let execution = execution_role(place, template, &task)?;
    let source = sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*", &[]);
    let role = role(place, task.description, trust(&source), vec![]);
    let role = template.add(LogicalId::new("task", "Role"), &role)?;
    let secrets = task.secrets.given.iter().map(secrets::Given::secret);
    let secrets: Vec<ecs::Secret> = secrets.collect();
    let container = ecs::ContainerDefinition {
        secrets: (!secrets.is_empty()).then(|| secrets.into()),
        ..container
    };
    let definition = ecs::TaskDefinition {
        container_definitions: Some([container].into()),
        cpu: Some(place.environment.scale.size.cpu().to_string().into()),
        execution_role_arn: Some(execution.arn()),
        family: Some(task.family.into()),
        memory: Some(place.environment.scale.size.memory().to_string().into()),
        network_mode: Some(ecs::TaskDefinitionNetworkMode::Awsvpc.into()),
        requires_compatibilities: Some([ecs::TaskDefinitionRequiresCompatibilities::Fargate].into()),
        runtime_platform: Some(
            ecs::RuntimePlatform {
                cpu_architecture: Some(ecs::RuntimePlatformCpuArchitecture::Arm64.into()),
                operating_system_family: Some(ecs::RuntimePlatformOperatingSystemFamily::Linux.into()),
            }
            .into(),
        ),
        task_role_arn: Some(role.arn()),
        ..ecs::TaskDefinition::new()
    };
    // Every change is a new revision. The old one stays registered while its tasks are drained or rolled back to.
    let settings = Settings {
        replacement: Some(Policy::Retain),
        ..Settings::keep(Policy::Delete)
    };
    template.add_with(LogicalId::new("", "TaskDefinition"), &definition, settings)
}

fn trust(source: &Value<String>) -> Statement {
    Statement::allow("Tasks", ["sts:AssumeRole"], vec![])
        .to(Principal::service("ecs-tasks.amazonaws.com"))
        .when(only_from(source))
}

/// What ECS may do to start a task: fetch this image, write this log, read these secrets.
fn execution_role(place: Place<'_>, template: &mut Template, task: &Task<'_>) -> Result<Handle<iam::Role>, Error> {
    let source = sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*", &[]);
    let pull = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
    ];
    let write = ["logs:CreateLogStream", "logs:PutLogEvents"];
    let mut statements = vec![
        // The action has no resource-level permissions (Service authorization reference, Amazon ECR).
        Statement::allow("SignIn", ["ecr:GetAuthorizationToken"], vec!["*".into()]),
        Statement::allow("Pull", pull, vec![registry::arn(place)]),
        Statement::allow("Log", write, vec![task.log.arn.clone()]),
    ];
    statements.extend(task.secrets.statements());
    let (description, policy) = match task.secrets.given.as_slice() {
        [] => ("Starts the tasks: fetches the image, writes the log", "start-tasks"),
        _ => (
            "Starts the tasks: fetches the image, writes the log, reads the secrets",
            "start-tasks",
        ),
    };
    let role = role(
        place,
        description,
        trust(&source),
        vec![(policy, Document::new(statements))],
    );
    template.add(LogicalId::new("execution", "Role"), &role)
}
