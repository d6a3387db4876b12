//! The objects that rules look at, and what is worked out once for all of them.

use std::cell::OnceCell;
use std::ops::Deref;

use crate::checks::Options;
use crate::read::Document;
use crate::read::manifest::{Objects, Pods, Reference, Selector, references};

/// The objects of a run.
#[derive(Debug, Default)]
pub struct Manifests<'a> {
    objects: Objects<'a>,
    /// The documents that they stand in.
    pub documents: &'a [Document],
    references: OnceCell<Vec<Reference<'a>>>,
}

impl<'a> Deref for Manifests<'a> {
    type Target = Objects<'a>;

    fn deref(&self) -> &Self::Target {
        &self.objects
    }
}

impl<'a> Manifests<'a> {
    pub(in crate::checks) fn new(documents: &'a [Document], _options: &'a Options) -> Self {
        Self {
            objects: Objects::new(documents),
            documents,
            references: OnceCell::new(),
        }
    }

    /// Who names which other object.
    pub(super) fn references(&self) -> &[Reference<'a>] {
        self.references.get_or_init(|| references(self))
    }

    /// The pods that a Service finds, if it has a selector.
    pub(super) fn behind(&self, service: &crate::read::manifest::Object<'a>) -> Vec<Pods<'a>> {
        let selector = service.dig(&["spec", "selector"]).map(Selector::of_pairs);
        let selector = selector.filter(|selector| !selector.is_empty());
        selector.map_or_else(Vec::new, |selector| self.selected(&selector, service.namespace()))
    }
}
