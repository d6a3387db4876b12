use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::function::{self, Part};
use std::collections::BTreeSet;

use crate::read::{Kind, Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "unused-definition",
    why: "A condition, a mapping or a variable of `Fn::Sub` that nothing uses is a leftover, or a sign that a name is mistyped elsewhere.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Parameters:
  Stage: {Type: String}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Alerts: {Type: AWS::SNS::Topic}
",
    instead: r"
Parameters:
  Stage: {Type: String}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Alerts: {Type: AWS::SNS::Topic, Condition: Prod}
",
    check,
};

/// What is used by name.
#[derive(Default)]
struct Used<'a> {
    conditions: BTreeSet<&'a str>,
    mappings: BTreeSet<&'a str>,
    /// A mapping is chosen by something that is not known.
    any_mapping: bool,
}

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| !template.generated) {
        let mut used = Used::default();
        for section in ["Conditions", "Resources", "Outputs", "Rules", "Globals"] {
            for entry in template.section(section) {
                walk(&entry.value, &mut used, report);
            }
        }
        for (section, word, names) in [
            ("Conditions", "condition", &used.conditions),
            ("Mappings", "mapping", &used.mappings),
        ] {
            let any = section == "Mappings" && used.any_mapping;
            let unused = template
                .section(section)
                .filter(|entry| !any && !names.contains(entry.key.as_str()));
            for entry in unused {
                report
                    .key(entry, format!("nothing uses the {word} `{}`", entry.key))
                    .help("remove it");
            }
        }
    }
}

fn walk<'a>(node: &'a Node, used: &mut Used<'a>, report: &mut Report<'a>) {
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| walk(item, used, report)),
        Kind::Map(map) => {
            for entry in map {
                match entry.key.as_str() {
                    "Condition" => used.conditions.extend(entry.value.text()),
                    "Fn::If" => {
                        let condition = entry.value.list().and_then(<[Node]>::first);
                        used.conditions.extend(condition.and_then(Node::text));
                    }
                    "Fn::FindInMap" => {
                        let mapping = entry.value.list().and_then(<[Node]>::first);
                        let name = mapping.and_then(Node::text);
                        used.any_mapping |= name.is_none();
                        used.mappings.extend(name);
                    }
                    "Fn::Sub" => variables(&entry.value, report),
                    _ => {}
                }
                walk(&entry.value, used, report);
            }
        }
        _ => {}
    }
}

fn variables<'a>(argument: &'a Node, report: &mut Report<'a>) {
    let Some((text, Some(variables))) = function::sub(argument) else {
        return;
    };
    let parts = function::parts(text);
    let used: BTreeSet<&str> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Name(name) => Some(*name),
            _ => None,
        })
        .collect();
    let unused = |map: &'a Map| map.iter().filter(|entry| !used.contains(entry.key.as_str()));
    for entry in unused(variables) {
        report
            .key(entry, format!("the text does not use the variable `{}`", entry.key))
            .help("remove it");
    }
}
