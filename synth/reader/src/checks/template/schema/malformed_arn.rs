use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known::{Hole, Shape};
use crate::read::template::{Template, function, known};
use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-arn",
    why: "An ARN has six parts: arn:partition:service:region:account:resource. One with other parts names nothing.",
    link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Subscription:
    Type: AWS::SNS::Subscription
    Properties:
      Protocol: email
      Endpoint: us@example.com
      TopicArn: arn:aws:sns:123456789012:alerts
",
    instead: r"
Resources:
  Subscription:
    Type: AWS::SNS::Subscription
    Properties:
      Protocol: email
      Endpoint: us@example.com
      TopicArn: arn:aws:sns:eu-west-1:123456789012:alerts
",
    check,
};

const PARTITIONS: &str = "aws";

/// What has no colons in it, with a value that it could have.
fn pseudo(hole: Hole<'_>) -> Option<&'static str> {
    match hole {
        Hole::Name("AWS::Partition") => Some("aws"),
        Hole::Name("AWS::Region") => Some("us-east-1"),
        Hole::Name("AWS::AccountId") => Some("111122223333"),
        _ => None,
    }
}

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for resource in &template.resources {
            if let Some(properties) = resource.properties {
                for entry in properties {
                    walk(template, &entry.value, &entry.key, report);
                }
            }
        }
    }
}

fn walk<'a>(template: &Template<'a>, node: &'a Node, key: &str, report: &mut Report<'a>) {
    let choice = function::argument(node, "Fn::If").is_some();
    if is_arn_key(key) && !choice && (node.text().is_some() || function::of(node).is_some()) {
        if let Some(shape) = known::shape(template, node)
            && let Some(message) = wrong(&shape, key)
        {
            let level = if is_of_policy(key) {
                Level::Warning
            } else {
                Level::Error
            };
            report.value(node, message).level(level).sure(shape.sure);
        }
        return;
    }
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| walk(template, item, key, report)),
        Kind::Map(map) => {
            for entry in map {
                walk(template, &entry.value, if choice { key } else { &entry.key }, report);
            }
        }
        _ => {}
    }
}

/// IAM takes ARNs of things that cannot be; they then match nothing.
fn is_of_policy(key: &str) -> bool {
    matches!(key, "Resource" | "NotResource")
}

/// Elements of policies and properties that hold ARNs; what other properties hold may only begin like one.
fn is_arn_key(key: &str) -> bool {
    is_of_policy(key) || key.ends_with("Arn") || key.ends_with("Arns") || key.ends_with("ARN")
}

fn wrong(written: &Shape<'_>, key: &str) -> Option<String> {
    let shape = written.filled(pseudo);
    if !shape.start().starts_with("arn:") {
        return None;
    }
    let parts = shape.split(":", 6);
    let known = |at: usize| {
        parts
            .get(at)
            .and_then(Shape::whole)
            .filter(|part| !part.contains(['*', '?']))
    };
    if let Some(partition) = known(1).filter(|partition| !partition.starts_with(PARTITIONS)) {
        return Some(format!("`{partition}` is no partition: an ARN begins with `arn:aws:`"));
    }
    let [_, _, service, region, account, resource] = parts.as_slice() else {
        // What is put in may bring parts of its own, and a wildcard stands for any number of them.
        // Of policies, the grammar says so.
        let open = is_of_policy(key) || parts.last().is_some_and(Shape::is_open) || shape.has("*");
        let found = parts.len();
        return (!open).then(|| format!("an ARN has 6 parts, found {found} in `{written}`"));
    };
    if service.whole() == Some("") {
        return Some(format!("the ARN `{written}` names no service"));
    }
    if resource.whole() == Some("") {
        return Some(format!("the ARN `{written}` names no resource"));
    }
    let digits = |part: &Shape<'_>| {
        let part = part.whole().filter(|part| !part.is_empty());
        part.filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            .map(str::to_owned)
    };
    if let Some(account) = digits(account).filter(|account| account.len() != 12) {
        return Some(format!("`{account}` is no account: those have 12 digits"));
    }
    digits(region).is_some().then(|| {
        "an account stands where the region does in `arn:partition:service:region:account:resource`".to_owned()
    })
}
