//! What CloudFormation makes before what.

use std::collections::{BTreeMap, BTreeSet};

use crate::read::Node;
use crate::read::template::Template;

/// What each resource of a template waits for by itself: what it refers to, and what it says that it depends on.
pub(super) struct Waits<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Waits<'a> {
    pub(super) fn of(template: &Template<'a>) -> Self {
        let mut direct: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
        for reference in &template.references {
            direct.entry(reference.from.1).or_default().push(reference.name);
        }
        for resource in &template.resources {
            direct
                .entry(resource.id)
                .or_default()
                .extend(resource.depends_on().filter_map(Node::text));
        }
        Self(direct)
    }

    /// Everything that is made before a resource.
    pub(super) fn before(&self, id: &'a str) -> BTreeSet<&'a str> {
        let mut seen = BTreeSet::new();
        let mut queue = vec![id];
        while let Some(id) = queue.pop() {
            for next in self.0.get(id).into_iter().flatten() {
                if seen.insert(*next) {
                    queue.push(next);
                }
            }
        }
        seen
    }
}
