//! What a schema says a value is.

use super::names::variant;
use crate::schema::{Kind, Node};

/// A value's Rust type, as the `T` of `Value<T>`.
#[derive(Clone, Debug)]
pub(super) enum Shape<'a> {
    /// A type that is written out: `String`, `i64`, `Node`.
    Plain(&'static str),
    /// A list.
    List(Box<Shape<'a>>),
    /// A map of texts to values.
    Map(Box<Shape<'a>>),
    /// An object with properties.
    Struct(Node<'a>),
    /// A closed set of texts, and the definition it comes from.
    Enum(Vec<String>, Option<&'a str>),
}

/// More variants than this are no closed set that a person would choose from.
const MOST_VARIANTS: usize = 40;

pub(super) fn shape(node: Node<'_>) -> Shape<'_> {
    match kind(node) {
        Some(Kind::String) => text(node),
        Some(Kind::Integer) => Shape::Plain("i64"),
        Some(Kind::Number) => Shape::Plain("f64"),
        Some(Kind::Boolean) => Shape::Plain("bool"),
        Some(Kind::Array) => Shape::List(Box::new(node.items().map_or(Shape::Plain("Node"), shape))),
        Some(Kind::Object) => object(node),
        Some(Kind::Null) | None => Shape::Plain("Node"),
    }
}

/// The type; of several the one that says most about the value.
fn kind(node: Node<'_>) -> Option<Kind> {
    let kinds = node.kinds();
    if kinds.contains(&Kind::Object) {
        return Some(Kind::Object);
    }
    let array = node.items().map(|_| Kind::Array);
    let text = node.values_allowed().first().filter(|value| value.is_string());
    kinds.first().copied().or(array).or(text.map(|_| Kind::String))
}

fn text(node: Node<'_>) -> Shape<'_> {
    let values: Vec<String> = node
        .values_allowed()
        .iter()
        .filter_map(|value| Some(value.as_str()?.to_owned()))
        .collect();
    let mut variants: Vec<_> = values.iter().map(|value| variant(value)).collect();
    variants.sort();
    variants.dedup();
    let names = variants.len() == values.len() && variants.iter().all(|name| !name.is_empty() && name != "Other");
    if (1..=MOST_VARIANTS).contains(&values.len()) && names {
        return Shape::Enum(values, node.definition());
    }
    Shape::Plain("String")
}

fn object(node: Node<'_>) -> Shape<'_> {
    if node.properties().next().is_some() {
        return Shape::Struct(node);
    }
    // A map's values are told by pattern; what `additionalProperties` says is mostly that anything goes.
    match node.values().filter(|_| node.raw()["patternProperties"].is_object()) {
        Some(values) => Shape::Map(Box::new(shape(values))),
        None => Shape::Plain("Node"),
    }
}
