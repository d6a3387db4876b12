//! What `CloudFormation` needs and the schemas do not say.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::Grant;
use super::item::Item;
use super::things;
use crate::read::template::shape::is_dynamic;
use crate::template::Stack;

/// Actions besides those of the schema, if one of the properties is set; no property means always.
///
/// Sources: the dependent actions of the service authorization reference; Elastic Load Balancing user guide, "API
/// permissions"; Application Auto Scaling user guide, "Identity-based policy examples"; AWS Secrets Manager user
/// guide, "Secret encryption and decryption"; Amazon RDS user guide, "Password management with Amazon RDS".
#[rustfmt::skip]
const MORE: &[(&str, &[&str], &[&str])] = &[
    ("AWS::ApplicationAutoScaling::ScalableTarget", &["ecs:DescribeServices", "ecs:UpdateService"], &[]),
    ("AWS::EC2::VPCEndpoint", &["route53:AssociateVPCWithHostedZone"], &["PrivateDnsEnabled"]),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", &["ec2:DescribeAccountAttributes", "ec2:DescribeInternetGateways", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs", "iam:CreateServiceLinkedRole"], &[]),
    ("AWS::KMS::Key", &["iam:CreateServiceLinkedRole"], &["MultiRegion"]),
    ("AWS::RDS::DBCluster", &["kms:CreateGrant", "kms:DescribeKey"], &["KmsKeyId", "MasterUserSecret.KmsKeyId"]),
    ("AWS::RDS::DBCluster", &["kms:Decrypt", "kms:GenerateDataKey"], &["MasterUserSecret.KmsKeyId"]),
    ("AWS::RDS::DBInstance", &["kms:Decrypt", "kms:GenerateDataKey"], &["MasterUserSecret.KmsKeyId"]),
    ("AWS::SecretsManager::Secret", &["kms:Decrypt", "kms:GenerateDataKey"], &["KmsKeyId"]),
];

/// Types that the registry does not handle, so that their schemas tell no actions; from the API references.
#[rustfmt::skip]
const UNHANDLED: &[(&str, &[&str])] = &[
    ("AWS::CDK::Metadata", &[]),
    ("AWS::CloudFormation::WaitCondition", &[]),
    ("AWS::CloudFormation::WaitConditionHandle", &[]),
    ("AWS::CloudWatch::AnomalyDetector", &["cloudwatch:DeleteAnomalyDetector", "cloudwatch:DescribeAnomalyDetectors", "cloudwatch:PutAnomalyDetector"]),
    ("AWS::ElasticLoadBalancingV2::ListenerCertificate", &["elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:DescribeListenerCertificates", "elasticloadbalancing:RemoveListenerCertificates"]),
    ("AWS::Route53::RecordSetGroup", &["route53:ChangeResourceRecordSets", "route53:GetChange", "route53:GetHostedZone", "route53:ListHostedZones", "route53:ListResourceRecordSets"]),
];

/// Actions that IAM can narrow but that do not work when narrowed, and why.
const ANYWHERE: &[(&str, &[&str], &str)] = &[
    (
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        &["cloudwatch:GetMetricData"],
        "`GetMetricData`: metrics have no ARNs; the data sets of CloudWatch that have are not read",
    ),
    (
        "AWS::CloudWatch::CompositeAlarm",
        &["cloudwatch:DescribeAlarms", "cloudwatch:PutCompositeAlarm"],
        "CloudWatch wants `PutCompositeAlarm` and `DescribeAlarms` on `*` for composite alarms (its API reference)",
    ),
    (
        "AWS::ECS::TaskDefinition",
        &["ecs:RegisterTaskDefinition"],
        "ECS asks for `RegisterTaskDefinition` on `*`, whatever the family",
    ),
];

/// The actions that a resource needs besides those of its schema.
pub(super) fn more(item: Item<'_>) -> impl Iterator<Item = &'static str> {
    let rows = MORE.iter().filter(move |(kind, _, when)| {
        *kind == item.kind && (when.is_empty() || when.iter().any(|path| item.one(path).is_some()))
    });
    rows.flat_map(|(_, actions, _)| *actions).copied()
}

/// All actions that a type can need besides those of its schema.
#[cfg(test)]
pub(super) fn more_of(kind: &str) -> impl Iterator<Item = &'static str> {
    written()
        .filter(move |(name, _)| *name == kind)
        .map(|(_, action)| action)
}

