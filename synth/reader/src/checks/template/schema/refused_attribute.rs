use crate::checks::template::form::{self, Field, Want, may};
use crate::checks::template::value::{Wrong, judge_node};
use crate::checks::template::{form::is_duration, update_policy};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::{Resource, Template, function};
use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "refused-attribute",
    why: "CloudFormation refuses attributes of resources with values that they do not take, or on types that do not take them.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-product-attribute-reference.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    DeletionPolicy: Snapshot
",
    instead: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
",
    check,
};

/// The types that CloudFormation can snapshot before it deletes.
const SNAPSHOT: [&str; 9] = [
    "AWS::DocDB::DBCluster",
    "AWS::EC2::Volume",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::Neptune::DBCluster",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
    "AWS::RDS::GlobalCluster",
];

const SIGNAL: [Field; 2] = [may("Count", Want::Whole(0, i64::MAX)), may("Timeout", Want::Text)];

const WAITS: [Field; 1] = [may("ResourceSignal", Want::Map(&SIGNAL))];

const GROUP: [Field; 2] = [
    may("ResourceSignal", Want::Map(&SIGNAL)),
    may(
        "AutoScalingCreationPolicy",
        Want::Map(&[may("MinSuccessfulInstancesPercent", Want::Whole(0, 100))]),
    ),
];

const FLEET: [Field; 1] = [may("StartFleet", Want::Any)];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| !template.generated) {
        for resource in &template.resources {
            policies(template, resource, report);
            written(template, resource, report);
            creation(resource, report);
            module(resource, report);
            custom_update(resource, report);
            update_policy::check(resource, report);
            depends_on(resource, report);
            if let Some(node) = resource.attribute("Condition")
                && node.text().is_none()
                && !matches!(node.kind, Kind::Null)
            {
                report.value(
                    node,
                    format!("`Condition` names a condition, found {}", node.kind_name()),
                );
            }
            let custom =
                resource.kind.starts_with("Custom::") || resource.kind == "AWS::CloudFormation::CustomResource";
            let version = resource.entry.value.map().and_then(|map| map.entry("Version"));
            if let Some(entry) = version.filter(|_| !custom && !template.transformed()) {
                report.key(entry, "only custom resources have a `Version`");
            }
        }
    }
}

fn policies<'a>(template: &Template<'a>, resource: &Resource<'a>, report: &mut Report<'a>) {
    for (name, also) in [("DeletionPolicy", "RetainExceptOnCreate"), ("UpdateReplacePolicy", "")] {
        let Some(node) = resource.attribute(name) else { continue };
        if function::of(node).is_some() {
            if !template.transformed() {
                report
                    .value(node, format!("`{name}` is written out: it takes no function"))
                    .help("the transform `AWS::LanguageExtensions` lets it take `Ref`, `Fn::If` and `Fn::FindInMap`");
            } else if !template.rewritten() {
                words(template, node, (name, also), report);
            }
            continue;
        }
        match node.text() {
            Some("Delete" | "Retain") => {}
            Some(text) if text == also => {}
            Some("Snapshot") => {
                let ours = resource.kind.starts_with("AWS::") && crate::schema::resource(resource.kind).is_some();
                if ours && !SNAPSHOT.contains(&resource.kind) {
                    report.value(
                        node,
                        format!("{} cannot be snapshotted by CloudFormation", resource.kind),
                    );
                }
            }
            Some(text) => {
                let also = if also.is_empty() { "" } else { ", RetainExceptOnCreate" };
                report.value(
                    node,
                    format!("`{name}` is `{text}`; it can be Delete, Retain, Snapshot{also}"),
                );
            }
            None if matches!(node.kind, Kind::Null) => {}
            None => {
                report.value(node, format!("`{name}` is a string, found {}", node.kind_name()));
            }
        }
    }
}

