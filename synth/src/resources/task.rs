//! The task: what runs in a container, and what it may do.

use super::network::{log_group, only_from, role};
use super::place::Place;
use crate::aws::{ecs, iam, kms, logs};
use crate::template::{Condition, Document, Error, Handle, LogicalId, Parameter, Policy, Principal, Settings};
use crate::template::{Statement, Template, Test, Value, sub};

/// The digest's parameter, and whether there is an image at all.
#[derive(Clone, Debug)]
pub(crate) struct Image {
    pub(crate) digest: Value<String>,
    pub(crate) exists: Condition,
}

/// A release and a rollback are a new value of this parameter. Before the first image the service is there and runs
/// nothing, so that an empty registry wedges no stack.
pub(crate) fn image(template: &mut Template) -> Result<Image, Error> {
    let digest = template.parameter(
        "ImageDigest",
        Parameter {
            default: Some("none".into()),
            allowed_pattern: Some("^(none|sha256:[a-f0-9]{64})$".into()),
            constraint: Some("the digest of an image in the registry, or none before the first one".into()),
            ..Parameter::text("The image that runs, by digest. The release sets it; other deployments keep it.")
        },
    )?;
    let exists = template.condition("HasImage", Test::differs(&digest, "none"))?;
    Ok(Image { digest, exists })
}

/// The task definition, its log group and its two roles.
pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    key: &Handle<kms::Key>,
    image: &Image,
) -> Result<Handle<ecs::TaskDefinition>, Error> {
    let group = log_group(place, &place.system.log_group(place.environment), key);
    let group = template.add_with(LogicalId::new("service", "LogGroup"), &group, place.holding_data())?;
    let execution = execution_role(place, template, &group)?;
    let source = sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*", &[]);
    let task = role(
        place,
        "What the service itself may do: nothing, until it needs something",
        trust(&source),
        vec![],
    );
    let task = template.add(LogicalId::new("task", "Role"), &task)?;
    let definition = ecs::TaskDefinition {
        container_definitions: Some([container(place, &group, image)].into()),
        cpu: Some(place.environment.size.cpu().to_string().into()),
        execution_role_arn: Some(execution.arn()),
        family: Some(place.prefix().into()),
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
        task_role_arn: Some(task.arn()),
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

/// What ECS may do to start a task: fetch this image, write this log.
fn execution_role(
    place: Place<'_>,
    template: &mut Template,
    group: &Handle<logs::LogGroup>,
) -> Result<Handle<iam::Role>, Error> {
    let source = sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*", &[]);
    let pull = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
    ];
    let write = ["logs:CreateLogStream", "logs:PutLogEvents"];
    let policy = Document::new([
        // The action has no resource-level permissions (Service authorization reference, Amazon ECR).
        Statement::allow("SignIn", ["ecr:GetAuthorizationToken"], vec!["*".into()]),
        Statement::allow("Pull", pull, vec![repository_arn(place)]),
        Statement::allow("Log", write, vec![group.arn().text()]),
    ]);
    let role = role(
        place,
        "Starts the tasks: fetches the image, writes the log",
        trust(&source),
        vec![("start-tasks", policy)],
    );
    template.add(LogicalId::new("execution", "Role"), &role)
}

/// The ARN of the registry's repository. It stands in the first environment's account, which is the owner's.
pub(crate) fn repository_arn(place: Place<'_>) -> Value<String> {
    let name = place.system.name.as_str();
    sub(
        "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/${name}",
        &[("name", &name)],
    )
}

/// The name of the container, which the load balancer's target names too.
pub(crate) fn container_name(place: Place<'_>) -> String {
    place.system.name.to_string()
}

fn container(place: Place<'_>, group: &Handle<logs::LogGroup>, image: &Image) -> ecs::ContainerDefinition {
    let service = &place.system.service;
    let repository = "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/${name}";
    let name = place.system.name.as_str();
    let by_digest = sub(
        &format!("{repository}@${{digest}}"),
        &[("name", &name), ("digest", &image.digest)],
    );
    let none = sub(&format!("{repository}:none"), &[("name", &name)]);
    let port = ecs::PortMapping {
        container_port: Some(service.port.number().into()),
        protocol: Some(ecs::PortMappingProtocol::Tcp.into()),
        ..ecs::PortMapping::new()
    };
    ecs::ContainerDefinition {
        environment: Some(environment(place).into()),
        essential: Some(true.into()),
        health_check: Some(health_check(place).into()),
        linux_parameters: Some(
            ecs::LinuxParameters {
                capabilities: Some(
                    ecs::KernelCapabilities {
                        drop: Some(["ALL"].into()),
                        ..ecs::KernelCapabilities::new()
                    }
                    .into(),
                ),
                init_process_enabled: Some(true.into()),
                ..ecs::LinuxParameters::new()
            }
            .into(),
        ),
        log_configuration: Some(log_configuration(group).into()),
        port_mappings: Some([port].into()),
        readonly_root_filesystem: Some(true.into()),
        stop_timeout: Some(service.stop_timeout().0.into()),
        user: Some("1000:1000".into()),
        ..ecs::ContainerDefinition::new(Value::either(&image.exists, by_digest, none), container_name(place))
    }
}

/// The service's settings, and those that must agree with the load balancer.
fn environment(place: Place<'_>) -> Vec<ecs::KeyValuePair> {
    let service = &place.system.service;
    let fixed = [
        ("DRAIN_DELAY_SECONDS", service.drain_delay().0.to_string()),
        ("DRAIN_TIMEOUT_SECONDS", service.longest_request.0.to_string()),
        // Longer than the load balancer keeps an idle connection, or it would send a request into a closing one.
        ("IDLE_TIMEOUT_SECONDS", (service.idle_timeout().0 + 15).to_string()),
        ("PORT", service.port.number().to_string()),
        ("REQUEST_TIMEOUT_SECONDS", service.longest_request.0.to_string()),
    ];
    let fixed = fixed.into_iter().map(|(name, value)| (name.to_owned(), value));
    let mut all: Vec<_> = fixed.chain(service.settings.iter().cloned()).collect();
    all.sort();
    let pairs = all.into_iter().map(|(name, value)| ecs::KeyValuePair {
        name: Some(name.into()),
        value: Some(value.into()),
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

fn log_configuration(group: &Handle<logs::LogGroup>) -> ecs::TaskDefinitionLogConfiguration {
    // Without a mode ECS drops lines when 1 MiB of them wait; blocking would stop the service instead.
    let options = [
        ("awslogs-group", group.name().text()),
        ("awslogs-region", crate::template::pseudo::region()),
        ("awslogs-stream-prefix", "service".into()),
        ("max-buffer-size", "25m".into()),
        ("mode", "non-blocking".into()),
    ];
    let options = options.into_iter().map(|(key, value)| (key.to_owned(), value));
    ecs::TaskDefinitionLogConfiguration {
        options: Some(options.collect::<std::collections::BTreeMap<_, _>>().into()),
        ..ecs::TaskDefinitionLogConfiguration::new("awslogs")
    }
}
