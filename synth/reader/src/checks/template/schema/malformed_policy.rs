use crate::checks::template::policy_document::{self as document, About, Document};
use crate::checks::template::policy_statement;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::branch::branches;
use crate::read::template::kind::is_open;
use crate::read::template::known;
use crate::read::template::known::Sure;
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
                Kind::Map(map) => policy_statement::check(policy, one, map, report),
                Kind::Null => {}
                _ => {
                    report.value(one, format!("a statement is a map, found {}", one.kind_name()));
                }
            }
        }
    }
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
