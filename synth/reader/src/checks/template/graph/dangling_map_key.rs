use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::kind::is_open;
use crate::read::template::known::Sure;
use crate::read::template::{Template, function};
use crate::read::{Kind, Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "dangling-map-key",
    why: "CloudFormation refuses `Fn::FindInMap` that names no mapping, or a key that the mapping does not have.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Mappings:
  Sizes: {dev: {Days: 1}, prod: {Days: 30}}
Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: !FindInMap [Sizes, production, Days]}
",
    instead: r"
Mappings:
  Sizes: {dev: {Days: 1}, prod: {Days: 30}}
Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: !FindInMap [Sizes, prod, Days]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| !template.generated) {
        for section in ["Conditions", "Resources", "Outputs", "Rules"] {
            for entry in template.section(section) {
                walk(template, &entry.value, report);
            }
        }
    }
}

fn walk<'a>(template: &Template<'a>, node: &'a Node, report: &mut Report<'a>) {
    if let Some(arguments) = function::argument(node, "Fn::FindInMap").and_then(Node::list) {
        look_up(template, arguments, report);
    }
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| walk(template, item, report)),
        Kind::Map(map) => map.iter().for_each(|entry| walk(template, &entry.value, report)),
        _ => {}
    }
}

fn look_up<'a>(template: &Template<'a>, arguments: &'a [Node], report: &mut Report<'a>) {
    // With a default, nothing need be found.
    let [map_name, top, second] = arguments else { return };
    let Some(name) = map_name.text() else { return };
    let Some(mapping) = template.named("Mappings", name) else {
        report
            .value(map_name, format!("no mapping is named `{name}`"))
            .meant(name, template.section("Mappings"));
        return;
    };
    let Some(mapping) = mapping.map().filter(|map| !is_open(map)) else {
        return;
    };
    if let Some(key) = top.scalar() {
        match mapping.get(&key).and_then(Node::map) {
            Some(values) => second_key(second, &[values], &format!("`{key}` of `{name}`"), report),
            None if mapping.get(&key).is_none() => missing(top, &key, mapping, &format!("`{name}`"), report),
            None => {}
        }
    } else {
        let region = function::argument(top, "Ref").and_then(Node::text) == Some("AWS::Region");
        if region && !mapping.is_empty() && !mapping.iter().any(|entry| is_region(&entry.key)) {
            report.value(top, format!("`{name}` has no key that is a region"));
        }
        for value in parameter_values(template, top) {
            if mapping.get(&value).is_none() {
                report
                    .value(
                        top,
                        format!("`{name}` has no key `{value}`, which the parameter can be"),
                    )
                    .sure(Sure::OneOf);
            }
        }
        let all: Vec<&'a Map> = mapping.iter().filter_map(|entry| entry.value.map()).collect();
        second_key(second, &all, &format!("`{name}`"), report);
    }
}

/// `eu-west-1`, `us-gov-east-1`: letters between hyphens, and a number at the end.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [words @ .., number] = parts.as_slice() else {
        return false;
    };
    words.len() >= 2
        && words
            .iter()
            .all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()))
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The second key is in at least one of the maps it can be looked up in.
fn second_key<'a>(node: &'a Node, maps: &[&'a Map], of: &str, report: &mut Report<'a>) {
    let Some(key) = node.scalar() else { return };
    let open = maps.iter().any(|map| is_open(map)) || maps.is_empty();
    if !open && maps.iter().all(|map| map.get(&key).is_none()) {
        missing(node, &key, maps[0], of, report);
    }
}

fn missing<'a>(node: &'a Node, key: &str, map: &'a Map, of: &str, report: &mut Report<'a>) {
    report
        .value(node, format!("{of} has no key `{key}`"))
        .meant(key, map.iter());
}

/// The values that a parameter can have, if they are told.
fn parameter_values(template: &Template<'_>, node: &Node) -> Vec<String> {
    let parameter = function::argument(node, "Ref")
        .and_then(Node::text)
        .and_then(|name| template.named("Parameters", name));
    let allowed = parameter.and_then(|parameter| parameter.get("AllowedValues"));
    let allowed = allowed.and_then(Node::list).unwrap_or_default();
    allowed.iter().filter_map(Node::scalar).collect()
}
