//! Statements of policies: their elements, and what stands in these.

use super::known_arn;
use super::policy_condition;
use super::policy_document::{About, Document};
use super::principal;
use crate::checks::Report;
use crate::read::template::branch::values;
use crate::read::template::known::Shape;
use crate::read::template::{Template, function, known};
use crate::read::{Kind, Map, Node};

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

/// Objects to what a statement must not say.
pub(super) fn check<'a>(policy: &Document<'_, 'a>, node: &'a Node, map: &'a Map, report: &mut Report<'a>) {
    let template = policy.template;
    for entry in map.iter().filter(|entry| !ELEMENTS.contains(&entry.key.as_str())) {
        let draft = report.key(entry, format!("a statement has no element `{}`", entry.key));
        if let Some(near) = crate::schema::nearest(&entry.key, ELEMENTS.into_iter()) {
            draft.help(format!("did you mean `{near}`?"));
        }
    }
    effect(node, map, report);
    either(node, map, "Action", "NotAction", report);
    about(policy, node, map, report);
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

/// What a statement has, by what its policy is about.
fn about<'a>(policy: &Document<'_, 'a>, node: &'a Node, map: &'a Map, report: &mut Report<'a>) {
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
            sts(policy.template, map, report);
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
}

fn sts<'a>(template: &Template<'a>, map: &'a Map, report: &mut Report<'a>) {
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
        let Some(shape) = shape.filter(|_| policy.about != About::Loose) else {
            continue;
        };
        if let Some((name, given)) = known_arn::begins_with(policy.template, &shape) {
            report
                .value(one, format!("`{shape}` is no ARN: `Ref` of `{name}` gives its {given}"))
                .help(format!("take its ARN: `!GetAtt {name}.Arn`"));
            continue;
        }
        if arn_or_wildcard(policy.template, &shape) {
            continue;
        }
        report
            .value(one, format!("`{shape}` is neither an ARN nor `*`"))
            .sure(shape.sure)
            .help("an ARN is arn:partition:service:region:account:resource");
    }
}

/// What IAM takes for a resource, as far as it is known.
fn arn_or_wildcard(template: &Template<'_>, shape: &Shape<'_>) -> bool {
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
        && !known_arn::is_short(template, shape)
}
