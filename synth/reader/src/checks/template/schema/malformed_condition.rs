use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::kind::{Gives, gives};
use crate::read::template::{Template, function};
use crate::read::{Entry, Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-condition",
    why: "A condition is one of `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not` and `Condition`, with as many terms as it takes.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Parameters:
  Stage: {Type: String}
Conditions:
  Prod: !And [!Equals [!Ref Stage, prod]]
Resources:
  Alerts: {Type: AWS::SNS::Topic, Condition: Prod}
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

const FUNCTIONS: [&str; 5] = ["Condition", "Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or"];

/// What can be compared before anything is made.
const COMPARED: [&str; 10] = [
    "Ref",
    "Fn::FindInMap",
    "Fn::Sub",
    "Fn::Join",
    "Fn::Select",
    "Fn::Split",
    "Fn::Length",
    "Fn::ToJsonString",
    "Fn::Base64",
    "Fn::Transform",
];

/// What rules beside conditions can use.
const ASSERTED: [&str; 6] = [
    "Fn::Contains",
    "Fn::EachMemberEquals",
    "Fn::EachMemberIn",
    "Fn::RefAll",
    "Fn::ValueOf",
    "Fn::ValueOfAll",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| !template.generated) {
        for entry in template
            .section("Conditions")
            .filter(|entry| !entry.key.starts_with("Fn::"))
        {
            // AWS's own templates have names such as `NATGateway&3AZCondition`.
            let fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'&' | b'_');
            if entry.key.is_empty() || !entry.key.bytes().all(fine) {
                let message = format!("the condition `{}` has characters beside letters and digits", entry.key);
                report.key(entry, message);
            }
            term(&entry.value, false, report);
            lists(template, &entry.value, report);
        }
        for rule in template.section("Rules") {
            if let Some(condition) = rule.value.get("RuleCondition") {
                term(condition, true, report);
            }
            let assertions = rule.value.get("Assertions").and_then(Node::list).unwrap_or_default();
            for assert in assertions.iter().filter_map(|assertion| assertion.get("Assert")) {
                term(assert, true, report);
            }
        }
    }
}

/// What is compared is a text; a parameter of a list is none.
fn lists<'a>(template: &Template<'a>, condition: &'a Node, report: &mut Report<'a>) {
    let calls = function::calls("Fn::Equals", condition).into_iter();
    let items = calls.filter_map(|call| function::argument(call, "Fn::Equals")?.list());
    for item in items.flatten() {
        if function::argument(item, "Ref").is_some() && gives(template, item) == Gives::List {
            report
                .value(item, "`Fn::Equals` compares strings, found a list")
                .help("join it with `Fn::Join`, or take one item with `Fn::Select`");
        }
    }
}

fn term<'a>(node: &'a Node, in_rule: bool, report: &mut Report<'a>) {
    let (entry, found) = match &node.kind {
        Kind::Null => return,
        Kind::Map(map) => (map.only(), format!("a map of {} keys", map.len())),
        _ => (None, node.kind_name().to_owned()),
    };
    let Some(entry) = entry else {
        report.value(node, format!("a condition is one function, found {found}"));
        return;
    };
    let name = entry.key.as_str();
    let range = match name {
        "Fn::And" | "Fn::Or" => (2, 10),
        "Fn::Not" => (1, 1),
        "Fn::Equals" => return equals(entry, in_rule, report),
        "Condition" => return named(entry, report),
        _ if in_rule && ASSERTED.contains(&name) => return asserted(entry, report),
        "Fn::Transform" => return,
        _ => {
            report
                .key(entry, format!("`{name}` is not a condition"))
                .help(format!("a condition is one of {}", FUNCTIONS.join(", ")));
            return;
        }
    };
    terms(entry, range, in_rule, report);
}

/// The conditions that another is made of.
fn terms<'a>(entry: &'a Entry, (least, most): (usize, usize), in_rule: bool, report: &mut Report<'a>) {
    let name = entry.key.as_str();
    let Some(items) = entry.value.list() else {
        let found = entry.value.kind_name();
        report.value(
            &entry.value,
            format!("`{name}` takes a list of conditions, found {found}"),
        );
        return;
    };
    if items.len() < least || items.len() > most {
        let takes = if least == most {
            "one condition".to_owned()
        } else {
            format!("{least} to {most} conditions")
        };
        report.key(entry, format!("`{name}` takes {takes}, found {}", items.len()));
    }
    for item in items {
        term(item, in_rule, report);
    }
}

fn named<'a>(entry: &'a Entry, report: &mut Report<'a>) {
    if entry.value.text().is_none() {
        let found = entry.value.kind_name();
        report.value(&entry.value, format!("`Condition` names a condition, found {found}"));
    }
}

fn equals<'a>(entry: &'a Entry, in_rule: bool, report: &mut Report<'a>) {
    let Some(items) = entry.value.list() else {
        let found = entry.value.kind_name();
        report.value(
            &entry.value,
            format!("`Fn::Equals` takes a list of two values, found {found}"),
        );
        return;
    };
    if items.len() != 2 {
        report.key(entry, format!("`Fn::Equals` takes two values, found {}", items.len()));
    }
    for item in items {
        compared(item, in_rule, report);
    }
}

fn compared<'a>(node: &'a Node, in_rule: bool, report: &mut Report<'a>) {
    match &node.kind {
        Kind::Map(map) => match map.only() {
            Some(entry) if COMPARED.contains(&entry.key.as_str()) => {}
            Some(entry) if in_rule && ASSERTED.contains(&entry.key.as_str()) => asserted(entry, report),
            Some(entry) => {
                report.key(entry, format!("`{}` cannot be compared in a condition", entry.key));
            }
            None => {
                report.value(node, "`Fn::Equals` compares strings, found a map");
            }
        },
        Kind::List(_) => {
            report.value(node, "`Fn::Equals` compares strings, found a list");
        }
        _ => {}
    }
}

fn asserted<'a>(entry: &'a Entry, report: &mut Report<'a>) {
    let name = entry.key.as_str();
    if name == "Fn::RefAll" {
        if entry.value.text().is_none() {
            report.value(&entry.value, "`Fn::RefAll` takes a type of parameters");
        }
    } else if entry.value.list().is_none_or(|items| items.len() != 2) {
        report.value(&entry.value, format!("`{name}` takes a list of two"));
    }
}
