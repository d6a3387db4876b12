//! What a value comes to before it is deployed, and how surely.
//!
//! Of a value for which a caller gets nothing, nothing is known: a rule is then silent.

pub use super::ask::Ask;
pub use super::shape::{Hole, Piece, Shape};
pub use super::sure::{Known, Sure, Text};

use super::Template;
use crate::read::Node;

/// The text that a node is known to be.
#[must_use]
pub fn text<'a>(template: &Template<'a>, node: &'a Node) -> Option<Text<'a>> {
    Ask::of(template).text(node)
}

/// Every text that a node is known to be able to be: both branches of a choice, all allowed values of a parameter, the
/// entries of a mapping whose key is not known.
#[must_use]
pub fn texts<'a>(template: &Template<'a>, node: &'a Node) -> Vec<Text<'a>> {
    Ask::of(template).texts(node)
}

/// The text of a node with holes for what is not known: enough to look at the pieces of an ARN of which the account is
/// only known at deployment.
#[must_use]
pub fn shape<'a>(template: &Template<'a>, node: &'a Node) -> Option<Known<Shape<'a>>> {
    Ask::of(template).shape(node)
}

/// A number that is known.
#[must_use]
pub fn number<'a>(template: &Template<'a>, node: &'a Node) -> Option<Known<f64>> {
    match node.as_f64() {
        Some(number) => Some(Known::written(number)),
        None => text(template, node)?.and_then(|text| text.trim().parse().ok()),
    }
}

/// A boolean that is known.
#[must_use]
pub fn boolean<'a>(template: &Template<'a>, node: &'a Node) -> Option<Known<bool>> {
    match node.as_bool() {
        Some(value) => Some(Known::written(value)),
        None => text(template, node)?.and_then(|text| match text.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }),
    }
}

/// Whether a node is known to be true, or false.
#[must_use]
pub fn is<'a>(template: &Template<'a>, node: &'a Node, value: bool) -> bool {
    boolean(template, node).is_some_and(|known| known.value == value)
}

/// The items of a list that is known.
#[must_use]
pub fn list<'a>(template: &Template<'a>, node: &'a Node) -> Option<Known<Vec<Shape<'a>>>> {
    Ask::of(template).list(node)
}
