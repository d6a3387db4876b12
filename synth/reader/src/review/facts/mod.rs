//! What a change of one property does, from AWS's schema and what the store knows beside it.

mod context;
mod sam;

use serde_json::Value as Json;

pub(super) use context::settle;

use super::canon::same;
use super::differ::{Difference, Step};
use super::verdict::{Effect, Reason, Source};
use crate::read::template::json::{choice, function};
use crate::schema::{self, Order, ResourceSchema};

/// A property that does more than update, and who says so.
struct Fact<'a> {
    path: Vec<&'a str>,
    effect: Effect,
    source: Source,
    says: &'a str,
}

/// Whether a type replaces by deleting first.
pub(super) fn deletes_first(kind: &str) -> bool {
    schema::resource(kind).is_some_and(|schema| schema.order() == Order::DeleteThenCreate)
}

/// Whether the order of the list at a path means nothing.
pub(super) fn is_unordered(kind: &str, path: &[Step]) -> bool {
    let root = schema::resource(kind).map(ResourceSchema::root);
    let list = path.iter().try_fold(root, |node, step| {
        let node = node?;
        Some(match step {
            Step::Key(key) => node.property(key),
            Step::Index(_) => node.items(),
        })
    });
    list.flatten().is_some_and(|list| list.is_unordered())
}

/// What a difference in the properties of a type does.
pub(super) fn of(kind: &str, difference: &Difference) -> (Effect, Vec<Reason>) {
    if kind.starts_with("AWS::Serverless::") {
        return sam::of(kind, difference);
    }
    let Some(schema) = schema::resource(kind) else {
        return (Effect::Update, vec![stranger(kind)]);
    };
    let path: Vec<&str> = difference
        .path
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
        .collect();
    let mut hits: Vec<(Effect, Reason)> = facts(schema)
        .into_iter()
        .filter_map(|fact| hit(kind, &fact, &path, difference))
        .collect();
    hits.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let Some(effect) = hits.first().map(|hit| hit.0) else {
        return (Effect::Update, vec![harmless(kind, schema, &path)]);
    };
    let listed = hits.iter().any(|hit| hit.1.source == Source::SchemaConditional);
    let reasons = hits.into_iter().filter(|hit| hit.0 == effect).map(|hit| hit.1);
    let reasons = reasons.map(|mut reason| {
        if reason.source == Source::ServiceSpecification && effect == Effect::Replace {
            let schema = if listed {
                "says: in some cases"
            } else {
                "does not list it"
            };
            reason.text = format!("{}; AWS's schema {schema}", reason.text);
        }
        reason
    });
    (effect, reasons.collect())
}

fn stranger(kind: &str) -> Reason {
    if kind.starts_with("Custom::") || kind == "AWS::CloudFormation::CustomResource" {
        return Reason::new(
            Source::Unknown,
            "a custom resource: its function decides, and may replace",
        );
    }
    Reason::new(
        Source::Unknown,
        format!("the schemas do not know `{kind}`, so that it may do more"),
    )
}

fn harmless(kind: &str, schema: &ResourceSchema, path: &[&str]) -> Reason {
    let name = path.join(".");
    if kind == "AWS::CloudFormation::CustomResource" {
        return stranger(kind);
    }
    if path
        .first()
        .is_some_and(|first| schema.root().property(first).is_none())
    {
        return Reason::new(Source::Unknown, format!("the schema does not know `{name}`"));
    }
    Reason::new(Source::Schema, format!("the schema lets `{name}` be updated"))
}

fn facts(schema: &ResourceSchema) -> Vec<Fact<'_>> {
    let of_schema = |path, effect, source| Fact {
        path: steps(path),
        effect,
        source,
        says: "schema",
    };
    let always = schema.create_only();
    let sometimes = schema.conditional_create_only();
    let mut found: Vec<Fact<'_>> = always
        .map(|path| of_schema(path, Effect::Replace, Source::SchemaCreateOnly))
        .chain(sometimes.map(|path| of_schema(path, Effect::MayReplace, Source::SchemaConditional)))
        .collect();
    let more = schema.raw().get("updates").and_then(Json::as_object);
    for (effect, paths) in more.into_iter().flatten() {
        let effect = match effect.as_str() {
            "replace" => Effect::Replace,
            "may-replace" => Effect::MayReplace,
            _ => Effect::Interrupt,
        };
        for (path, says) in paths.as_object().into_iter().flatten() {
            let says = says.as_str().unwrap_or_default();
            let source = if says == "service-spec" {
                Source::ServiceSpecification
            } else {
                Source::UserGuide
            };
            let path = steps(path);
            found.push(Fact {
                path,
                effect,
                source,
                says,
            });
        }
    }
    found
}

