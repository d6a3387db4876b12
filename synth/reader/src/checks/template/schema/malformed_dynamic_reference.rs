use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::shape::{is_dynamic, is_open};
use crate::read::template::{Resource, function};
use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-dynamic-reference",
    why: "CloudFormation refuses `{{resolve:…}}` of another form than it knows, and secure strings in other properties than those that take them.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: '{{resolve:ssm:/alerts/name:latest}}'
",
    instead: r"
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: '{{resolve:ssm:/alerts/name}}'
",
    check,
};

/// The properties that take `ssm-secure`.
const SECURE: [(&str, &str); 11] = [
    ("AWS::DirectoryService::MicrosoftAD", "Password"),
    ("AWS::DirectoryService::SimpleAD", "Password"),
    ("AWS::ElastiCache::ReplicationGroup", "AuthToken"),
    ("AWS::IAM::User", "Password"),
    ("AWS::KinesisFirehose::DeliveryStream", "Password"),
    ("AWS::OpsWorks::App", "Password"),
    ("AWS::OpsWorks::Stack", "Password"),
    ("AWS::OpsWorks::Stack", "DbPassword"),
    ("AWS::RDS::DBCluster", "MasterUserPassword"),
    ("AWS::RDS::DBInstance", "MasterUserPassword"),
    ("AWS::Redshift::Cluster", "MasterUserPassword"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for resource in &template.resources {
            if let Some(properties) = resource.attribute("Properties") {
                walk(properties, "", Some(resource), report);
            }
        }
        for section in ["Outputs", "Conditions"] {
            for entry in template.section(section) {
                walk(&entry.value, "", None, report);
            }
        }
    }
}

fn walk<'a>(node: &'a Node, property: &str, of: Option<&Resource<'a>>, report: &mut Report<'a>) {
    match &node.kind {
        Kind::Text(text) if is_dynamic(text) => {
            for reference in references(text) {
                if let Some(message) = wrong(reference, property, of) {
                    report.value(node, message);
                }
            }
        }
        Kind::List(items) => items.iter().for_each(|item| walk(item, property, of, report)),
        Kind::Map(map) => {
            let within = function::of(node).is_some();
            for entry in map {
                let name = if within { property } else { entry.key.as_str() };
                walk(&entry.value, name, of, report);
            }
        }
        _ => {}
    }
}

/// What stands between the braces.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{resolve:")
        .skip(1)
        .filter_map(|rest| rest.split_once("}}").map(|(reference, _)| reference))
}

fn wrong(reference: &str, property: &str, of: Option<&Resource<'_>>) -> Option<String> {
    // What `Fn::Sub` puts in has colons of its own.
    if is_open(reference) {
        return None;
    }
    let mut parts = reference.split(':');
    let service = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    match service {
        "ssm" | "ssm-secure" => {
            let arn = rest.first() == Some(&"arn");
            let version = rest.get(1).filter(|_| !arn);
            if rest.first().is_none_or(|name| name.is_empty()) {
                Some(format!("`{{{{resolve:{reference}}}}}` names no parameter"))
            } else if version.is_some_and(|version| version.parse::<u64>().is_err()) || (!arn && rest.len() > 2) {
                Some(format!(
                    "`{{{{resolve:{reference}}}}}` ends in a version, which is a number"
                ))
            } else if service == "ssm-secure" && !takes_secure(property, of) {
                Some("a secure string of Systems Manager cannot stand here".to_owned())
            } else {
                None
            }
        }
        "secretsmanager" => secret(reference, &rest),
        _ => Some(format!(
            "`{service}` resolves nothing; it can be ssm, ssm-secure, secretsmanager"
        )),
    }
}

fn takes_secure(property: &str, of: Option<&Resource<'_>>) -> bool {
    // What a custom or private resource takes is not known.
    of.is_some_and(|of| !of.kind.starts_with("AWS::") || SECURE.contains(&(of.kind, property)))
}

/// `id:SecretString:key:stage:version`, where the id may be an ARN of seven parts.
fn secret(reference: &str, rest: &[&str]) -> Option<String> {
    let rest = if rest.first() == Some(&"arn") {
        rest.get(6..)?
    } else {
        rest
    };
    let at = |index: usize| rest.get(index).copied().unwrap_or_default();
    if at(0).is_empty() {
        Some(format!("`{{{{resolve:{reference}}}}}` names no secret"))
    } else if !matches!(at(1), "" | "SecretString") {
        Some(format!("`{}` stands where only `SecretString` can", at(1)))
    } else if !at(3).is_empty() && !at(4).is_empty() {
        Some("a secret has a version stage or a version id, not both".to_owned())
    } else {
        (rest.len() > 5).then(|| format!("`{{{{resolve:{reference}}}}}` has more parts than there are"))
    }
}
