//! Endpoints: how private subnets without a way out reach AWS.

use super::parts::{Parts, ids};
use super::rules::nothing;
use crate::aws::ec2;
use crate::model::Egress;
use crate::resources::place::Place;
use crate::template::{Error, Handle, LogicalId, Template, Value, sub};

/// The services that a Fargate task calls: the registry, where images come from, and the logs
/// (Amazon ECR user guide, "Amazon ECR interface VPC endpoints").
const INTERFACES: [&str; 3] = ["ecr.api", "ecr.dkr", "logs"];

/// Where ECS reads what it hands to a task that has secrets.
const SECRETS: &str = "secretsmanager";

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    parts: &Parts,
    tables: &[Handle<ec2::RouteTable>],
) -> Result<(), Error> {
    template.add(LogicalId::new("s3", "Endpoint"), &gateway(parts, tables))?;
    if place.environment.network().egress == Egress::Endpoints {
        interfaces(place, template, parts)?;
    }
    Ok(())
}

fn service(name: &str) -> Value<String> {
    sub("com.amazonaws.${AWS::Region}.${name}", &[("name", &name)])
}

/// Layers of images come from S3, and a gateway costs nothing: with NAT it keeps them off the metered way.
fn gateway(parts: &Parts, tables: &[Handle<ec2::RouteTable>]) -> ec2::VpcEndpoint {
    let tables: Vec<_> = tables.iter().map(Handle::<ec2::RouteTable>::id).collect();
    ec2::VpcEndpoint {
        route_table_ids: Some(tables.into()),
        service_name: Some(service("s3")),
        vpc_endpoint_type: Some(ec2::VpcEndpointType::Gateway.into()),
        ..ec2::VpcEndpoint::new(parts.vpc.id())
    }
}

fn interfaces(place: Place<'_>, template: &mut Template, parts: &Parts) -> Result<(), Error> {
    let from_inside = ec2::Ingress {
        cidr_ip: Some(place.environment.network().cidr.vpc().into()),
        description: Some("HTTPS from inside the network".into()),
        from_port: Some(443.into()),
        to_port: Some(443.into()),
        ..ec2::Ingress::new("tcp")
    };
    let group = ec2::SecurityGroup {
        security_group_egress: Some([nothing()].into()),
        security_group_ingress: Some([from_inside].into()),
        vpc_id: Some(parts.vpc.id()),
        ..ec2::SecurityGroup::new("What may reach the endpoints of AWS services")
    };
    let group = template.add(LogicalId::new("endpoints", "SecurityGroup"), &group)?;
    let secrets = place.system.database().is_some().then_some(SECRETS);
    for name in INTERFACES.into_iter().chain(secrets) {
        let endpoint = ec2::VpcEndpoint {
            private_dns_enabled: Some(true.into()),
            security_group_ids: Some([group.id()].into()),
            service_name: Some(service(name)),
            subnet_ids: Some(ids(&parts.private)),
            vpc_endpoint_type: Some(ec2::VpcEndpointType::Interface.into()),
            ..ec2::VpcEndpoint::new(parts.vpc.id())
        };
        template.add(LogicalId::new(name, "Endpoint"), &endpoint)?;
    }
    Ok(())
}
