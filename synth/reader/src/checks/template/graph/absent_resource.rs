use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::{Template, function, worlds};
use std::collections::{BTreeMap, BTreeSet};

use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "absent-resource",
    why: "CloudFormation refuses a reference to a resource that a condition leaves out: `Unresolved resource dependencies`.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Parameters:
  Stage: {Type: String}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Alerts: {Type: AWS::SNS::Topic, Condition: Prod}
Outputs:
  Alerts: {Value: !Ref Alerts}
",
    instead: r"
Parameters:
  Stage: {Type: String}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Alerts: {Type: AWS::SNS::Topic, Condition: Prod}
Outputs:
  Alerts: {Condition: Prod, Value: !Ref Alerts}
",
    check,
};

/// A reference under more conditions is not followed: each doubles the work.
const MOST: usize = 6;

/// Conditions with what they are where something stands.
type Way<'a> = Vec<(&'a str, bool)>;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| !template.generated) {
        // Without a conditional resource there is nothing to miss.
        if template
            .resources
            .iter()
            .all(|resource| resource.attribute("Condition").is_none())
        {
            continue;
        }
        let mut known = BTreeMap::new();
        for section in ["Resources", "Outputs"] {
            for entry in template.section(section) {
                let own = entry.value.get("Condition").and_then(Node::text);
                let mut way: Way<'a> = own.map(|name| (name, true)).into_iter().collect();
                for part in entry.value.map().into_iter().flatten() {
                    if !matches!(part.key.as_str(), "DependsOn" | "Metadata" | "Condition") {
                        walk(template, &part.value, &mut way, &mut known, report);
                    }
                }
            }
        }
    }
}

fn walk<'a>(
    template: &Template<'a>,
    node: &'a Node,
    way: &mut Way<'a>,
    known: &mut BTreeMap<(Way<'a>, &'a str), bool>,
    report: &mut Report<'a>,
) {
    if let Some([condition, yes, no]) = function::argument(node, "Fn::If").and_then(Node::list) {
        let Some(name) = condition.text() else { return };
        for (branch, truth) in [(yes, true), (no, false)] {
            way.push((name, truth));
            walk(template, branch, way, known, report);
            way.pop();
        }
        return;
    }
    for name in named(node) {
        let target = template.resource(name);
        let condition = target
            .and_then(|target| target.attribute("Condition"))
            .and_then(Node::text);
        let Some(condition) = condition.filter(|condition| way.iter().all(|(name, _)| name != condition)) else {
            continue;
        };
        let is_absent = *known
            .entry((way.clone(), condition))
            .or_insert_with(|| absent(template, way, condition));
        if is_absent {
            report
                .value(node, format!("`{name}` is only made when `{condition}` is true"))
                .also_if(target.map(|target| target.entry), format!("`{name}` is here"))
                .help(format!(
                    "choose with `Fn::If: [{condition}, …, !Ref AWS::NoValue]`, or give this the same condition"
                ));
        }
    }
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| walk(template, item, way, known, report)),
        Kind::Map(map) => map
            .iter()
            .for_each(|entry| walk(template, &entry.value, way, known, report)),
        _ => {}
    }
}

/// The resources that a function itself names.
fn named(node: &Node) -> Vec<&str> {
    let Some(entry) = function::of(node) else {
        return Vec::new();
    };
    match entry.key.as_str() {
        "Ref" | "Fn::GetAtt" => function::target(node).map(|(name, _)| name).into_iter().collect(),
        "Fn::Sub" => {
            let Some((text, variables)) = function::sub(&entry.value) else {
                return Vec::new();
            };
            let names = function::parts(text).into_iter().filter_map(|part| match part {
                function::Part::Name(name) => Some(name),
                _ => None,
            });
            names
                .filter(|name| variables.is_none_or(|variables| variables.get(name).is_none()))
                .map(|name| name.split('.').next().unwrap_or(name))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a condition can be false where something stands. Which parameters a deployer gives decides whether it is, so
/// it never is more than a warning.
fn absent<'a>(template: &Template<'a>, way: &Way<'a>, condition: &'a str) -> bool {
    if way.len() > MOST {
        return false;
    }
    let conditions: BTreeSet<&'a str> = way.iter().map(|(name, _)| *name).chain([condition]).collect();
    let worlds = worlds::all(template, &conditions);
    let mut here = worlds
        .iter()
        .filter(|world| way.iter().all(|(name, truth)| world.truth(name) == Some(*truth)));
    here.any(|world| world.truth(condition) == Some(false))
}