/// All actions that are written here.
#[cfg(test)]
pub(super) fn written() -> impl Iterator<Item = (&'static str, &'static str)> {
    let more = MORE.iter().map(|(kind, actions, _)| (*kind, *actions));
    let unhandled = UNHANDLED.iter().copied();
    let anywhere = ANYWHERE.iter().map(|(kind, actions, _)| (*kind, *actions));
    let all = more.chain(unhandled).chain(anywhere);
    all.flat_map(|(kind, actions)| actions.iter().map(move |action| (kind, *action)))
}

/// Whether a type is one whose keys only Secrets Manager uses on behalf of the caller.
pub(super) fn keeps_secrets(kind: &str) -> bool {
    [
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::SecretsManager::Secret",
    ]
    .contains(&kind)
}

/// The actions for a type without handlers.
pub(super) fn unhandled(kind: &str) -> Option<&'static [&'static str]> {
    UNHANDLED
        .iter()
        .find(|(name, _)| *name == kind)
        .map(|(_, actions)| *actions)
}

/// Why an action must be allowed on `*` although IAM could narrow it.
pub(super) fn anywhere(kind: &str, action: &str) -> Option<&'static str> {
    ANYWHERE
        .iter()
        .find(|(name, actions, _)| *name == kind && actions.contains(&action))
        .map(|(.., why)| *why)
}

/// What the functions of a template need, which `CloudFormation` evaluates with the rights of the role.
pub(super) fn of_functions(stack: &Stack) -> Vec<Grant> {
    let mut grants = Vec::new();
    visit(&stack.template, &mut |json| match json {
        Json::Object(map) if map.contains_key("Fn::GetAZs") => {
            let describe = ["ec2:DescribeAvailabilityZones", "ec2:DescribeSubnets"];
            grants.push(Grant::new(describe, ["*"]).needed_by("Fn::GetAZs"));
        }
        Json::String(text) if is_dynamic(text) => {
            grants.extend(text.split("{{resolve:").skip(1).filter_map(dynamic));
        }
        _ => {}
    });
    let parameters = stack.template.get("Parameters").and_then(Json::as_object);
    for parameter in parameters.into_iter().flat_map(|map| map.values()) {
        let text = |key: &str| parameter.get(key).and_then(Json::as_str);
        if text("Type").is_some_and(|kind| kind.starts_with("AWS::SSM::Parameter::")) {
            let name = text("Default").unwrap_or("*");
            grants.push(Grant::new(["ssm:GetParameters"], parameter_arns(name)).needed_by("a parameter of the stack"));
        }
    }
    grants
}

/// What a dynamic reference needs, such as `ssm:/name:3}}` or `secretsmanager:arn:…:SecretString:password}}`.
fn dynamic(text: &str) -> Option<Grant> {
    let (reference, _) = text.split_once("}}")?;
    let (service, name) = reference.split_once(':')?;
    let grant = match service {
        "ssm" | "ssm-secure" => {
            let name = name.split(':').next().unwrap_or_default();
            Grant::new(["ssm:GetParameters"], parameter_arns(name))
        }
        "secretsmanager" if name.starts_with("arn:") => {
            let arn: Vec<_> = name.split(':').take(7).collect();
            Grant::new(["secretsmanager:GetSecretValue"], [arn.join(":")])
        }
        "secretsmanager" => {
            let name = name.split(':').next().unwrap_or_default();
            let name = if name.contains('$') { "*" } else { name };
            Grant::new(
                ["secretsmanager:GetSecretValue"],
                [things::arn(&format!("secretsmanager:R:A:secret:{name}-??????"))],
            )
        }
        _ => return None,
    };
    Some(grant.needed_by("a dynamic reference"))
}

/// A parameter's ARN; AWS's own have no account.
fn parameter_arns(name: &str) -> BTreeSet<String> {
    let name = if name.contains('$') {
        "*"
    } else {
        name.trim_start_matches('/')
    };
    let account = if name.starts_with("aws/service/") { "" } else { "A" };
    BTreeSet::from([things::arn(&format!("ssm:R:{account}:parameter/{name}"))])
}

fn visit(json: &Json, see: &mut impl FnMut(&Json)) {
    see(json);
    match json {
        Json::Object(map) => map.values().for_each(|value| visit(value, see)),
        Json::Array(items) => items.iter().for_each(|value| visit(value, see)),
        _ => {}
    }
}
