use crate::checks::template::policy_condition;
use crate::checks::template::policy_document::{self as document, About, Document};
use crate::checks::template::principal;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::branch::{branches, values};
use crate::read::template::kind::is_open;
use crate::read::template::known::{Shape, Sure};
use crate::read::template::{Template, function, known};
use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::read::{Kind, Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-policy",
    why: "IAM refuses a policy that does not follow the grammar: `MalformedPolicyDocument` ends the deployment.",
    link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::pictures/*'}
",
    instead: r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::pictures/*'}
",
    check,
};

const VERSIONS: [&str; 2] = ["2008-10-17", "2012-10-17"];

const ELEMENTS: [&str; 10] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
    "Comment",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for policy in document::all(set) {
        for node in branches(&policy.entry.value) {
            if let Some(map) = node.map().filter(|map| !is_open(map)) {
                grammar(&policy, node, map, report);
                sids(&policy, node, report);
            } else if node.list().is_some() {
                report.value(node, "a policy is a map, found a list");
            }
        }
    }
}

fn grammar<'a>(policy: &Document<'_, 'a>, node: &'a Node, map: &'a Map, report: &mut Report<'a>) {
    for entry in map
        .iter()
        .filter(|entry| !matches!(entry.key.as_str(), "Version" | "Id" | "Statement"))
    {
        report
            .key(entry, format!("a policy has no element `{}`", entry.key))
            .help("it has Version, Id and Statement");
    }
    if let Some(version) = map.get("Version")
        && let Some(text) = version.scalar().filter(|text| !VERSIONS.contains(&text.as_str()))
    {
        report
            .value(version, format!("the version of a policy is 2012-10-17, found {text}"))
            .help("it is the version of the language, not of the policy");
    }
    let Some(entry) = map.entry("Statement") else {
        if std::ptr::eq(node, &raw const policy.entry.value) {
            report.key(policy.entry, "a policy needs `Statement`");
        } else {
            report.value(node, "a policy needs `Statement`");
        }
        return;
    };
    for node in branches(&entry.value) {
        let all = node.list().unwrap_or(std::slice::from_ref(node));
        for one in all.iter().flat_map(branches) {
            match &one.kind {
                Kind::Map(map) if is_open(map) => {}
                Kind::Map(map) => statement(policy, one, map, report),
                Kind::Null => {}
                _ => {
                    report.value(one, format!("a statement is a map, found {}", one.kind_name()));
                }
            }
        }
    }
}

fn statement<'a>(policy: &Document<'_, 'a>, node: &'a Node, map: &'a Map, report: &mut Report<'a>) {
    let template = policy.template;
    for entry in map.iter().filter(|entry| !ELEMENTS.contains(&entry.key.as_str())) {
        let draft = report.key(entry, format!("a statement has no element `{}`", entry.key));
        if let Some(near) = crate::schema::nearest(&entry.key, ELEMENTS.into_iter()) {
            draft.help(format!("did you mean `{near}`?"));
        }
    }
    effect(node, map, report);
    either(node, map, "Action", "NotAction", report);
    match policy.about {
        About::Identity => {
            either(node, map, "Resource", "NotResource", report);
            prohibited(
                map,
                &["Principal", "NotPrincipal"],
                "of what an identity may do",
                report,
            );
        }
        About::Trust => {
            either(node, map, "Principal", "NotPrincipal", report);
            prohibited(map, &["Resource", "NotResource"], "of who may assume a role", report);
            for one in map.get("Action").into_iter().flat_map(values) {
                let Some(text) = known::text(template, one) else {
                    continue;
                };
                let action = text.to_ascii_lowercase();
                if action.contains(':') && !action.starts_with("sts:") {
                    report
                        .value(one, "who may assume a role is only about actions of STS")
                        .sure(text.sure);
                }
            }
        }
        About::Resource => {
            either(node, map, "Resource", "NotResource", report);
            either(node, map, "Principal", "NotPrincipal", report);
        }
        About::Loose if policy.resource.kind == "AWS::ECR::Repository" => {
            prohibited(map, &["Resource", "NotResource"], "of a repository", report);
        }
        About::Loose => {}
    }
    for name in ["Action", "NotAction"] {
        map.get(name)
            .into_iter()
            .for_each(|node| actions(template, node, report));
    }
    for name in ["Resource", "NotResource"] {
        map.get(name)
            .into_iter()
            .for_each(|node| resources(policy, node, report));
    }
    for name in ["Principal", "NotPrincipal"] {
        map.get(name)
            .into_iter()
            .for_each(|node| principal::check(template, node, report));
    }
    if let Some(condition) = map.get("Condition") {
        policy_condition::check(condition, report);
    }
}

fn effect<'a>(node: &'a Node, map: &'a Map, report: &mut Report<'a>) {
    match map.get("Effect") {
        None => {
            report.value(node, "a statement needs `Effect`");
        }
        Some(effect) => {
            for one in values(effect).into_iter().filter(|one| function::of(one).is_none()) {
                if !matches!(one.text(), Some("Allow" | "Deny")) && !matches!(one.kind, Kind::Null) {
                    report.value(one, "`Effect` is Allow or Deny");
                }
            }
        }
    }
}

/// Exactly one of two elements.
fn either<'a>(node: &'a Node, map: &'a Map, one: &str, other: &str, report: &mut Report<'a>) {
    match (map.entry(one), map.entry(other)) {
        (None, None) => {
            report.value(node, format!("a statement needs `{one}` or `{other}`"));
        }
        (Some(first), Some(second)) => {
            for entry in [first, second] {
                report.key(entry, format!("a statement has `{one}` or `{other}`, not both"));
            }
        }
        _ => {}
    }
}

fn prohibited<'a>(map: &'a Map, names: &[&str], of: &str, report: &mut Report<'a>) {
    for entry in names.iter().filter_map(|name| map.entry(name)) {
        report.key(entry, format!("a policy {of} has no `{}`", entry.key));
    }
}

fn actions<'a>(template: &Template<'a>, node: &'a Node, report: &mut Report<'a>) {
    if node.list().is_some_and(<[Node]>::is_empty) {
        report.value(node, "a statement names at least one action");
    }
    for one in values(node) {
        if one.map().is_some() && function::of(one).is_none() {
            report.value(one, "an action is a string, found a map");
            continue;
        }
        let Some(text) = known::text(template, one).filter(|text| *text != "*") else {
            continue;
        };
        let fine = text
            .split_once(':')
            .is_some_and(|(service, action)| !service.is_empty() && !action.is_empty());
        if !fine || text.contains(' ') {
            report
                .value(one, format!("`{text}` is not an action"))
                .sure(text.sure)
                .help("an action is `service:Action`, such as `s3:GetObject`");
        }
    }
}

fn resources<'a>(policy: &Document<'_, 'a>, node: &'a Node, report: &mut Report<'a>) {
    for one in values(node) {
        if one.map().is_some() && function::of(one).is_none() {
            report.value(one, "a resource is a string, found a map");
            continue;
        }
        let shape = known::shape(policy.template, one);
        if policy.resource.kind == "AWS::S3::BucketPolicy" && one.text() == Some("*") {
            report
                .value(one, "the policy of a bucket cannot be about `*`")
                .help("name the bucket, or the objects in it");
            continue;
        }
        let Some(shape) = shape.filter(|shape| policy.about != About::Loose && !arn_or_wildcard(shape)) else {
            continue;
        };
        report
            .value(one, format!("`{shape}` is neither an ARN nor `*`"))
            .sure(shape.sure)
            .help("an ARN is arn:partition:service:region:account:resource");
    }
}

/// What IAM takes for a resource, as far as it is known.
fn arn_or_wildcard(shape: &Shape<'_>) -> bool {
    if shape.begins_open() || shape.whole().is_some_and(|text| text.trim() == "*") {
        return true;
    }
    if !shape.start().trim_start().starts_with("arn:") {
        return false;
    }
    let parts = shape.split(":", 6);
    let partition = &parts[1];
    let fine = partition.is_open() || partition.start().starts_with("aws") || partition.whole() == Some("*");
    fine && (shape.is_open() || (parts.len() >= 4 && parts[2].whole() != Some("")))
}

/// Statements of one policy have ids of their own; S3 does not look.
fn sids<'a>(policy: &Document<'_, 'a>, node: &'a Node, report: &mut Report<'a>) {
    if policy.about == About::Loose || policy.resource.kind == "AWS::S3::BucketPolicy" {
        return;
    }
    let mut seen: BTreeMap<Cow<'_, str>, Sure> = BTreeMap::new();
    let certain = node.get("Statement").and_then(Node::list).unwrap_or_default();
    for entry in certain.iter().filter_map(|one| one.map()?.entry("Sid")) {
        let Some(text) = known::text(policy.template, &entry.value).filter(|text| !text.is_empty()) else {
            continue;
        };
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if policy.about == About::Identity && !plain {
            let message = format!("the id `{text}` has characters beside letters and digits");
            report.value(&entry.value, message).sure(text.sure);
        }
        if let Some(sure) = seen.insert(text.value.clone(), text.sure) {
            report
                .value(&entry.value, format!("another statement has the id `{text}`"))
                .sure(sure.max(text.sure));
        }
    }
}
