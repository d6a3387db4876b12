//! Roles that are handed to services, and roles that services make for themselves.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::item::Item;
use super::things;
use super::world::World;
use super::{Condition, Grant};
use crate::read::template::json::values;
use crate::template::Operator;

/// Actions on a role of which IAM looks at the boundary that the role has, or is about to get
/// (service authorization reference of IAM, condition key `iam:PermissionsBoundary`).
const BOUND: [&str; 6] = [
    "iam:AttachRolePolicy",
    "iam:CreateRole",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
];

/// Who takes a role, for types whose roles may come from outside of the templates.
const TAKERS: &[(&str, &str)] = &[
    ("AWS::Backup::BackupSelection", "backup.amazonaws.com"),
    ("AWS::CodeDeploy::DeploymentGroup", "codedeploy.amazonaws.com"),
    ("AWS::EC2::FlowLog", "vpc-flow-logs.amazonaws.com"),
    ("AWS::ECS::Service", "ecs.amazonaws.com"),
    ("AWS::ECS::TaskDefinition", "ecs-tasks.amazonaws.com"),
    ("AWS::EKS::Cluster", "eks.amazonaws.com"),
    ("AWS::EKS::PodIdentityAssociation", "pods.eks.amazonaws.com"),
    ("AWS::Events::Rule", "events.amazonaws.com"),
    ("AWS::IAM::InstanceProfile", "ec2.amazonaws.com"),
    ("AWS::Lambda::Function", "lambda.amazonaws.com"),
    ("AWS::RDS::DBInstance", "monitoring.rds.amazonaws.com"),
    ("AWS::SNS::Topic", "sns.amazonaws.com"),
    ("AWS::Scheduler::Schedule", "scheduler.amazonaws.com"),
];

/// Services that check the hand-over before the one that the role trusts takes it.
const BETWEEN: &[(&str, &str)] = &[
    ("AWS::EKS::Addon", "eks.amazonaws.com"),
    ("AWS::EKS::Nodegroup", "eks.amazonaws.com"),
];

/// The services for which the first resource of a type in an account makes a role
/// (IAM user guide, "AWS services that work with IAM", and the guides of the services).
const LINKED: &[(&str, &[&str])] = &[
    ("AWS::Backup::BackupSelection", &["backup.amazonaws.com"]),
    ("AWS::EC2::FlowLog", &["delivery.logs.amazonaws.com"]),
    ("AWS::ECS::CapacityProvider", &["ecs.amazonaws.com"]),
    ("AWS::ECS::Cluster", &["ecs.amazonaws.com"]),
    ("AWS::EKS::Cluster", &["eks.amazonaws.com"]),
    ("AWS::EKS::FargateProfile", &["eks-fargate.amazonaws.com"]),
    ("AWS::EKS::Nodegroup", &["eks-nodegroup.amazonaws.com"]),
    (
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        &["elasticloadbalancing.amazonaws.com"],
    ),
    ("AWS::KMS::Key", &["mrk.kms.amazonaws.com"]),
    ("AWS::RDS::DBCluster", &["rds.amazonaws.com"]),
    ("AWS::RDS::DBInstance", &["rds.amazonaws.com"]),
    ("AWS::RDS::DBParameterGroup", &["rds.amazonaws.com"]),
    ("AWS::RDS::DBSubnetGroup", &["rds.amazonaws.com"]),
    ("AWS::RDS::EventSubscription", &["rds.amazonaws.com"]),
    ("AWS::WAFv2::LoggingConfiguration", &["wafv2.amazonaws.com"]),
];

/// A role that a resource hands to a service.
struct Passed {
    arns: BTreeSet<String>,
    services: BTreeSet<String>,
}

/// `iam:PassRole` on the roles that a resource hands over, only to the services that trust them.
pub(super) fn pass<'a>(world: &World<'a>, item: Item<'a>) -> Vec<Grant> {
    let grants = passed(world, item).into_iter().map(|role| {
        let grant = Grant::new(["iam:PassRole"], role.arns).needed_by(item.kind);
        if role.services.is_empty() {
            return grant.because("the service that takes the role is not known");
        }
        grant.only_if(Condition::new(
            Operator::StringEquals,
            "iam:PassedToService",
            role.services,
        ))
    });
    grants.collect()
}

/// The roles that a resource hands over.
pub(super) fn handed<'a>(world: &World<'a>, item: Item<'a>) -> BTreeSet<String> {
    passed(world, item).into_iter().flat_map(|role| role.arns).collect()
}

fn passed<'a>(world: &World<'a>, item: Item<'a>) -> Vec<Passed> {
    let mut found = Vec::new();
    if let Some(properties) = item.body.get("Properties") {
        collect(properties, false, &mut found);
    }
    found.into_iter().map(|value| role(world, item, value)).collect()
}

/// The values of properties that hold roles.
fn collect<'a>(json: &'a Json, holds_role: bool, found: &mut Vec<&'a Json>) {
    for place in values(json) {
        match place {
            Json::Object(map) if map.len() == 1 && map.keys().any(|key| key == "Ref" || key.starts_with("Fn::")) => {
                found.extend(holds_role.then_some(place));
            }
            Json::Object(map) => map.iter().for_each(|(key, value)| collect(value, is_role(key), found)),
            Json::String(_) => found.extend(holds_role.then_some(place)),
            _ => {}
        }
    }
}

fn is_role(property: &str) -> bool {
    let name = property.to_ascii_lowercase();
    let ends = ["role", "rolearn", "roles", "rolename"];
    ends.iter().any(|end| name.ends_with(end)) && name != "targetrolearn" || name == "deliverlogspermissionarn"
}

