use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::{Template, function};
use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "undefined-condition",
    why: "CloudFormation refuses a template that names a condition which it does not define.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Parameters:
  Stage: {Type: String}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Alerts: {Type: AWS::SNS::Topic, Condition: Production}
  Jobs: {Type: AWS::SQS::Queue, Condition: Prod}
",
    instead: r"
Parameters:
  Stage: {Type: String}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Alerts: {Type: AWS::SNS::Topic, Condition: Prod}
  Jobs: {Type: AWS::SQS::Queue, Condition: Prod}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| !template.generated) {
        for section in ["Resources", "Outputs"] {
            for entry in template.section(section) {
                if let Some(condition) = entry.value.get("Condition") {
                    name(template, condition, report);
                }
                walk(template, &entry.value, false, report);
            }
        }
        for entry in template.section("Conditions") {
            walk(template, &entry.value, true, report);
        }
    }
}

fn walk<'a>(template: &Template<'a>, node: &'a Node, inside: bool, report: &mut Report<'a>) {
    if let Some([condition, ..]) = function::argument(node, "Fn::If").and_then(Node::list) {
        name(template, condition, report);
    }
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| walk(template, item, inside, report)),
        Kind::Map(map) => {
            // Elsewhere, as in a policy, `Condition` is a property like any other.
            if let Some(entry) = map.only().filter(|entry| inside && entry.key == "Condition") {
                name(template, &entry.value, report);
            }
            map.iter()
                .for_each(|entry| walk(template, &entry.value, inside, report));
        }
        _ => {}
    }
}

fn name<'a>(template: &Template<'a>, node: &'a Node, report: &mut Report<'a>) {
    let Some(name) = node.text() else { return };
    if template.named("Conditions", name).is_some() {
        return;
    }
    report
        .value(node, format!("no condition is named `{name}`"))
        .meant(name, template.section("Conditions"));
}
