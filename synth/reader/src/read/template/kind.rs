//! The kind of value that a node gives, known before it is deployed.

use super::{Template, function};
use crate::read::{Kind, Map, Node};
use crate::schema::{self, Kind as Type};

/// A kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// A string, a number or a boolean.
    Scalar,
    /// A list.
    List,
    /// A map that is written out.
    Map,
    /// It depends, or nothing is known.
    Unknown,
}

impl Gives {
    /// What it is, in words for messages.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Scalar => "a single value",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Unknown => "something",
        }
    }
}

/// The kind of value that a node gives.
#[must_use]
pub fn gives(template: &Template<'_>, node: &Node) -> Gives {
    let Some(entry) = function::of(node) else {
        return match &node.kind {
            Kind::Null => Gives::Unknown,
            Kind::List(_) => Gives::List,
            Kind::Map(map) if map.iter().any(|entry| entry.key.starts_with("Fn::")) => Gives::Unknown,
            Kind::Map(_) => Gives::Map,
            _ => Gives::Scalar,
        };
    };
    match entry.key.as_str() {
        "Ref" => entry
            .value
            .text()
            .map_or(Gives::Unknown, |name| reference(template, name)),
        "Fn::GetAtt" => attribute(template, node),
        "Fn::Sub" | "Fn::Join" | "Fn::Base64" | "Fn::ImportValue" | "Fn::ToJsonString" | "Fn::Length" => Gives::Scalar,
        "Fn::Split" | "Fn::GetAZs" | "Fn::Cidr" => Gives::List,
        "Fn::FindInMap" => in_map(template, &entry.value),
        "Fn::If" => match entry.value.list() {
            Some([_, yes, no]) => either(gives(template, yes), gives(template, no)),
            _ => Gives::Unknown,
        },
        _ => Gives::Unknown,
    }
}

fn either(yes: Gives, no: Gives) -> Gives {
    if yes == no { yes } else { Gives::Unknown }
}

/// What `Ref` gives.
fn reference(template: &Template<'_>, name: &str) -> Gives {
    match name {
        "AWS::NoValue" => return Gives::Unknown,
        "AWS::NotificationARNs" => return Gives::List,
        _ if name.starts_with("AWS::") => return Gives::Scalar,
        _ => {}
    }
    if let Some(parameter) = template.named("Parameters", name) {
        return parameter
            .get("Type")
            .and_then(Node::text)
            .map_or(Gives::Unknown, of_parameter);
    }
    match template.resource(name) {
        Some(resource) if schema::resource(resource.kind).is_some() => Gives::Scalar,
        _ => Gives::Unknown,
    }
}

/// What a parameter of a type gives.
#[must_use]
pub fn of_parameter(kind: &str) -> Gives {
    let inner = kind
        .strip_prefix("AWS::SSM::Parameter::Value<")
        .and_then(|rest| rest.strip_suffix('>'))
        .unwrap_or(kind);
    if inner == "CommaDelimitedList" || inner.starts_with("List<") {
        Gives::List
    } else {
        Gives::Scalar
    }
}

/// The kind of value of a name as `Fn::Sub` writes it: `Name`, or `Name.Attribute`.
#[must_use]
pub fn named(template: &Template<'_>, name: &str) -> Gives {
    match name.split_once('.') {
        Some((name, attribute)) => of_attribute(template, name, attribute),
        None => reference(template, name),
    }
}

fn attribute(template: &Template<'_>, node: &Node) -> Gives {
    match function::target(node) {
        Some((name, Some(attribute))) => of_attribute(template, name, attribute),
        _ => Gives::Unknown,
    }
}

fn of_attribute(template: &Template<'_>, name: &str, attribute: &str) -> Gives {
    let Some(resource) = template.resource(name) else {
        return Gives::Unknown;
    };
    let place = schema::resource(resource.kind).and_then(|schema| schema.find(&attribute.replace('.', "/")));
    let kinds = place.map(|place| place.kinds()).unwrap_or_default();
    if resource.kind.contains("::Custom") || resource.kind == "AWS::CloudFormation::Stack" || kinds.is_empty() {
        Gives::Unknown
    } else if kinds.iter().all(|kind| *kind == Type::Array) {
        Gives::List
    } else if kinds.iter().all(|kind| !matches!(kind, Type::Array | Type::Object)) {
        Gives::Scalar
    } else {
        Gives::Unknown
    }
}

/// All values that can be looked up, if they are of one kind.
fn in_map(template: &Template<'_>, argument: &Node) -> Gives {
    let Some([map, _, second]) = argument.list() else {
        return Gives::Unknown;
    };
    let Some(top) = map
        .text()
        .and_then(|name| template.named("Mappings", name))
        .and_then(Node::map)
    else {
        return Gives::Unknown;
    };
    let mut found = None;
    for values in top.iter().filter_map(|entry| entry.value.map()) {
        let wanted = second.text();
        for entry in values
            .iter()
            .filter(|entry| wanted.is_none_or(|wanted| wanted == entry.key))
        {
            let one = match entry.value.kind {
                Kind::List(_) => Gives::List,
                Kind::Map(_) | Kind::Null => Gives::Unknown,
                _ => Gives::Scalar,
            };
            found = Some(found.map_or(one, |before| either(before, one)));
        }
    }
    found.unwrap_or(Gives::Unknown)
}

/// Whether a macro or a loop writes into a map.
#[must_use]
pub fn is_open(map: &Map) -> bool {
    map.iter().any(|entry| entry.key.starts_with("Fn::"))
}
