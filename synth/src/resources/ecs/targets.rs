//! The tasks that the load balancer sends requests to, and the names by which CloudWatch knows what is here.

use crate::aws::elasticloadbalancingv2 as elb;
use crate::model::Strategy;
use crate::monitoring::cloudwatch::{Names, Runs};
use crate::resources::entry::Way;
use crate::resources::entry::target::{self, HEALTH_CHECK};
use crate::resources::network;
use crate::resources::place::Place;
use crate::template::{Error, Handle, LogicalId, Template};

/// What the observability stack needs of a service. Where a new version runs beside the old one, they take turns.
#[derive(Clone, Debug)]
pub(crate) struct Targets {
    pub(crate) this: Handle<elb::TargetGroup>,
    pub(crate) other: Option<Handle<elb::TargetGroup>>,
}

/// Of all this only the load balancer and its target groups have names that AWS makes up.
pub(crate) fn names(place: Place<'_>, way: &Way, targets: &Targets) -> Names {
    Names {
        runs: Runs::Tasks {
            cluster: place.prefix().into(),
            service: place.system.name.as_str().into(),
        },
        load_balancer: way.load_balancer.full_name(),
        target: targets.this.full_name(),
        other_target: targets.other.as_ref().map(Handle::<elb::TargetGroup>::full_name),
        exists: None,
        database: place.prefix().into(),
    }
}

pub(crate) fn expand(place: Place<'_>, template: &mut Template, network: &network::Parts) -> Result<Targets, Error> {
    let group = target_group(place, network);
    let this = template.add(LogicalId::new("", "TargetGroup"), &group)?;
    let other = match place.environment.strategy {
        Strategy::Rolling => None,
        Strategy::BlueGreen { .. } => Some(template.add(LogicalId::new("green", "TargetGroup"), &group)?),
    };
    Ok(Targets { this, other })
}

/// Where the load balancer sends requests, and how it knows that a task takes them.
fn target_group(place: Place<'_>, network: &network::Parts) -> elb::TargetGroup {
    let service = &place.system.service;
    let attribute = |(key, value): (&str, String)| elb::TargetGroupAttribute {
        key: Some(key.into()),
        value: Some(value.into()),
    };
    elb::TargetGroup {
        health_check_interval_seconds: Some(HEALTH_CHECK.interval.into()),
        health_check_path: Some(service.health.path.as_str().into()),
        health_check_timeout_seconds: Some(HEALTH_CHECK.timeout.into()),
        healthy_threshold_count: Some(HEALTH_CHECK.healthy.into()),
        matcher: Some(
            elb::Matcher {
                http_code: Some(HEALTH_CHECK.status.into()),
                ..elb::Matcher::new()
            }
            .into(),
        ),
        // ECS and CodeDeploy register each task with the port of its container. This one is of targets without a port of
        // their own, of which there are none; another would replace the group, and alarms hang on its name.
        port: Some(80.into()),
        protocol: Some(elb::TargetGroupProtocol::Http.into()),
        target_group_attributes: Some(target::attributes(service).map(attribute).into()),
        target_type: Some(elb::TargetGroupTargetType::Ip.into()),
        unhealthy_threshold_count: Some(HEALTH_CHECK.unhealthy.into()),
        vpc_id: Some(network.vpc.id()),
        ..elb::TargetGroup::new()
    }
}
