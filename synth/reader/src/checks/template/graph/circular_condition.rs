use crate::checks::{Family, Level, Report, Rule, Set};
use std::collections::{BTreeMap, BTreeSet};

use crate::read::{Entry, Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "circular-condition",
    why: "CloudFormation refuses conditions that are decided by each other.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Conditions:
  Prod: !Not [!Condition Dev]
  Dev: !Not [!Condition Prod]
Resources:
  Alerts: {Type: AWS::SNS::Topic, Condition: Prod}
",
    instead: r"
Conditions:
  Prod: !Not [!Condition Dev]
  Dev: !Equals [!Ref AWS::StackName, dev]
Resources:
  Alerts: {Type: AWS::SNS::Topic, Condition: Prod}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let uses: BTreeMap<&str, BTreeSet<&str>> = template
            .section("Conditions")
            .map(|entry| (entry.key.as_str(), used(&entry.value)))
            .collect();
        let circles = |entry: &&Entry| leads(&uses, &entry.key, &entry.key);
        for entry in template.section("Conditions").filter(circles) {
            let draft = report.key(entry, format!("the condition `{}` is decided by itself", entry.key));
            let back = |name: &&str| *name != entry.key && leads(&uses, name, &entry.key);
            let other = uses[entry.key.as_str()].iter().copied().find(back);
            let mut conditions = template.section("Conditions");
            let other = conditions.find(|it| Some(it.key.as_str()) == other);
            draft.also_if(other, "which is decided by it in turn");
        }
    }
}

fn used(node: &Node) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    collect(node, &mut found);
    found
}

fn collect<'a>(node: &'a Node, found: &mut BTreeSet<&'a str>) {
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| collect(item, found)),
        Kind::Map(map) => {
            if let Some(entry) = map.only().filter(|entry| entry.key == "Condition") {
                found.extend(entry.value.text());
            }
            map.iter().for_each(|entry| collect(&entry.value, found));
        }
        _ => {}
    }
}

/// Whether a condition leads to another, or around to itself.
fn leads(uses: &BTreeMap<&str, BTreeSet<&str>>, start: &str, end: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&str> = uses.get(start).into_iter().flatten().copied().collect();
    while let Some(name) = next.pop() {
        if name == end {
            return true;
        }
        if seen.insert(name) {
            next.extend(uses.get(name).into_iter().flatten().copied());
        }
    }
    false
}