fn role<'a>(world: &World<'a>, item: Item<'a>, value: &'a Json) -> Passed {
    let taker = TAKERS.iter().chain(BETWEEN).filter(|(kind, _)| *kind == item.kind);
    let between = BETWEEN
        .iter()
        .filter(|(kind, _)| *kind == item.kind)
        .map(|(_, service)| (*service).to_owned());
    match world.target(item.stack, value, 0) {
        Some((role, _)) if role.kind == "AWS::IAM::Role" => Passed {
            arns: world.arns(role, "iam:role"),
            services: trusted(world, role).into_iter().chain(between).collect(),
        },
        _ => Passed {
            arns: world
                .texts(item.stack, value)
                .iter()
                .map(|text| role_arn(text))
                .collect(),
            services: taker.map(|(_, service)| (*service).to_owned()).collect(),
        },
    }
}

/// A role by its ARN or by its name.
fn role_arn(text: &str) -> String {
    match text {
        arn if arn.starts_with("arn:") => arn.to_owned(),
        name => things::arn(&format!("iam::A:role/{name}")),
    }
}

/// The services that a role trusts.
fn trusted<'a>(world: &World<'a>, role: Item<'a>) -> BTreeSet<String> {
    let places = role
        .all("AssumeRolePolicyDocument.Statement.Principal.Service")
        .into_iter()
        .flat_map(values);
    places
        .flat_map(|service| world.texts(role.stack, service))
        .filter(|service| !service.contains('*'))
        .collect()
}

/// The roles that trust a service.
pub(super) fn trusting(world: &World<'_>, service: &str) -> BTreeSet<String> {
    let roles = world.items().filter(|item| item.kind == "AWS::IAM::Role");
    let taken = roles.filter(|role| trusted(world, *role).contains(service));
    taken.flat_map(|role| world.arns(role, "iam:role")).collect()
}

/// `iam:CreateServiceLinkedRole` for the services that a resource needs.
pub(super) fn linked<'a>(world: &World<'a>, item: Item<'a>) -> Vec<Grant> {
    let scaled = item
        .one("ServiceNamespace")
        .filter(|_| item.kind == "AWS::ApplicationAutoScaling::ScalableTarget");
    let scaled = scaled
        .into_iter()
        .flat_map(|namespace| world.texts(item.stack, namespace));
    let scaled = scaled.map(|namespace| format!("{namespace}.application-autoscaling.amazonaws.com"));
    let fixed = LINKED
        .iter()
        .filter(|(kind, _)| *kind == item.kind)
        .flat_map(|(_, services)| *services);
    let services: BTreeSet<String> = scaled.chain(fixed.map(|service| (*service).to_owned())).collect();
    if services.is_empty() {
        let any = Grant::new(
            ["iam:CreateServiceLinkedRole"],
            [things::arn("iam::A:role/aws-service-role/*")],
        );
        return vec![
            any.needed_by(item.kind)
                .because("AWS does not say for which service the role is"),
        ];
    }
    let grant = |service: String| {
        let arn = things::arn(&format!("iam::A:role/aws-service-role/{service}/*"));
        let only = Condition::new(Operator::StringEquals, "iam:AWSServiceName", [service]);
        Grant::new(["iam:CreateServiceLinkedRole"], [arn])
            .only_if(only)
            .needed_by(item.kind)
    };
    services.into_iter().map(grant).collect()
}

/// The grants with all those for roles that services make for themselves as one: each of their ARNs names its service.
pub(super) fn together(grants: Vec<Grant>) -> Vec<Grant> {
    let is_linked =
        |grant: &Grant| grant.actions.iter().eq(["iam:CreateServiceLinkedRole"]) && !grant.conditions.is_empty();
    let (linked, mut others): (Vec<_>, Vec<_>) = grants.into_iter().partition(is_linked);
    let mut one = Grant::default();
    let mut services = BTreeSet::new();
    for mut grant in linked {
        services.extend(
            std::mem::take(&mut grant.conditions)
                .into_iter()
                .flat_map(|condition| condition.values),
        );
        one.absorb(grant);
    }
    if !services.is_empty() {
        others.push(one.only_if(Condition::new(Operator::StringEquals, "iam:AWSServiceName", services)));
    }
    others
}

/// The boundary that a role has.
pub(super) fn within<'a>(world: &World<'a>, role: Item<'a>) -> Option<String> {
    let texts = world.texts(role.stack, role.one("PermissionsBoundary")?);
    texts.into_iter().next()
}

/// The conditions under which an action on a role of this system is allowed.
pub(super) fn bound<'a>(world: &World<'a>, item: Item<'a>, action: &str, boundary: &str) -> BTreeSet<Condition> {
    let mut conditions = BTreeSet::new();
    if BOUND.contains(&action) {
        let own = within(world, item);
        let boundary = own.unwrap_or_else(|| boundary.to_owned());
        let only = Condition::new(Operator::ArnEquals, "iam:PermissionsBoundary", [boundary]);
        conditions.insert(only);
    }
    if action == "iam:AttachRolePolicy" && item.kind == "AWS::IAM::Role" {
        let policies = item.all("ManagedPolicyArns").into_iter().flat_map(values);
        let policies: BTreeSet<_> = policies.flat_map(|policy| world.texts(item.stack, policy)).collect();
        conditions.insert(Condition::new(Operator::ArnEquals, "iam:PolicyARN", policies));
    }
    conditions
}