/// The steps of a path; some schemas leave the `*` of an array out and some do not.
fn steps(path: &str) -> Vec<&str> {
    path.split('/').filter(|step| *step != "*").collect()
}

fn hit(kind: &str, fact: &Fact<'_>, path: &[&str], difference: &Difference) -> Option<(Effect, Reason)> {
    let both = fact.path.iter().zip(path).all(|(a, b)| a == b);
    if !both {
        return None;
    }
    let mut effect = fact.effect;
    if fact.path.len() > path.len() {
        let inner = &fact.path[path.len()..];
        let (old, new) = (
            inside(difference.old.as_ref(), inner),
            inside(difference.new.as_ref(), inner),
        );
        if old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| same(old, new)) {
            return None;
        }
        let whole = difference.old.is_none() || difference.new.is_none();
        // An item of a list that comes or goes is not the same as one that changes.
        if whole && effect == Effect::Replace && matches!(difference.path.last(), Some(Step::Index(_))) {
            effect = Effect::MayReplace;
        }
    }
    Some((effect, Reason::new(fact.source, text(kind, fact))))
}

/// The values at a path of keys inside a value, through lists and both branches of `Fn::If`.
fn inside<'a>(value: Option<&'a Json>, path: &[&str]) -> Vec<&'a Json> {
    let (Some(value), Some((first, rest))) = (value, path.split_first()) else {
        return value.into_iter().collect();
    };
    if let Some((_, yes, no)) = choice(value) {
        let branches = [yes, no].into_iter();
        return branches.flat_map(|branch| inside(Some(branch), path)).collect();
    }
    match (function(value), value) {
        (Some(_), _) => vec![value],
        (None, Json::Array(items)) => items.iter().flat_map(|item| inside(Some(item), path)).collect(),
        (None, Json::Object(map)) => inside(map.get(*first), rest),
        (None, _) => Vec::new(),
    }
}

fn text(kind: &str, fact: &Fact<'_>) -> String {
    let name = fact.path.join(".");
    let says = match (fact.source, fact.effect) {
        (Source::SchemaCreateOnly, _) => format!("AWS's schema: `{name}` is create-only"),
        (Source::SchemaConditional, _) => format!("AWS's schema: `{name}` is create-only in some cases"),
        (Source::ServiceSpecification, Effect::Replace) => {
            format!("the CDK's service specification: a change of `{name}` replaces")
        }
        (Source::ServiceSpecification, _) => format!("the CDK's service specification: `{name}` may replace"),
        _ if fact.says == "rds-guide" => format!("the guide of Amazon RDS: a change of `{name}` takes it offline"),
        _ => format!("AWS's user guide: a change of `{name}` takes some interruptions"),
    };
    match case(kind, &name) {
        Some(case) if fact.source == Source::SchemaConditional => format!("{says}: {case}"),
        _ => says,
    }
}

/// In which cases a property replaces, where AWS's guide says it.
fn case(kind: &str, property: &str) -> Option<&'static str> {
    Some(match (kind, property) {
        ("AWS::EC2::Instance", "InstanceType" | "EbsOptimized" | "UserData" | "KernelId" | "RamdiskId") => {
            "stopped and started if its root volume is on EBS, else replaced"
        }
        ("AWS::EC2::Instance", "SecurityGroupIds") => "only outside a VPC",
        ("AWS::EC2::Instance", "BlockDeviceMappings") => {
            "only a change of `DeleteOnTermination` alone is made in place"
        }
        ("AWS::EC2::VPC", "InstanceTenancy") => "only from `dedicated` to `default` it is updated in place",
        ("AWS::AutoScaling::AutoScalingGroup", _) => {
            "only if its `UpdatePolicy` has `AutoScalingReplacingUpdate` with `WillReplace: true`"
        }
        ("AWS::ElastiCache::ReplicationGroup", "NodeGroupConfiguration") => {
            "not if its `UpdatePolicy` has `UseOnlineResharding: true`"
        }
        ("AWS::ElasticLoadBalancing::LoadBalancer", "AvailabilityZones" | "Subnets") => {
            "if the first is added or the last removed"
        }
        ("AWS::ElasticLoadBalancing::LoadBalancer", "HealthCheck") => "if it is added or removed as a whole",
        ("AWS::SSM::Document", _) => "unless its `UpdateMethod` is `NewVersion`",
        ("AWS::Batch::ComputeEnvironment", _) => "unless its `ReplaceComputeEnvironment` is `false`",
        ("AWS::RDS::DBInstance", "DBSnapshotIdentifier") => "removing or changing it makes a new, empty database",
        ("AWS::RDS::DBInstance", "Engine") => "only between related engines it is updated in place",
        _ => return None,
    })
}
