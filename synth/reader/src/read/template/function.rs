//! CloudFormation's functions as they stand in a tree.

use crate::read::{Document, Entry, Kind, Map, Node};

/// The parameters that every template has.
pub const PSEUDO: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

/// The pseudo parameter that takes away what it is given to.
pub const NO_VALUE: &str = "AWS::NoValue";

/// One use of a name.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'a> {
    /// The name: a resource, a parameter or a pseudo parameter.
    pub name: &'a str,
    /// The attribute, if one is asked for.
    pub attribute: Option<&'a str>,
    /// Where it stands.
    pub node: &'a Node,
    /// The section and the entry of the template it stands in: `Resources` and a logical id.
    pub from: (&'a str, &'a str),
    /// The function that uses it.
    pub by: By,
}

/// The function that uses a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// `Ref`
    Ref,
    /// `Fn::GetAtt`
    GetAtt,
    /// `${}` in `Fn::Sub`
    Sub,
}

/// The function that a node is: its name and its argument.
#[must_use]
pub fn of(node: &Node) -> Option<&Entry> {
    let entry = node.map()?.only()?;
    (entry.key == "Ref" || entry.key.starts_with("Fn::")).then_some(entry)
}

/// The argument, if the node is that function.
#[must_use]
pub fn argument<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    of(node).filter(|entry| entry.key == name).map(|entry| &entry.value)
}

/// The condition and the branches of an `Fn::If`.
#[must_use]
pub fn choice(node: &Node) -> Option<(&Node, &Node, &Node)> {
    match argument(node, "Fn::If")?.list()? {
        [condition, yes, no] => Some((condition, yes, no)),
        _ => None,
    }
}

/// Whether a node is taken away before it is deployed.
#[must_use]
pub fn is_absent(node: &Node) -> bool {
    argument(node, "Ref").and_then(Node::text) == Some(NO_VALUE)
}

/// What a `Ref` or `Fn::GetAtt` names.
#[must_use]
pub fn target(node: &Node) -> Option<(&str, Option<&str>)> {
    let entry = of(node)?;
    match entry.key.as_str() {
        "Ref" => Some((entry.value.text()?, None)),
        "Fn::GetAtt" => get_att(&entry.value),
        // `${Name}` alone is the same as a `Ref`.
        "Fn::Sub" => {
            let text = entry.value.text()?;
            match parts(text).as_slice() {
                [Part::Name(name)] => Some(split(name)),
                _ => None,
            }
        }
        _ => None,
    }
}

fn get_att(argument: &Node) -> Option<(&str, Option<&str>)> {
    match &argument.kind {
        Kind::Text(text) => text.split_once('.').map(|(name, attribute)| (name, Some(attribute))),
        Kind::List(items) => {
            let [name, attribute] = items.as_slice() else {
                return None;
            };
            Some((name.text()?, attribute.text()))
        }
        _ => None,
    }
}

/// `Name.Attribute` or `Name`.
fn split(name: &str) -> (&str, Option<&str>) {
    match name.split_once('.') {
        Some((name, attribute)) => (name, Some(attribute)),
        None => (name, None),
    }
}

/// A piece of the text of `Fn::Sub`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// As it stands.
    Text(&'a str),
    /// `${Name}` or `${Name.Attribute}`.
    Name(&'a str),
    /// `${!Name}`, which becomes `${Name}`.
    Escaped(&'a str),
}

/// Takes the text of `Fn::Sub` apart.
#[must_use]
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = opening(rest) {
        let Some(length) = rest[start..].find('}') else { break };
        if start > 0 {
            parts.push(Part::Text(&rest[..start]));
        }
        let inside = &rest[start + 2..start + length];
        parts.push(match inside.strip_prefix('!') {
            Some(escaped) => Part::Escaped(escaped),
            None => Part::Name(inside.trim()),
        });
        rest = &rest[start + length + 1..];
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

/// Where the next `${` stands.
fn opening(text: &str) -> Option<usize> {
    let mut dollars = text.match_indices('$').map(|(at, _)| at);
    dollars.find(|at| text[at + 1..].starts_with('{'))
}

/// The text of a `Fn::Sub` and the variables that it brings.
#[must_use]
pub fn sub(argument: &Node) -> Option<(&str, Option<&Map>)> {
    match &argument.kind {
        Kind::Text(text) => Some((text, None)),
        Kind::List(items) => match items.as_slice() {
            [text] => Some((text.text()?, None)),
            [text, variables] => Some((text.text()?, variables.map())),
            _ => None,
        },
        _ => None,
    }
}

/// Every call of a function at a node or below it.
#[must_use]
pub fn calls<'a>(name: &str, node: &'a Node) -> Vec<&'a Node> {
    let mut found: Vec<&'a Node> = argument(node, name).map(|_| node).into_iter().collect();
    match &node.kind {
        Kind::List(items) => found.extend(items.iter().flat_map(|item| calls(name, item))),
        Kind::Map(map) => found.extend(map.iter().flat_map(|entry| calls(name, &entry.value))),
        _ => {}
    }
    found
}

/// Every name that anything below a node refers to.
pub fn names<'a>(node: &'a Node, found: &mut Vec<&'a str>) {
    visit(node, &mut |_, _, name, _| found.push(name));
}

/// Every name whose own value, and no attribute of it, is put in by anything below a node.
pub fn names_by_ref<'a>(node: &'a Node, found: &mut Vec<&'a str>) {
    visit(node, &mut |_, _, name, attribute| {
        if attribute.is_none() {
            found.push(name);
        }
    });
}

/// Every reference of a document.
pub fn references(document: &Document) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    let sections = document.root.map().into_iter().flat_map(Map::iter);
    for section in sections.filter(|s| s.key != "Metadata" && s.key != "Parameters") {
        for entry in section.value.map().into_iter().flat_map(Map::iter) {
            let from = (section.key.as_str(), entry.key.as_str());
            let parts = entry.value.map().into_iter().flat_map(Map::iter);
            // In the metadata of a resource, too, CloudFormation puts in what functions give.
            for part in parts {
                visit(&part.value, &mut |node, by, name, attribute| {
                    found.push(Reference {
                        name,
                        attribute,
                        node,
                        from,
                        by,
                    });
                });
            }
        }
    }
    found
}

fn visit<'a, F>(node: &'a Node, each: &mut F)
where
    F: FnMut(&'a Node, By, &'a str, Option<&'a str>),
{
    if let Some(entry) = of(node) {
        match entry.key.as_str() {
            "Ref" => {
                if let Some(name) = entry.value.text() {
                    each(node, By::Ref, name, None);
                }
            }
            "Fn::GetAtt" => {
                if let Some((name, attribute)) = get_att(&entry.value) {
                    each(node, By::GetAtt, name, attribute);
                }
            }
            "Fn::Sub" => visit_sub(node, &entry.value, each),
            _ => {}
        }
    }
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| visit(item, each)),
        Kind::Map(map) => map.iter().for_each(|entry| visit(&entry.value, each)),
        _ => {}
    }
}

fn visit_sub<'a, F>(node: &'a Node, argument: &'a Node, each: &mut F)
where
    F: FnMut(&'a Node, By, &'a str, Option<&'a str>),
{
    let Some((text, variables)) = sub(argument) else { return };
    for part in parts(text) {
        let Part::Name(name) = part else { continue };
        if variables.is_some_and(|variables| variables.get(name).is_some()) {
            continue;
        }
        let (name, attribute) = split(name);
        each(node, By::Sub, name, attribute);
    }
}
