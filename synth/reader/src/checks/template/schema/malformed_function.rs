use crate::checks::template::argument;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::Template;
use crate::read::{Entry, Kind, Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-function",
    why: "CloudFormation refuses a function that it does not know, or one with other arguments than it takes.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Parameters:
  Stage: {Type: String}
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join [alerts, !Ref Stage]
",
    instead: r"
Parameters:
  Stage: {Type: String}
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join [' ', [alerts, !Ref Stage]]
",
    check,
};

/// The functions that give values.
pub(super) const VALUES: [&str; 15] = [
    "Ref",
    "Fn::Base64",
    "Fn::Cidr",
    "Fn::FindInMap",
    "Fn::GetAZs",
    "Fn::GetAtt",
    "Fn::GetStackOutput",
    "Fn::If",
    "Fn::ImportValue",
    "Fn::Join",
    "Fn::Select",
    "Fn::Split",
    "Fn::Sub",
    "Fn::Transform",
    "Fn::Contains",
];

/// Those that need `AWS::LanguageExtensions`.
const EXTENDED: [&str; 3] = ["Fn::ForEach", "Fn::Length", "Fn::ToJsonString"];

/// Those of conditions and rules.
const TRUTHS: [&str; 9] = [
    "Fn::And",
    "Fn::EachMemberEquals",
    "Fn::EachMemberIn",
    "Fn::Equals",
    "Fn::Not",
    "Fn::Or",
    "Fn::RefAll",
    "Fn::ValueOf",
    "Fn::ValueOfAll",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| !template.rewritten()) {
        loops(template, report);
        for resource in &template.resources {
            for part in ["Properties", "Metadata", "CreationPolicy", "UpdatePolicy"] {
                if let Some(node) = resource.attribute(part) {
                    walk(template, node, Place::Value, report);
                }
            }
        }
        for output in template.section("Outputs") {
            walk(template, &output.value, Place::Value, report);
        }
        for condition in template.section("Conditions") {
            walk(template, &condition.value, Place::Condition, report);
        }
    }
}

/// Only a loop and a transform can stand among the entries of a section.
fn loops<'a>(template: &Template<'a>, report: &mut Report<'a>) {
    for section in ["Conditions", "Mappings", "Outputs", "Parameters", "Resources"] {
        for entry in template.section(section).filter(|entry| entry.key.starts_with("Fn::")) {
            if entry.key.starts_with("Fn::ForEach::") {
                known(template, entry, Place::Value, report);
            } else if entry.key != "Fn::Transform" {
                report.key(entry, format!("`{}` cannot stand among `{section}`", entry.key));
            }
        }
    }
}

/// Where a function stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Value,
    Condition,
}

fn walk<'a>(template: &Template<'a>, node: &'a Node, place: Place, report: &mut Report<'a>) {
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| walk(template, item, place, report)),
        Kind::Map(map) => {
            match map.only() {
                Some(entry) => known(template, entry, place, report),
                None => beside(map, report),
            }
            map.iter().for_each(|entry| walk(template, &entry.value, place, report));
        }
        _ => {}
    }
}

/// A function is the only key of its map, unless it adds to the map.
fn beside<'a>(map: &'a Map, report: &mut Report<'a>) {
    for entry in map {
        let adds = matches!(entry.key.as_str(), "Fn::Transform") || entry.key.starts_with("Fn::ForEach");
        if entry.key.starts_with("Fn::") && !adds && is_function(&entry.key) {
            report
                .key(entry, format!("`{}` stands beside other keys", entry.key))
                .help("a function is the only key of its map");
        }
    }
}

/// Whether the template has the transform that brings further functions.
fn extended(template: &Template<'_>) -> bool {
    let Some(transform) = template.document.root.get("Transform") else {
        return false;
    };
    let names = transform.list().unwrap_or(std::slice::from_ref(transform));
    names.iter().any(|name| name.text() == Some("AWS::LanguageExtensions"))
}

fn is_function(name: &str) -> bool {
    VALUES.contains(&name) || TRUTHS.contains(&name) || EXTENDED.contains(&name)
}

fn known<'a>(template: &Template<'a>, entry: &'a Entry, place: Place, report: &mut Report<'a>) {
    let name = entry.key.as_str();
    if name != "Ref" && !name.starts_with("Fn::") {
        return;
    }
    let base = if name.starts_with("Fn::ForEach") {
        "Fn::ForEach"
    } else {
        name
    };
    if EXTENDED.contains(&base) {
        if extended(template) {
            argument::check(template, entry, report);
        } else {
            report
                .key(entry, format!("`{base}` needs the transform AWS::LanguageExtensions"))
                .help("add `Transform: AWS::LanguageExtensions`");
        }
    } else if TRUTHS.contains(&name) {
        if place == Place::Value {
            report
                .key(entry, format!("`{name}` belongs in a condition, not in a value"))
                .help("define a condition, and choose with `Fn::If`");
        }
    } else if VALUES.contains(&name) {
        argument::check(template, entry, report);
    } else {
        let draft = report.key(entry, format!("there is no function `{name}`"));
        let all = VALUES.into_iter().chain(EXTENDED).chain(TRUTHS);
        if let Some(near) = crate::schema::nearest(name, all) {
            draft.help(format!("did you mean `{near}`?"));
        }
    }
}