/// What the functions of a policy can come to.
fn words<'a>(template: &Template<'a>, node: &'a Node, (name, also): (&str, &str), report: &mut Report<'a>) {
    const WORDS: [&str; 3] = ["Delete", "Retain", "Snapshot"];
    judge_node(template, node, report, |text| {
        let fine = WORDS.contains(&text) || text == also;
        (!fine).then(|| Wrong::new(format!("`{name}` is `{text}`")).one_of(text, &WORDS))
    });
}

/// What a module is made of has these, not the module.
fn module<'a>(resource: &Resource<'a>, report: &mut Report<'a>) {
    let Some(map) = resource
        .entry
        .value
        .map()
        .filter(|_| resource.kind.ends_with("::MODULE"))
    else {
        return;
    };
    let tags = resource.properties.and_then(|map| map.entry("Tags"));
    let reserved = map
        .get("Metadata")
        .and_then(|node| node.map()?.entry("AWS::CloudFormation::Module"));
    let policies = ["CreationPolicy", "UpdatePolicy"]
        .into_iter()
        .filter_map(|name| map.entry(name));
    for entry in policies.chain(tags).chain(reserved) {
        report.key(entry, format!("a module takes no `{}`", entry.key));
    }
}

/// Policies are maps whose parts may come from functions; only `Fn::If` gives one as a whole.
fn written<'a>(template: &Template<'a>, resource: &Resource<'a>, report: &mut Report<'a>) {
    for name in ["CreationPolicy", "UpdatePolicy"] {
        let Some(node) = resource.attribute(name) else { continue };
        let given = function::of(node).map(|entry| entry.key.as_str());
        if let Some(given) = given.filter(|key| matches!(*key, "Ref" | "Fn::Sub" | "Fn::Join" | "Fn::GetAtt"))
            && !template.rewritten()
        {
            report.value(node, format!("`{name}` is a map, found `{given}`"));
        }
    }
}

fn creation<'a>(resource: &Resource<'a>, report: &mut Report<'a>) {
    let Some(entry) = resource.entry.value.map().and_then(|map| map.entry("CreationPolicy")) else {
        return;
    };
    let fields: &'static [Field] = match resource.kind {
        "AWS::AutoScaling::AutoScalingGroup" => &GROUP,
        "AWS::EC2::Instance" | "AWS::CloudFormation::WaitCondition" => &WAITS,
        "AWS::AppStream::Fleet" => &FLEET,
        "AWS::CloudFormation::CustomResource" => {
            report.key(entry, "a custom resource takes no `CreationPolicy`");
            return;
        }
        kind if kind.starts_with("Custom::") => {
            report.key(entry, "a custom resource takes no `CreationPolicy`");
            return;
        }
        // CloudFormation looks at it on few types; what it does on others is not told.
        _ => return,
    };
    form::check(entry, fields, "`CreationPolicy`", report);
    let timeout = entry.value.dig(&["ResourceSignal", "Timeout"]);
    if let Some(node) = timeout.filter(|node| node.text().is_some_and(|text| !is_duration(text))) {
        report.value(node, "`Timeout` is a duration such as `PT15M`");
    }
}

/// What a custom resource does when it changes is the affair of its own function.
fn custom_update<'a>(resource: &Resource<'a>, report: &mut Report<'a>) {
    let entry = resource.entry.value.map().and_then(|map| map.entry("UpdatePolicy"));
    if let Some(entry) = entry.filter(|_| resource.kind.starts_with("Custom::")) {
        report.key(entry, "a custom resource takes no `UpdatePolicy`");
    }
}

fn depends_on<'a>(resource: &Resource<'a>, report: &mut Report<'a>) {
    let Some(node) = resource.attribute("DependsOn") else {
        return;
    };
    let items = node.list().unwrap_or(std::slice::from_ref(node));
    for item in items {
        if item.text().is_none() && !matches!(item.kind, Kind::Null) {
            let found = if function::of(item).is_some() {
                "a function"
            } else {
                item.kind_name()
            };
            report.value(item, format!("`DependsOn` names resources, found {found}"));
        }
    }
}
