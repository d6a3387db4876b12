//! The VPC: its subnets, and the ways in and out.

use super::parts::Parts;
use super::{endpoints, flow_logs};
use crate::aws::{ec2, kms};
use crate::model::Egress;
use crate::resources::place::Place;
use crate::template::{Error, Handle, LogicalId, Settings, Template, Value};

pub(crate) fn expand(place: Place<'_>, template: &mut Template, key: &Handle<kms::Key>) -> Result<Parts, Error> {
    let vpc = ec2::Vpc {
        cidr_block: Some(place.environment.network().cidr.vpc().into()),
        // Interface endpoints answer under AWS's own names only if both are on.
        enable_dns_hostnames: Some(true.into()),
        enable_dns_support: Some(true.into()),
        ..ec2::Vpc::new()
    };
    let vpc = template.add(LogicalId::new("", "Vpc"), &vpc)?;
    let internet = template.add(LogicalId::new("", "InternetGateway"), &ec2::InternetGateway::new())?;
    let attachment = ec2::VpcGatewayAttachment {
        internet_gateway_id: Some(internet.id()),
        ..ec2::VpcGatewayAttachment::new(vpc.id())
    };
    let gateway = template
        .add(LogicalId::new("", "InternetGatewayAttachment"), &attachment)?
        .logical_id();
    let public = public(place, template, &vpc, (&internet, &gateway))?;
    let private = subnets(place, template, &vpc, "private")?;
    let parts = Parts {
        vpc,
        public,
        private,
        gateway,
    };
    let tables = private_routes(place, template, &parts)?;
    endpoints::expand(place, template, &parts, &tables)?;
    flow_logs::expand(place, template, &parts.vpc, key)?;
    Ok(parts)
}

/// The public subnets, and their way to the internet.
fn public(
    place: Place<'_>,
    template: &mut Template,
    vpc: &Handle<ec2::Vpc>,
    (internet, gateway): (&Handle<ec2::InternetGateway>, &LogicalId),
) -> Result<Vec<Handle<ec2::Subnet>>, Error> {
    let public_routes = template.add(LogicalId::new("public", "RouteTable"), &ec2::RouteTable::new(vpc.id()))?;
    let out = ec2::Route {
        destination_cidr_block: Some("0.0.0.0/0".into()),
        gateway_id: Some(internet.id()),
        ..ec2::Route::new(public_routes.id())
    };
    template.add_with(
        LogicalId::new("public", "Route"),
        &out,
        Settings::after([gateway.clone()]),
    )?;
    let public = subnets(place, template, vpc, "public")?;
    for (zone, subnet) in place.environment.network().zones.each().zip(&public) {
        let association = ec2::SubnetRouteTableAssociation::new(public_routes.id(), subnet.id());
        template.add(
            LogicalId::new(&format!("public-{}", letter(zone)), "RouteTableAssociation"),
            &association,
        )?;
    }
    Ok(public)
}

/// `a` for the first zone.
fn letter(zone: u8) -> char {
    char::from(b'a' + zone)
}

/// A subnet in each zone. The zone is the account's first, second, third: their letters mean other buildings in other
/// accounts, so there is nothing to gain in naming one.
fn subnets(
    place: Place<'_>,
    template: &mut Template,
    vpc: &Handle<ec2::Vpc>,
    side: &str,
) -> Result<Vec<Handle<ec2::Subnet>>, Error> {
    let network = place.environment.network();
    let mut subnets = Vec::new();
    for zone in network.zones.each() {
        let block = if side == "public" {
            network.cidr.public(zone)
        } else {
            network.cidr.private(zone)
        };
        let subnet = ec2::Subnet {
            availability_zone: Some(Value::select(zone.into(), &Value::availability_zones())),
            cidr_block: Some(block.into()),
            map_public_ip_on_launch: Some(false.into()),
            tags: balanced(place, side).map(|tag| [tag].into()),
            ..ec2::Subnet::new(vpc.id())
        };
        subnets.push(template.add(LogicalId::new(&format!("{side}-{}", letter(zone)), "Subnet"), &subnet)?);
    }
    Ok(subnets)
}

/// What tells a cluster where to put load balancers (Amazon EKS user guide, "Tag subnets for EKS Auto Mode").
fn balanced(place: Place<'_>, side: &str) -> Option<ec2::Tag> {
    place.system.kubernetes()?;
    let role = if side == "public" { "elb" } else { "internal-elb" };
    Some(ec2::Tag::new(format!("kubernetes.io/role/{role}"), "1"))
}

/// A route table for each private subnet, with its way out.
fn private_routes(
    place: Place<'_>,
    template: &mut Template,
    parts: &Parts,
) -> Result<Vec<Handle<ec2::RouteTable>>, Error> {
    let network = place.environment.network();
    let mut tables = Vec::new();
    let mut nat: Option<Handle<ec2::NatGateway>> = None;
    for (zone, private) in network.zones.each().zip(&parts.private) {
        let role = format!("private-{}", letter(zone));
        let table = template.add(
            LogicalId::new(&role, "RouteTable"),
            &ec2::RouteTable::new(parts.vpc.id()),
        )?;
        let association = ec2::SubnetRouteTableAssociation::new(table.id(), private.id());
        template.add(LogicalId::new(&role, "RouteTableAssociation"), &association)?;
        let make = network.egress == Egress::NatPerZone || (network.egress == Egress::OneNat && nat.is_none());
        if make && let Some(public) = parts.public.get(usize::from(zone)) {
            nat = Some(nat_gateway(template, parts, public, zone)?);
        }
        if let Some(nat) = &nat {
            let route = ec2::Route {
                destination_cidr_block: Some("0.0.0.0/0".into()),
                nat_gateway_id: Some(nat.id()),
                ..ec2::Route::new(table.id())
            };
            template.add(LogicalId::new(&role, "Route"), &route)?;
        }
        tables.push(table);
    }
    Ok(tables)
}

fn nat_gateway(
    template: &mut Template,
    parts: &Parts,
    public: &Handle<ec2::Subnet>,
    zone: u8,
) -> Result<Handle<ec2::NatGateway>, Error> {
    let role = format!("nat-{}", letter(zone));
    let address = ec2::Eip {
        domain: Some("vpc".into()),
        ..ec2::Eip::new()
    };
    let after = || Settings::after([parts.gateway.clone()]);
    let address = template.add_with(LogicalId::new(&role, "Address"), &address, after())?;
    let nat = ec2::NatGateway {
        allocation_id: Some(address.allocation_id()),
        subnet_id: Some(public.id()),
        ..ec2::NatGateway::new()
    };
    template.add_with(LogicalId::new(&role, "Gateway"), &nat, after())
}
