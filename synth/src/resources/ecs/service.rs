//! The service: how many tasks run, behind what, and how a new version takes over.

use super::rollout::{self, Rollout};
use super::targets::{self, Targets, names};
use super::{image, scaling, task};
use crate::aws::{ecs, kms};
use crate::model::Capacity;
use crate::monitoring::cloudwatch::{Names, Runs};
use crate::resources::entry::{Way, listeners};
use crate::resources::network::{self, ids};
use crate::resources::place::Place;
use crate::resources::stores::database;
use crate::resources::watch::minimum;
use crate::template::{Error, Handle, LogicalId, Settings, Template, Value};

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    (network, way, key): (&network::Parts, &Way, &Handle<kms::Key>),
    database: Option<&database::Parts>,
) -> Result<Targets, Error> {
    let image = image::expand(template)?;
    let cluster = template.add(LogicalId::new("", "Cluster"), &cluster(place))?;
    let definition = task::expand(place, template, key, &image, database)?;
    let targets = targets::expand(place, template, network)?;
    let listener = listeners::expand(place, template, way)?;
    let rollout = rollout::expand(place, template, (way, &listener), &targets)?;
    let settings = Settings::after(rollout.after.iter().cloned());
    let by_code_deploy = rollout.by_family.is_some();
    let service = ecs::Service {
        cluster: Some(cluster.arn()),
        network_configuration: Some(inside(network, way).into()),
        ..service(place, &definition, &image, rollout)
    };
    let service = template.add_with(LogicalId::new("", "Service"), &service, settings)?;
    moves(place, template, &service, by_code_deploy);
    scaling::expand(place, template, &cluster, &service, &image)?;
    template.output(
        image::IMAGE_DIGEST,
        "The digest of the image that runs.",
        image.digest.clone(),
    )?;
    // What names the service by a reference changes after it.
    let names = Names {
        runs: Runs::Tasks {
            cluster: place.prefix().into(),
            service: service.name().text(),
        },
        ..names(place, way, &targets)
    };
    minimum::expand(place, template, &names, &image.exists)?;
    Ok(targets)
}

fn cluster(place: Place<'_>) -> ecs::Cluster {
    // The number of running tasks is a metric of Container Insights only.
    let insights = ecs::ClusterSettings {
        name: Some("containerInsights".into()),
        value: Some("enabled".into()),
    };
    ecs::Cluster {
        cluster_name: Some(place.prefix().into()),
        cluster_settings: Some([insights].into()),
        ..ecs::Cluster::new()
    }
}

/// What services of AWS change in it by themselves.
fn moves(place: Place<'_>, template: &mut Template, service: &Handle<ecs::Service>, by_code_deploy: bool) {
    if let Capacity::Scaling { max, .. } = place.environment.scale.capacity {
        template.moves(
            service,
            ("DesiredCount", Some(max)),
            "scaling chooses how many tasks run",
        );
    }
    if by_code_deploy {
        let moved = "CodeDeploy gives each release a set of tasks of its own";
        template.moves(service, ("TaskDefinition", None), moved);
        template.moves(service, ("LoadBalancers", None), moved);
    }
}

fn service(
    place: Place<'_>,
    definition: &Handle<ecs::TaskDefinition>,
    image: &image::Image,
    rollout: Rollout,
) -> ecs::Service {
    // AWS says that ECS itself spreads tasks again; of CodeDeploy, which moves sets of tasks, it says nothing.
    let rebalancing = matches!(rollout.controller, ecs::DeploymentControllerType::Ecs)
        .then(|| ecs::ServiceAvailabilityZoneRebalancing::Enabled.into());
    let controller = ecs::DeploymentController {
        r#type: Some(rollout.controller.into()),
    };
    ecs::Service {
        availability_zone_rebalancing: rebalancing,
        deployment_configuration: rollout.configuration.map(Into::into),
        deployment_controller: Some(controller.into()),
        desired_count: Some(match place.environment.scale.capacity {
            Capacity::Fixed(count) => Value::either(&image.exists, count, 0),
            // Absent, an update keeps the number that scaling chose.
            Capacity::Scaling { .. } => Value::unless(&image.exists, 0),
        }),
        enable_ecs_managed_tags: Some(true.into()),
        health_check_grace_period_seconds: Some(place.system.service.health.grace.0.into()),
        launch_type: Some(ecs::ServiceLaunchType::Fargate.into()),
        load_balancers: Some([rollout.load_balancer].into()),
        propagate_tags: Some(ecs::ServicePropagateTags::Service.into()),
        // A fixed name blocks a replacement, and nothing that replaces a service is ever changed here: in exchange
        // alarms, dashboards and permissions can name it.
        service_name: Some(place.system.name.as_str().into()),
        task_definition: Some(rollout.by_family.unwrap_or_else(|| definition.arn())),
        ..ecs::Service::new()
    }
}

/// The tasks have no public address.
fn inside(network: &network::Parts, way: &Way) -> ecs::NetworkConfiguration {
    let private = ecs::AwsVpcConfiguration {
        assign_public_ip: Some(ecs::AwsVpcConfigurationAssignPublicIp::Disabled.into()),
        security_groups: Some([way.service_group.id()].into()),
        subnets: Some(ids(&network.private)),
    };
    ecs::NetworkConfiguration {
        awsvpc_configuration: Some(private.into()),
    }
}
