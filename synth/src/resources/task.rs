//! The task: what runs in a container, and what it may do.

use std::collections::BTreeMap;

use super::database;
use super::network::{log_group, only_from, role};
use super::place::Place;
use super::registry;
use super::secrets::{self, Secrets};
use crate::aws::{ecs, iam, kms, logs};
use crate::model::Variable;
use crate::template::{Condition, Document, Error, Handle, LogicalId, Parameter, Policy, Principal, Settings};
use crate::template::{Statement, Template, Test, Value, sub};

/// The digest's parameter, the tag's, and whether there is an image at all.
#[derive(Clone, Debug)]
pub(crate) struct Image {
    pub(crate) digest: Value<String>,
    tag: Value<String>,
    pub(crate) exists: Condition,
}

/// The parameter that says which image runs.
pub(crate) const IMAGE_DIGEST: &str = "ImageDigest";

/// The parameter that says what people call that image.
pub(crate) const IMAGE_TAG: &str = "ImageTag";

/// A release and a rollback are new values of these parameters. Before the first image the service is there and runs
/// nothing, so that an empty registry wedges no stack.
pub(crate) fn image(template: &mut Template) -> Result<Image, Error> {
    let digest = template.parameter(
        IMAGE_DIGEST,
        Parameter {
            default: Some("none".into()),
            allowed_pattern: Some("^(none|sha256:[a-f0-9]{64})$".into()),
            constraint: Some("the digest of an image in the registry, or none before the first one".into()),
            ..Parameter::text("The image that runs, by digest. The release sets it; other deployments keep it.")
        },
    )?;
    let tag = template.parameter(
        IMAGE_TAG,
        Parameter {
            default: Some("none".into()),
            allowed_pattern: Some("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$".into()),
            constraint: Some("the tag of the image in the registry, or none before the first one".into()),
            ..Parameter::text(
                "The tag of that image, for people: it chooses nothing, and stands in the task definition.",
            )
        },
    )?;
    let exists = template.condition("HasImage", Test::differs(&digest, "none"))?;
    Ok(Image { digest, tag, exists })
}

/// What a task needs besides its container.
pub(crate) struct Task<'a> {
    pub(crate) family: String,
    pub(crate) description: &'a str,
    pub(crate) log: &'a Log,
    pub(crate) secrets: Secrets<'a>,
}

/// A log group that tasks write to.
pub(crate) struct Log {
    name: Value<String>,
    arn: Value<String>,
}

impl Log {
    fn of(group: &Handle<logs::LogGroup>) -> Self {
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

/// The task definition of the service, and its log group.
pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    key: &Handle<kms::Key>,
    image: &Image,
    database: Option<&database::Parts>,
) -> Result<Handle<ecs::TaskDefinition>, Error> {
    let group = log_group(place, &place.system.log_group(place.environment), key);
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
            pairs(
                environment(place)
                    .into_iter()
                    .chain(secrets::named(of_database.plain))
                    .collect(),
            )
            .into(),
        ),
        health_check: Some(health_check(place).into()),
        log_configuration: Some(log_configuration(&log, "service").into()),
        port_mappings: Some([port].into()),
        stop_timeout: Some(service.stop_timeout().0.into()),
        ..container(place, image, container_name(place))
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
        cpu: Some(place.environment.size.cpu().to_string().into()),
        execution_role_arn: Some(execution.arn()),
        family: Some(task.family.into()),
        memory: Some(place.environment.size.memory().to_string().into()),
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

/// The name of the container, which the load balancer's target names too.
pub(crate) fn container_name(place: Place<'_>) -> String {
    place.system.name.to_string()
}

/// A container of the image that can do nothing but run.
pub(crate) fn container(place: Place<'_>, image: &Image, container: String) -> ecs::ContainerDefinition {
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
fn environment(place: Place<'_>) -> Vec<(String, Value<String>)> {
    let service = &place.system.service;
    let fixed = [
        (Variable::DrainDelay, service.drain_delay().0.to_string()),
        (Variable::DrainTimeout, service.longest_request.0.to_string()),
        // Longer than the load balancer keeps an idle connection, or it would send a request into a closing one.
        (Variable::IdleTimeout, (service.idle_timeout().0 + 15).to_string()),
        (Variable::Port, service.port.number().to_string()),
        (Variable::RequestTimeout, service.longest_request.0.to_string()),
    ];
    let fixed = fixed
        .into_iter()
        .map(|(variable, value)| (variable.name().to_owned(), value));
    let fixed = fixed.map(|(name, value)| (name, value.into()));
    fixed.chain(settings(place)).collect()
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
fn health_check(place: Place<'_>) -> ecs::HealthCheck {
    let command = std::iter::once("CMD".to_owned()).chain(place.system.service.health_command.iter().cloned());
    ecs::HealthCheck {
        command: Some(command.collect::<Vec<_>>().into()),
        interval: Some(10.into()),
        retries: Some(3.into()),
        start_period: Some(place.system.service.health.grace.0.into()),
        timeout: Some(5.into()),
    }
}

/// Where a container logs, each under a name of its own.
pub(crate) fn log_configuration(log: &Log, stream: &str) -> ecs::TaskDefinitionLogConfiguration {
    // Without a mode ECS drops lines when 1 MiB of them wait; blocking would stop the service instead.
    let options = [
        ("awslogs-group", log.name.clone()),
        ("awslogs-region", crate::template::pseudo::region()),
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
