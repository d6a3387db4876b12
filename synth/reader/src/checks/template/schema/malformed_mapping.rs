use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::kind::is_open;
use crate::read::{Entry, Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-mapping",
    why: "A mapping has two levels of keys and then a string or a list; CloudFormation refuses any other form, and functions in it.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Mappings:
  Names: {prod: alerts}
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: !FindInMap [Names, prod, Topic]}
",
    instead: r"
Mappings:
  Names: {prod: {Topic: alerts}}
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: !FindInMap [Names, prod, Topic]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for mapping in template.section("Mappings").filter(|entry| !is_written(entry)) {
            name(mapping, "the mapping", "", report);
            for top in keys(mapping, "a mapping", report) {
                name(top, "the key", ".-", report);
                for second in keys(top, "the first level of a mapping", report) {
                    name(second, "the key", "", report);
                    value(&second.value, report);
                }
            }
        }
    }
}

/// A transform or a loop puts the entry there.
fn is_written(entry: &Entry) -> bool {
    entry.key.starts_with("Fn::") || entry.value.map().is_some_and(is_open)
}

fn keys<'a>(entry: &'a Entry, what: &str, report: &mut Report<'a>) -> Vec<&'a Entry> {
    match &entry.value.kind {
        Kind::Map(map) => {
            if map.is_empty() {
                report.key(entry, format!("{what} has at least one key"));
            }
            map.iter().filter(|entry| !is_written(entry)).collect()
        }
        Kind::Null => Vec::new(),
        _ => {
            let found = entry.value.kind_name();
            report.value(&entry.value, format!("{what} is a map, found {found}"));
            Vec::new()
        }
    }
}

fn name<'a>(entry: &'a Entry, what: &str, also: &str, report: &mut Report<'a>) {
    let fine = |character: char| character.is_ascii_alphanumeric() || also.contains(character);
    if entry.key.is_empty() || !entry.key.chars().all(fine) {
        let beside = if also.is_empty() {
            "letters and digits"
        } else {
            "letters, digits, dots and hyphens"
        };
        report.key(entry, format!("{what} `{}` has characters beside {beside}", entry.key));
    }
}

/// What the items of a list are is not looked at before they are used.
fn value<'a>(node: &'a Node, report: &mut Report<'a>) {
    if node.map().is_some() {
        report
            .value(node, "the value of a mapping is a string or a list, found a map")
            .help("a mapping has two levels of keys, and no functions");
    }
}
