//! Values behind a path, of which kustomize makes what is missing.

use super::edit;
use crate::read::{Kind, Node, Span};

/// Changes the value behind a path, in each item of lists on the way. What is missing is made if somebody says where it
/// stands; behind a step such as `volumes[]` only items that are there are looked into.
pub(super) fn each(node: &mut Node, path: &[&str], create: Option<Span>, change: &mut dyn FnMut(&mut Node)) {
    if let (Kind::List(items), false) = (&mut node.kind, path.is_empty()) {
        for item in items {
            each(item, path, create, change);
        }
        return;
    }
    let Some((step, rest)) = path.split_first() else {
        return change(node);
    };
    let (key, items) = step.strip_suffix("[]").map_or((*step, false), |key| (key, true));
    if let (Some(at), false, None) = (create, items, node.get(key)) {
        if !matches!(node.kind, Kind::Map(_) | Kind::Null) {
            return;
        }
        let nothing = Node { at, kind: Kind::Null };
        edit::set(node, edit::entry(key, nothing));
    }
    if let Some(below) = edit::get_mut(node, key) {
        each(below, rest, create, change);
    }
}

/// The values behind a path, in each item of lists on the way.
pub(super) fn all<'a>(node: &'a Node, path: &[&str], found: &mut Vec<&'a Node>) {
    if let Kind::List(items) = &node.kind {
        for item in items {
            all(item, path, found);
        }
        return;
    }
    match path.split_first() {
        None => found.push(node),
        Some((key, rest)) => {
            if let Some(below) = node.get(key) {
                all(below, rest, found);
            }
        }
    }
}
