//! The branches of choices.

use super::function;
use crate::read::Node;

/// A node, or all that `Fn::If` makes of it; what other functions give is not known.
#[must_use]
pub fn branches(node: &Node) -> Vec<&Node> {
    if let Some([_, yes, no]) = function::argument(node, "Fn::If").and_then(Node::list) {
        let mut both = branches(yes);
        both.extend(branches(no));
        return both;
    }
    if function::of(node).is_some() {
        Vec::new()
    } else {
        vec![node]
    }
}

/// The values of an element that takes one or many; with every branch, and functions that give texts.
#[must_use]
pub fn values(node: &Node) -> Vec<&Node> {
    if let Some([_, yes, no]) = function::argument(node, "Fn::If").and_then(Node::list) {
        let mut both = values(yes);
        both.extend(values(no));
        return both;
    }
    match node.list() {
        Some(items) => items.iter().flat_map(values).collect(),
        None => vec![node],
    }
}
