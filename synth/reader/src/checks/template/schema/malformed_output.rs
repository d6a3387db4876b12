use crate::checks::template::form::{self, Field, Want, may, must};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::kind::{Gives, gives};
use crate::read::template::{Template, function};
use crate::read::{Entry, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-output",
    why: "An output has a value that is a string, and perhaps a description, a condition and a name to export it under that does not depend on resources.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
Outputs:
  Alerts:
    Value: [!Ref Alerts]
",
    instead: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
Outputs:
  Alerts:
    Value: !Ref Alerts
",
    check,
};

const FIELDS: [Field; 4] = [
    must("Value", Want::Any),
    may("Description", Want::Literal),
    may("Condition", Want::Literal),
    may("Export", Want::Map(&[must("Name", Want::Text)])),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for entry in template
            .section("Outputs")
            .filter(|entry| !entry.key.starts_with("Fn::"))
        {
            if entry.key.is_empty() || !entry.key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                let message = format!("the output `{}` has characters beside letters and digits", entry.key);
                report.key(entry, message);
            }
            if let Some(function) = function::of(&entry.value).filter(|function| function.key != "Fn::Transform") {
                let message = format!("an output is a map, found `{}`", function.key);
                report
                    .value(&entry.value, message)
                    .help("what it gives stands under `Value`");
                continue;
            }
            form::check(entry, &FIELDS, &format!("the output `{}`", entry.key), report);
            if let Some(value) = entry.value.get("Value") {
                single(template, value, report);
            }
            description(entry, report);
            if let Some(name) = entry.value.dig(&["Export", "Name"]) {
                export(template, name, report);
            }
        }
    }
}

fn single<'a>(template: &Template<'a>, value: &'a Node, report: &mut Report<'a>) {
    if let Some([_, yes, no]) = function::argument(value, "Fn::If").and_then(Node::list) {
        single(template, yes, report);
        single(template, no, report);
        return;
    }
    let given = gives(template, value);
    if matches!(given, Gives::List | Gives::Map) {
        report
            .value(
                value,
                format!("the value of an output is a string, found {}", given.words()),
            )
            .help("join a list with `Fn::Join`, or take one item with `Fn::Select`");
    }
}

fn description<'a>(entry: &'a Entry, report: &mut Report<'a>) {
    let node = entry.value.get("Description");
    if let Some(node) = node.filter(|node| node.text().is_some_and(|text| text.len() > 1024)) {
        report.value(node, "the description of an output has at most 1,024 bytes");
    }
}

fn export<'a>(template: &Template<'a>, name: &'a Node, report: &mut Report<'a>) {
    if template.targets(name).next().is_some() {
        report
            .value(name, "the name of an export cannot depend on a resource")
            .help("make it from parameters and `AWS::StackName`");
    }
    for function in ["Fn::GetAZs", "Fn::ImportValue"] {
        if let Some(call) = function::calls(function, name).first() {
            report
                .value(call, format!("the name of an export cannot depend on `{function}`"))
                .help("make it from parameters and `AWS::StackName`");
        }
    }
}
