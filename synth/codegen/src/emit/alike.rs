//! Which definitions of a service's types are the same thing.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{pascal, short};
use crate::schema::{Node, ResourceSchema};

/// References deeper than this are told apart by name only.
const DEEPEST: usize = 8;

/// Names that mean different things in different types of a service, or that are those of a resource type. A type's own
/// name stands before such a name.
pub(super) fn ambiguous(types: &[&ResourceSchema]) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut ambiguous: BTreeSet<String> = types.iter().map(|schema| short(schema.name())).collect();
    for schema in types {
        for (name, node) in schema.definitions() {
            let (key, text) = (pascal(name), outline(node, &mut vec![name]));
            if seen.get(&key).is_some_and(|known| *known != text) {
                ambiguous.insert(key.clone());
            }
            seen.entry(key).or_insert(text);
        }
    }
    ambiguous
}

/// What of a schema shows in Rust: names, types, what is required, closed sets. Limits and patterns do not.
pub(super) fn outline<'a>(node: Node<'a>, path: &mut Vec<&'a str>) -> String {
    let required: BTreeSet<_> = node.required().collect();
    let mut parts = vec![format!(
        "{:?} {:?} {:?}",
        node.kinds(),
        node.values_allowed(),
        node.format()
    )];
    for (name, property) in node.properties() {
        let must = if required.contains(name) { "!" } else { "" };
        parts.push(format!("{name}{must}: {}", inner(property, path)));
    }
    for further in node.items().into_iter().chain(node.values()) {
        parts.push(format!("of {}", inner(further, path)));
    }
    format!("({})", parts.join(", "))
}

fn inner<'a>(node: Node<'a>, path: &mut Vec<&'a str>) -> String {
    let Some(name) = node.definition() else {
        return outline(node, path);
    };
    if path.contains(&name) || path.len() > DEEPEST {
        return name.to_owned();
    }
    path.push(name);
    let text = outline(node, path);
    path.pop();
    text
}
