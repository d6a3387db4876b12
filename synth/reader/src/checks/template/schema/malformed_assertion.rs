use crate::checks::template::form::{self, Field, Want, may, must};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::{Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-assertion",
    why: "A rule of a template has assertions, each with `Assert` and perhaps a description, and perhaps a `RuleCondition`.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Parameters:
  Stage: {Type: String}
Rules:
  Known:
    Assertions:
      Assert: !Equals [!Ref Stage, prod]
Resources:
  Alerts: {Type: AWS::SNS::Topic}
",
    instead: r"
Parameters:
  Stage: {Type: String}
Rules:
  Known:
    Assertions:
      - Assert: !Equals [!Ref Stage, prod]
Resources:
  Alerts: {Type: AWS::SNS::Topic}
",
    check,
};

const FIELDS: [Field; 2] = [may("RuleCondition", Want::Any), must("Assertions", Want::Any)];

const ASSERTION: [&str; 2] = ["Assert", "AssertDescription"];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| !template.generated) {
        for rule in template.section("Rules") {
            form::check(rule, &FIELDS, &format!("the rule `{}`", rule.key), report);
            let Some(node) = rule.value.get("Assertions") else {
                continue;
            };
            let Some(assertions) = node.list() else {
                report.value(node, format!("`Assertions` is a list, found {}", node.kind_name()));
                continue;
            };
            for node in assertions {
                assertion(node, report);
            }
        }
    }
}

fn assertion<'a>(node: &'a Node, report: &mut Report<'a>) {
    let Some(map) = node.map() else {
        report.value(node, format!("an assertion is a map, found {}", node.kind_name()));
        return;
    };
    for entry in map.iter().filter(|entry| !ASSERTION.contains(&entry.key.as_str())) {
        report.key(entry, format!("an assertion has no `{}`", entry.key));
    }
    if map.get("Assert").is_none() {
        report.value(node, "an assertion needs `Assert`");
    }
    let description = node.map().and_then(|map: &Map| map.get("AssertDescription"));
    if let Some(node) = description.filter(|node| node.scalar().is_none()) {
        report.value(
            node,
            format!("`AssertDescription` is a string, found {}", node.kind_name()),
        );
    }
}
