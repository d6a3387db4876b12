use crate::checks::schema::Broken;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::kind::{Gives, gives};
use crate::read::template::{Template, function};
use std::collections::BTreeSet;

use crate::read::{Kind, Node};
use crate::schema::{self, Kind as Type};

pub(super) const RULE: Rule = Rule {
    name: "wrong-type",
    why: "CloudFormation refuses a value of another type than the property has, such as a string where a list belongs.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: half a minute}
",
    instead: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 30}
",
    check,
};

/// Alternatives are looked at to this depth.
const MOST_DEPTH: usize = 4;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    crate::checks::schema::report(set, Broken::Type, report);
    let said: BTreeSet<usize> = set
        .violations()
        .iter()
        .filter(|violation| violation.broken == Broken::Type)
        .map(|violation| std::ptr::from_ref(violation.node).addr())
        .collect();
    for template in set.templates.iter().filter(|template| !template.rewritten()) {
        for resource in &template.resources {
            let schema = schema::resource(resource.kind);
            if let Some((schema, properties)) = schema.zip(resource.attribute("Properties")) {
                walk(template, properties, (schema.root(), "Properties"), &said, report);
            }
        }
    }
}

/// What a function gives against what belongs where it stands.
fn walk<'a>(
    template: &Template<'a>,
    node: &'a Node,
    (place, name): (schema::Node<'_>, &str),
    said: &BTreeSet<usize>,
    report: &mut Report<'a>,
) {
    if let Some([_, yes, no]) = function::argument(node, "Fn::If").and_then(Node::list) {
        walk(template, yes, (place, name), said, report);
        walk(template, no, (place, name), said, report);
        return;
    }
    if let Some(entry) = function::of(node) {
        let given = gives(template, node);
        if let Some(wanted) = differs(place, given).filter(|_| !said.contains(&std::ptr::from_ref(node).addr())) {
            let words = given.words();
            report.value(node, format!("`{name}` wants {wanted}; `{}` gives {words}", entry.key));
        }
        return;
    }
    match &node.kind {
        Kind::Map(map) => {
            for entry in map {
                if let Some(inner) = place.find(&entry.key) {
                    walk(template, &entry.value, (inner, &entry.key), said, report);
                }
            }
        }
        Kind::List(items) => {
            if let Some(inner) = place.find("*") {
                for item in items {
                    walk(template, item, (inner, name), said, report);
                }
            }
        }
        _ => {}
    }
}

/// What belongs in a place, if it is certainly not what is given.
fn differs(place: schema::Node<'_>, given: Gives) -> Option<&'static str> {
    let mut kinds = Vec::new();
    collect(place, 0, &mut kinds);
    let list = kinds.contains(&Type::Array);
    let single = kinds
        .iter()
        .any(|kind| matches!(kind, Type::String | Type::Integer | Type::Number | Type::Boolean));
    match given {
        _ if kinds.is_empty() => None,
        Gives::Scalar if !single => Some(if list { "a list" } else { "a map" }),
        Gives::List if !list => Some(if single { "a single value" } else { "a map" }),
        _ => None,
    }
}

fn collect(place: schema::Node<'_>, depth: usize, kinds: &mut Vec<Type>) {
    kinds.extend(place.kinds());
    if depth < MOST_DEPTH {
        for other in place.alternatives() {
            collect(other, depth + 1, kinds);
        }
    }
}
