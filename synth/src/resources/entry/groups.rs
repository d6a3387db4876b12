//! What may reach the load balancer, and what may reach the service.

use super::target::{GATEWAY_HEALTH, GATEWAY_PORT};
use crate::aws::ec2;
use crate::model::{Checker, Entry, Stack, Waiver};
use crate::resources::network::{Parts, rules};
use crate::resources::place::Place;
use crate::template::{Error, Handle, LogicalId, Template};

/// The two groups on the path of a request. Each names only the other, and only the service's port lies between.
pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    parts: &Parts,
) -> Result<(Handle<ec2::SecurityGroup>, Handle<ec2::SecurityGroup>), Error> {
    let balancer = of_balancer(place, parts);
    let balancer = template.add(LogicalId::new("load-balancer", "SecurityGroup"), &balancer)?;
    let service = of_service(place, parts, &balancer);
    let service = template.add(LogicalId::new("service", "SecurityGroup"), &service)?;
    Ok((balancer, service))
}

fn of_balancer(place: Place<'_>, parts: &Parts) -> ec2::SecurityGroup {
    let open = |port: i32, what: &str| ec2::Ingress {
        cidr_ip: Some("0.0.0.0/0".into()),
        description: Some(what.into()),
        from_port: Some(port.into()),
        to_port: Some(port.into()),
        ..ec2::Ingress::new("tcp")
    };
    let ingress = match place.environment.entry {
        Entry::Https { .. } => vec![
            open(443, "HTTPS from anywhere"),
            open(80, "HTTP from anywhere, only to be redirected"),
        ],
        Entry::Http { .. } => vec![open(80, "HTTP from anywhere")],
    };
    let to_tasks = |(port, what, _): (u16, String, _)| ec2::Egress {
        cidr_ip: Some(place.environment.network().cidr.vpc().into()),
        description: Some(format!("To the {what}").into()),
        from_port: Some(port.into()),
        to_port: Some(port.into()),
        ..ec2::Egress::new("tcp")
    };
    let out: Vec<_> = asked(place).into_iter().map(to_tasks).collect();
    ec2::SecurityGroup {
        security_group_egress: Some(out.into()),
        security_group_ingress: Some(ingress.into()),
        vpc_id: Some(parts.vpc.id()),
        ..ec2::SecurityGroup::new("What may reach the load balancer")
    }
}

fn of_service(place: Place<'_>, parts: &Parts, balancer: &Handle<ec2::SecurityGroup>) -> ec2::SecurityGroup {
    let from_balancer = |(port, _, what): (u16, _, &str)| ec2::Ingress {
        description: Some(format!("{what} from the load balancer").into()),
        from_port: Some(port.into()),
        source_security_group_id: Some(balancer.id()),
        to_port: Some(port.into()),
        ..ec2::Ingress::new("tcp")
    };
    let into: Vec<_> = asked(place).into_iter().map(from_balancer).collect();
    let database = place.system.database();
    let mut out = vec![rules::to_aws("HTTPS to AWS: images, logs")];
    out.extend(database.map(|database| rules::to_database(place, database)));
    ec2::SecurityGroup {
        security_group_egress: Some(out.into()),
        security_group_ingress: Some(into.into()),
        vpc_id: Some(parts.vpc.id()),
        ..ec2::SecurityGroup::new(format!("What may reach the {} of the service", what_runs(place)))
    }
}

/// The ports that the load balancer asks, what stands there, and what it asks.
fn asked(place: Place<'_>) -> Vec<(u16, String, &'static str)> {
    if place.system.is_meshed() {
        return vec![
            (GATEWAY_PORT, "gateways of the mesh".into(), "Requests"),
            (
                GATEWAY_HEALTH.0,
                "health checks of the gateways".into(),
                "Health checks",
            ),
        ];
    }
    let what = format!("{} and their health checks", what_runs(place));
    vec![(place.system.service.port.number(), what, "Requests and health checks")]
}

fn what_runs(place: Place<'_>) -> &'static str {
    if place.system.kubernetes().is_some() {
        "pods"
    } else {
        "tasks"
    }
}

/// Of port 80, which is open to everybody.
pub(crate) fn waivers(place: Place<'_>) -> Vec<Waiver> {
    if place.system.kubernetes().is_some() && place.system.node_group().is_none() {
        return Vec::new();
    }
    let reason = match &place.environment.entry {
        Entry::Https { .. } => "port 80 is open only to redirect to HTTPS",
        Entry::Http { because } => because,
    };
    vec![Waiver::new(
        Stack::Network,
        "LoadBalancerSecurityGroup",
        Checker::Checkov,
        "CKV_AWS_260",
        reason,
    )]
}
