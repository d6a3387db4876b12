//! The roles that templates make, with what their policies and their boundaries say.

use serde_json::Value as Json;

use super::policy::{Policy, Principal};
use super::world::Thing;

/// Whoever a boundary bounds: a role with all that it allows, which CloudFormation could be told to make.
pub(super) const ANY_BOUNDED: &str = "any role with the boundary";

/// Those that a person makes first, and one for all that could be made.
pub(super) fn of(things: &[Thing]) -> Vec<Principal> {
    let roles = things.iter().filter(|thing| thing.kind == "AWS::IAM::Role");
    let (by_hand, made): (Vec<_>, Vec<_>) = roles.partition(|role| is_by_hand(&role.stack));
    let by_hand = by_hand.into_iter().map(|role| principal(things, role));
    let made = made.into_iter().map(|role| principal(things, role));
    by_hand.chain(made).chain(bounded(things)).collect()
}

fn bounded(things: &[Thing]) -> Vec<Principal> {
    let mut boundaries: Vec<&str> = things
        .iter()
        .filter_map(|thing| thing.properties["PermissionsBoundary"].as_str())
        .collect();
    boundaries.sort_unstable();
    boundaries.dedup();
    let all = boundaries.into_iter().map(|arn| Principal {
        name: ANY_BOUNDED.to_owned(),
        arn: String::new(),
        identity: Policy::new([&managed(things, arn)]),
        boundary: None,
    });
    all.collect()
}

/// Whether a person makes a stack, before the pipeline can make the others.
pub(super) fn is_by_hand(stack: &str) -> bool {
    ["-bootstrap", "-permissions"].iter().any(|end| stack.ends_with(end))
}

fn principal(things: &[Thing], role: &Thing) -> Principal {
    let inline = role.properties["Policies"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|policy| &policy["PolicyDocument"]);
    let named = role.properties["ManagedPolicyArns"].as_array().into_iter().flatten();
    let mut documents: Vec<Json> = inline.cloned().collect();
    documents.extend(named.map(|arn| managed(things, arn.as_str().unwrap())));
    documents.extend(attached(things, role));
    let boundary = role.properties["PermissionsBoundary"].as_str();
    let label = if is_by_hand(&role.stack) {
        role.name.rsplit('-').next().unwrap().to_owned()
    } else {
        role.label.clone()
    };
    Principal {
        name: label,
        arn: role.arn.clone(),
        identity: Policy::new(&documents),
        boundary: boundary.map(|arn| Policy::new([&managed(things, arn)])),
    }
}

/// Policies of their own that name a role.
fn attached<'a>(things: &'a [Thing], role: &'a Thing) -> impl Iterator<Item = Json> + 'a {
    let policies = things.iter().filter(|thing| {
        ["AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::RolePolicy"].contains(&thing.kind.as_str())
    });
    let names = |policy: &&Thing| {
        let roles = policy.properties["Roles"].as_array().into_iter().flatten();
        roles
            .chain([&policy.properties["RoleName"]])
            .any(|name| *name == *role.name)
    };
    policies
        .filter(names)
        .map(|policy| policy.properties["PolicyDocument"].clone())
}

/// The document of a managed policy.
fn managed(things: &[Thing], arn: &str) -> Json {
    let own = things
        .iter()
        .find(|thing| thing.kind == "AWS::IAM::ManagedPolicy" && thing.arn == arn);
    if let Some(own) = own {
        return own.properties["PolicyDocument"].clone();
    }
    let name = arn.rsplit('/').next().unwrap();
    let of_eks: Json = serde_json::from_str(OF_EKS).unwrap();
    if let Some(known) = of_eks.get(name) {
        return known.clone();
    }
    let text = AWS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
    let text = text.unwrap_or_else(|| panic!("what {arn} allows has to be said in tests/it/rights/principals.rs"));
    serde_json::from_str(text).unwrap()
}

/// Those of EKS (AWS managed policy reference, in the versions of August 2026), but for the keys of tags that they allow.
const OF_EKS: &str = include_str!("eks.json");

/// Policies of AWS's own, as its reference of managed policies has them.
const AWS: &[(&str, &str)] = &[
    (
        "AWSCodeDeployRoleForECS",
        r#"{ "Statement": [
            { "Sid": "AWSCodeDeployRoleForECS", "Effect": "Allow", "Resource": "*", "Action": [
                "ecs:DescribeServices", "ecs:CreateTaskSet", "ecs:UpdateServicePrimaryTaskSet", "ecs:DeleteTaskSet",
                "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeListeners",
                "elasticloadbalancing:ModifyListener", "elasticloadbalancing:DescribeRules",
                "elasticloadbalancing:ModifyRule", "lambda:InvokeFunction", "cloudwatch:DescribeAlarms", "sns:Publish",
                "s3:GetObject", "s3:GetObjectVersion"] },
            { "Sid": "PassRole", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
              "Condition": { "StringLike": { "iam:PassedToService": ["ecs-tasks.amazonaws.com"] } } }
        ] }"#,
    ),
    (
        "AmazonECSInfrastructureRolePolicyForLoadBalancers",
        r#"{ "Statement": [
            { "Sid": "ELBReadOperations", "Effect": "Allow", "Resource": "*", "Action": [
                "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeRules",
                "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth"] },
            { "Sid": "TargetGroupOperations", "Effect": "Allow",
              "Action": ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
              "Resource": "arn:aws:elasticloadbalancing:*:*:targetgroup/*/*" },
            { "Sid": "ALBModifyListeners", "Effect": "Allow", "Action": "elasticloadbalancing:ModifyListener",
              "Resource": "arn:aws:elasticloadbalancing:*:*:listener/app/*/*/*" },
            { "Sid": "NLBModifyListeners", "Effect": "Allow", "Action": "elasticloadbalancing:ModifyListener",
              "Resource": "arn:aws:elasticloadbalancing:*:*:listener/net/*/*/*" },
            { "Sid": "ALBModifyRules", "Effect": "Allow", "Action": "elasticloadbalancing:ModifyRule",
              "Resource": "arn:aws:elasticloadbalancing:*:*:listener-rule/app/*/*/*/*" }
        ] }"#,
    ),
    (
        "AmazonRDSEnhancedMonitoringRole",
        r#"{ "Statement": [
            { "Sid": "EnableCreationAndManagementOfRDSCloudwatchLogGroups", "Effect": "Allow",
              "Action": ["logs:CreateLogGroup", "logs:PutRetentionPolicy"], "Resource": ["arn:aws:logs:*:*:log-group:RDS*"] },
            { "Sid": "EnableCreationAndManagementOfRDSCloudwatchLogStreams", "Effect": "Allow",
              "Action": ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams", "logs:GetLogEvents"],
              "Resource": ["arn:aws:logs:*:*:log-group:RDS*:log-stream:*"] }
        ] }"#,
    ),
];
