use super::finding::{Family, Level, Rule};
use super::function;
use super::report::Report;
use super::view::{Resource, Set, Template};
use crate::read::{Kind, Node};
use crate::schema::{self, ResourceSchema};

pub(super) const RULE: Rule = Rule {
    name: "wrong-reference",
    why: "A property that takes the id of one type of resource is given a value of another: the deployment fails when AWS looks it up.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html",
    level: Level::Error,
    family: Family::Graph,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for resource in &template.resources {
            let schema = schema::resource(resource.kind);
            let Some((schema, properties)) = schema.zip(resource.attribute("Properties")) else {
                continue;
            };
            walk(template, properties, schema.root(), report);
        }
    }
}

fn walk<'a>(template: &Template<'a>, node: &'a Node, place: schema::Node<'_>, report: &mut Report<'a>) {
    if let Some([_, yes, no]) = function::argument(node, "Fn::If").and_then(Node::list) {
        walk(template, yes, place, report);
        walk(template, no, place, report);
        return;
    }
    if let (Some(wanted), Some((resource, attribute))) = (place.format(), aim(template, node)) {
        if let Some(given) = given(resource, attribute).filter(|given| differs(wanted, given)) {
            let name = resource.id;
            report.value(node, format!("`{name}` gives {given}; here belongs {wanted}"));
        }
        return;
    }
    match &node.kind {
        Kind::Map(map) => {
            for entry in map {
                if let Some(inner) = place.property(&entry.key) {
                    walk(template, &entry.value, inner, report);
                }
            }
        }
        Kind::List(items) => {
            if let Some(inner) = place.items() {
                for item in items {
                    walk(template, item, inner, report);
                }
            }
        }
        _ => {}
    }
}

fn aim<'t, 'a>(template: &'t Template<'a>, node: &'a Node) -> Option<(&'t Resource<'a>, Option<&'a str>)> {
    let (name, attribute) = function::target(node)?;
    Some((template.resource(name)?, attribute))
}

/// What a reference gives, in the words of the schema.
fn given(resource: &Resource<'_>, attribute: Option<&str>) -> Option<&'static str> {
    let schema: &'static ResourceSchema = schema::resource(resource.kind)?;
    if let Some(attribute) = attribute {
        return schema.find(&attribute.replace('.', "/"))?.format();
    }
    let mut identifier = schema.primary_identifier();
    let first = identifier.next()?;
    if identifier.next().is_some() {
        return None;
    }
    schema.find(first)?.format()
}

/// Whether two formats name different things; only names of resource types are compared.
fn differs(wanted: &str, given: &str) -> bool {
    let kind = |format: &str| -> Option<(String, String)> {
        let (kind, what) = format.strip_prefix("AWS::")?.split_once('.')?;
        Some((kind.to_owned(), what.trim_end_matches('s').to_ascii_lowercase()))
    };
    match (kind(wanted), kind(given)) {
        (Some(wanted), Some(given)) => wanted != given,
        _ => false,
    }
}
