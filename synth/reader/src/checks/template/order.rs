//! What CloudFormation makes before what.

use std::collections::{BTreeMap, BTreeSet};

use crate::read::Node;
use crate::read::template::Template;

/// Everything that is made before a resource.
pub(super) fn before<'a>(template: &Template<'a>, id: &'a str) -> BTreeSet<&'a str> {
    let mut edges: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
    for reference in &template.references {
        edges.entry(reference.from.1).or_default().push(reference.name);
    }
    for resource in &template.resources {
        edges
            .entry(resource.id)
            .or_default()
            .extend(resource.depends_on().filter_map(Node::text));
    }
    let mut seen = BTreeSet::new();
    let mut queue = vec![id];
    while let Some(id) = queue.pop() {
        for next in edges.get(id).into_iter().flatten() {
            if seen.insert(*next) {
                queue.push(next);
            }
        }
    }
    seen
}
