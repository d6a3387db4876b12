//! Networks: VPC, subnets, and the ways in and out.

use super::place::Place;
use super::{endpoints, key};
use crate::aws::{ec2, iam, kms, logs};
use crate::model::Egress;
use crate::template::{Arn, Conditions, Document, Error, Handle, Id, LogicalId, Operator, Principal, Settings};
use crate::template::{Statement, Template, Value, pseudo, sub};

/// What the rest of an environment needs of its network.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    pub(crate) vpc: Handle<ec2::Vpc>,
    pub(crate) public: Vec<Handle<ec2::Subnet>>,
    pub(crate) private: Vec<Handle<ec2::Subnet>>,
    /// The way to the internet: what has a public address is made after it.
    pub(crate) gateway: LogicalId,
}

pub(crate) fn expand(place: Place<'_>, template: &mut Template, key: &Handle<kms::Key>) -> Result<Parts, Error> {
    let network = &place.environment.network;
    let vpc = ec2::Vpc {
        cidr_block: Some(network.cidr.vpc().into()),
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
    let public = subnets(place, template, &vpc, "public")?;
    for (zone, subnet) in network.zones.each().zip(&public) {
        let association = ec2::SubnetRouteTableAssociation::new(public_routes.id(), subnet.id());
        template.add(
            LogicalId::new(&format!("public-{}", letter(zone)), "RouteTableAssociation"),
            &association,
        )?;
    }
    let private = subnets(place, template, &vpc, "private")?;
    let mut parts = Parts {
        vpc,
        public,
        private,
        gateway,
    };
    let tables = private_routes(place, template, &parts)?;
    endpoints::expand(place, template, &parts, &tables)?;
    flow_logs(place, template, &parts.vpc, key)?;
    parts.private.shrink_to_fit();
    Ok(parts)
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
    let network = &place.environment.network;
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
            ..ec2::Subnet::new(vpc.id())
        };
        subnets.push(template.add(LogicalId::new(&format!("{side}-{}", letter(zone)), "Subnet"), &subnet)?);
    }
    Ok(subnets)
}

/// A route table for each private subnet, with its way out.
fn private_routes(
    place: Place<'_>,
    template: &mut Template,
    parts: &Parts,
) -> Result<Vec<Handle<ec2::RouteTable>>, Error> {
    let network = &place.environment.network;
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

fn flow_logs(
    place: Place<'_>,
    template: &mut Template,
    vpc: &Handle<ec2::Vpc>,
    key: &Handle<kms::Key>,
) -> Result<(), Error> {
    let group = log_group(place, &key::flow_logs(place), key);
    let group = template.add_with(LogicalId::new("flow-logs", "Group"), &group, place.holding_data())?;
    let source = sub(
        "arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc-flow-log/*",
        &[],
    );
    let trust = Statement::allow("FlowLogs", ["sts:AssumeRole"], vec![])
        .to(Principal::service("vpc-flow-logs.amazonaws.com"))
        .when(only_from(&source));
    let write = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];
    let role = role(
        place,
        "Writes the network's flow logs",
        trust,
        vec![(
            "write-flow-logs",
            Document::new([Statement::allow("Write", write, vec![group.arn().text()])]),
        )],
    );
    let role = template.add(LogicalId::new("flow-logs", "Role"), &role)?;
    let flow = ec2::FlowLog {
        deliver_logs_permission_arn: Some(role.arn()),
        log_group_name: Some(group.name()),
        max_aggregation_interval: Some(60.into()),
        traffic_type: Some(ec2::FlowLogTrafficType::All.into()),
        ..ec2::FlowLog::new(vpc.id().text(), ec2::FlowLogResourceType::Vpc)
    };
    template.add(LogicalId::new("", "FlowLog"), &flow)?;
    Ok(())
}

/// A log group with the environment's retention and key.
pub(crate) fn log_group(place: Place<'_>, name: &str, key: &Handle<kms::Key>) -> logs::LogGroup {
    logs::LogGroup {
        kms_key_id: Some(key.arn()),
        log_group_name: Some(name.into()),
        retention_in_days: Some(place.environment.logs.days().into()),
        ..logs::LogGroup::new()
    }
}

/// The conditions under which a service of AWS may act for us: only for this account, only from there. Without them
/// another account could make the service use our role (IAM user guide, "The confused deputy problem").
pub(crate) fn only_from(source: &Value<String>) -> Conditions {
    Conditions::none()
        .and(Operator::StringEquals, "aws:SourceAccount", pseudo::account())
        .and(Operator::ArnLike, "aws:SourceArn", source)
}

/// The same for a service that AWS does not say it of: whether it tells for whom it acts is not documented, and a condition
/// on what it does not tell would keep it out (Amazon ECS developer guide, "Amazon ECS infrastructure IAM role for load
/// balancers"; AWS CodeDeploy user guide, "Create a service role"). If it tells, it must be this account.
pub(crate) fn only_for_this_account() -> Conditions {
    Conditions::none().and(Operator::StringEqualsIfExists, "aws:SourceAccount", pseudo::account())
}

/// A role inside the environment's permissions boundary.
pub(crate) fn role(
    place: Place<'_>,
    description: &str,
    trust: Statement,
    policies: Vec<(&str, Document)>,
) -> iam::Role {
    let policies = policies
        .into_iter()
        .map(|(name, document)| iam::Policy::new(document, name));
    let policies: Vec<_> = policies.collect();
    iam::Role {
        description: Some(description.into()),
        permissions_boundary: Some(boundary(place)),
        policies: (!policies.is_empty()).then(|| policies.into()),
        ..iam::Role::new(Document::new([trust]))
    }
}

/// The boundary that the bootstrap stack makes: no role of the system can do more, whoever writes its policy.
pub(crate) fn boundary(place: Place<'_>) -> Value<Arn<iam::ManagedPolicy>> {
    sub(&boundary_arn(place), &[]).assume()
}

/// Its ARN, as `Fn::Sub` takes it.
pub(crate) fn boundary_arn(place: Place<'_>) -> String {
    format!(
        "arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:policy/{}",
        place.named("boundary")
    )
}

/// The ids of subnets.
pub(crate) fn ids(subnets: &[Handle<ec2::Subnet>]) -> Value<Vec<Id<ec2::Subnet>>> {
    subnets.iter().map(Handle::<ec2::Subnet>::id).collect::<Vec<_>>().into()
}
