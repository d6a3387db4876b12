//! What a value is known to be before it is deployed.

use super::Template;
use super::function::{self, Part};
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
    shape_with(node, &|name| default(template, name))
}

/// The string of a node if it is known, given what is known of names.
#[must_use]
pub fn text_with(node: &Node, lookup: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    shape_with(node, lookup).filter(|shape| !shape.contains("${"))
}

fn shape_with(node: &Node, lookup: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    if let Some(scalar) = node.scalar() {
        return Some(scalar);
    }
    let entry = function::of(node)?;
    match entry.key.as_str() {
        "Ref" => Some(name(entry.value.text()?, lookup)),
        "Fn::GetAtt" => {
            let (resource, attribute) = function::target(node)?;
            Some(format!("${{{resource}.{}}}", attribute.unwrap_or("?")))
        }
        "Fn::Sub" => {
            let (text, variables) = function::sub(&entry.value)?;
            Some(substitute(text, variables, lookup))
        }
        "Fn::Join" => join(&entry.value, lookup),
        _ => None,
    }
}

/// A shape without the names of what is not known, whose colons would be taken for those of an ARN.
#[must_use]
pub fn unnamed(shape: &str) -> String {
    let mut out = String::new();
    for part in function::parts(shape) {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Name(_) | Part::Escaped(_) => out.push_str("${}"),
        }
    }
    out
}

/// The string that a node is whatever the parameters are.
#[must_use]
pub fn literal(node: &Node) -> Option<String> {
    text_with(node, &|_| None)
}

/// The names that a string is made of.
pub fn parameters(node: &Node) -> impl Iterator<Item = &str> {
    let mut names = Vec::new();
    collect(node, &mut names);
    names.into_iter()
}

fn collect<'n>(node: &'n Node, names: &mut Vec<&'n str>) {
    match function::of(node).map(|entry| (entry.key.as_str(), &entry.value)) {
        Some(("Ref", value)) => names.extend(value.text()),
        Some(("Fn::Sub", value)) => {
            let Some((text, variables)) = function::sub(value) else {
                return;
            };
            names.extend(function::parts(text).into_iter().filter_map(|part| match part {
                Part::Name(name) => Some(name),
                _ => None,
            }));
            variables
                .into_iter()
                .flatten()
                .for_each(|entry| collect(&entry.value, names));
        }
        Some((_, value)) => value
            .list()
            .unwrap_or_default()
            .iter()
            .for_each(|item| collect(item, names)),
        None => node
            .list()
            .unwrap_or_default()
            .iter()
            .for_each(|item| collect(item, names)),
    }
}

/// Whether what is known of a value rests on the default of a parameter, for which a deployer can give another: that of
/// a text may hold a place, that of a number is meant.
#[must_use]
pub fn is_default(template: &Template<'_>, node: &Node) -> bool {
    let text = |name: &str| template.named("Parameters", name)?.get("Type")?.text();
    function::of(node).is_some()
        && parameters(node).any(|name| default(template, name).is_some() && text(name) == Some("String"))
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

/// The default of a parameter, if a text or a number is certain to be what it says.
fn default(template: &Template<'_>, name: &str) -> Option<String> {
    let parameter = template.named("Parameters", name)?;
    let kind = parameter.get("Type").and_then(Node::text)?;
    if !matches!(kind, "String" | "Number") {
        return None;
    }
    // An empty default stands for "not given", which says nothing of what will be given.
    parameter
        .get("Default")
        .and_then(Node::scalar)
        .filter(|text| !text.is_empty())
}

fn name(name: &str, lookup: &dyn Fn(&str) -> Option<String>) -> String {
    lookup(name).unwrap_or_else(|| format!("${{{name}}}"))
}

fn substitute(text: &str, variables: Option<&Map>, lookup: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
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
                    Some(node) => out.push_str(&shape_with(node, lookup).unwrap_or_else(|| format!("${{{variable}}}"))),
                    None => out.push_str(&name(variable, lookup)),
                }
            }
        }
    }
    out
}

fn join(argument: &Node, lookup: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let [delimiter, items] = argument.list()? else {
        return None;
    };
    let delimiter = delimiter.text()?;
    let items: Vec<String> = items
        .list()?
        .iter()
        .map(|item| shape_with(item, lookup).unwrap_or_else(|| "${?}".to_owned()))
        .collect();
    Some(items.join(delimiter))
}
