//! What a value is known to be before it is deployed.

use super::function::{self, Part};
use super::view::Template;
use crate::read::{Map, Node};

/// The string that a node is known to be.
#[must_use]
pub fn text(template: &Template<'_>, node: &Node) -> Option<String> {
    shape(template, node).filter(|shape| !shape.contains("${"))
}

/// The string of a node with what is not known left as `${Name}`: enough to look at the pieces
/// of an ARN of which the account is only known at deployment.
#[must_use]
pub fn shape(template: &Template<'_>, node: &Node) -> Option<String> {
    if let Some(scalar) = node.scalar() {
        return Some(scalar);
    }
    let entry = function::of(node)?;
    match entry.key.as_str() {
        "Ref" => Some(name(template, entry.value.text()?)),
        "Fn::GetAtt" => {
            let (resource, attribute) = function::target(node)?;
            Some(format!("${{{resource}.{}}}", attribute.unwrap_or("?")))
        }
        "Fn::Sub" => {
            let (text, variables) = function::sub(&entry.value)?;
            Some(substitute(template, text, variables))
        }
        "Fn::Join" => join(template, &entry.value),
        _ => None,
    }
}

/// A number that is known.
#[must_use]
pub fn number(template: &Template<'_>, node: &Node) -> Option<f64> {
    node.as_f64().or_else(|| text(template, node)?.trim().parse().ok())
}

/// A boolean that is known.
#[must_use]
pub fn boolean(template: &Template<'_>, node: &Node) -> Option<bool> {
    node.as_bool().or_else(|| match text(template, node)?.as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    })
}

fn name(template: &Template<'_>, name: &str) -> String {
    let unknown = || format!("${{{name}}}");
    let Some(parameter) = template.named("Parameters", name) else {
        return unknown();
    };
    let kind = parameter.get("Type").and_then(Node::text).unwrap_or_default();
    if !matches!(kind, "String" | "Number") {
        return unknown();
    }
    // An empty default stands for "not given", which says nothing of what will be given.
    let default = parameter.get("Default").and_then(Node::scalar);
    default.filter(|text| !text.is_empty()).unwrap_or_else(unknown)
}

fn substitute(template: &Template<'_>, text: &str, variables: Option<&Map>) -> String {
    let mut out = String::new();
    for part in function::parts(text) {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Escaped(text) => {
                out.push_str("$\u{200b}{");
                out.push_str(text);
                out.push('}');
            }
            Part::Name(variable) => {
                let known = variables.and_then(|variables| variables.get(variable));
                match known {
                    Some(node) => out.push_str(&shape(template, node).unwrap_or_else(|| format!("${{{variable}}}"))),
                    None => out.push_str(&name(template, variable)),
                }
            }
        }
    }
    out
}

fn join(template: &Template<'_>, argument: &Node) -> Option<String> {
    let [delimiter, items] = argument.list()? else {
        return None;
    };
    let delimiter = delimiter.text()?;
    let items: Vec<String> = items
        .list()?
        .iter()
        .map(|item| shape(template, item).unwrap_or_else(|| "${?}".to_owned()))
        .collect();
    Some(items.join(delimiter))
}
