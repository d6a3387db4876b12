//! What mappings hold.

use crate::read::Node;

/// What one of some mappings has at two keys.
#[must_use]
pub fn entry<'a>(mappings: &'a Node, map: &str, top: &str, second: &str) -> Option<&'a Node> {
    mappings.get(map)?.get(top)?.get(second)
}

/// What one of some mappings has at a second key, for each of its first.
pub fn entries<'a>(mappings: &'a Node, map: &str, second: &str) -> impl Iterator<Item = &'a Node> {
    let mapping = mappings.get(map).and_then(Node::map).into_iter().flatten();
    mapping.filter_map(move |entry| entry.value.get(second))
}
