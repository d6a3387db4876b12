//! Two sides of a set of Kubernetes manifests: what the API server does about a change, which pods restart, where
//! traffic goes, what gets wider.
//!
//! Objects are matched by kind, namespace and name, in the same file first. Two spellings of one object are equal:
//! items of lists are found by their keys, amounts compared by their size, and what the server writes where nothing
//! is said counts as said.

mod change;
mod defaults;
mod differ;
mod fixed;
mod gone;
mod hidden;
mod object;
mod pairs;
mod roll;
mod traffic;
mod wider;
mod world;

use super::verdict::{Language, ResourceChange, Verdict};
use super::wider::Wider;
use crate::read::Document;
use crate::read::manifest::{is_chart, is_manifest};
use object::Object;
use pairs::Matched;
use world::World;

/// Whether a document has objects of Kubernetes that are what will be applied.
pub(super) fn is_one(document: &Document) -> bool {
    is_manifest(&document.root) && !is_chart(&document.root)
}

/// The objects of one side.
#[derive(Debug, Default)]
pub(super) struct Manifests(Vec<Object>);

impl Manifests {
    pub(super) fn push(&mut self, document: &Document) {
        self.0.extend(Object::of(document));
    }

    pub(super) fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.0.retain(|object| wanted(&object.file));
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|object| &object.file)
    }
}

/// What changes in all objects, and what gets wider by it.
pub(super) fn changes(old: &Manifests, new: &Manifests, resources: &mut Vec<ResourceChange>, wider: &mut Vec<Wider>) {
    let world = World {
        old: &old.0,
        new: &new.0,
    };
    let matched = pairs::of(&old.0, &new.0);
    let strands = traffic::stranded(&world, &matched.both);
    for (before, after) in &matched.both {
        let stranded = strands.iter().filter(|(object, _)| std::ptr::eq(*object, *after));
        let notes = stranded.map(|(_, text)| text.clone()).collect();
        resources.extend(change::of(&world, before, after, notes));
    }
    for object in &matched.gone {
        resources.push(removed(&world, &matched, object));
    }
    for object in &matched.come {
        let mut change = blank(object, Verdict::Create);
        change.renamed_from = matched.ancestor(object).map(Object::id);
        resources.push(change);
    }
    wider::of(&world, &matched, wider);
    wider::stranded(&strands, wider);
}

fn blank(object: &Object, verdict: Verdict) -> ResourceChange {
    let (at, id) = ((object.shown.as_str(), object.line), object.id());
    ResourceChange {
        stateful: gone::holds(object),
        ..ResourceChange::new(Language::Manifest, at, (&object.kind, &id), verdict)
    }
}

fn removed(world: &World<'_>, matched: &Matched<'_>, object: &Object) -> ResourceChange {
    let harmless = if object.is_patch() {
        Some("a patch: what it changed is again as it was")
    } else if matched.is_renamed_by_hash(object) {
        Some("its content is in its name; what names the new one no longer reads it")
    } else {
        gone::keeper(object)
    };
    let mut change = blank(object, Verdict::Delete);
    change.renamed_to = matched.successor(object).map(Object::id);
    match harmless {
        Some(text) => {
            change.verdict = Verdict::Remove;
            change.notes.push(text.to_owned());
        }
        None => change.notes = gone::takes_along(world, object),
    }
    change
}
