//! What AWS's services change by themselves, as they are meant to.

use super::{Handle, Resource, Template};

/// A property that a service of AWS changes by itself: looking for drift tells it apart from what a person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The logical id of the resource.
    pub resource: String,
    /// The property, with all that is inside it.
    pub property: &'static str,
    /// What a number grows to at the most; nothing where any value is as it should be.
    pub most: Option<u32>,
    /// Who changes it, and why.
    pub because: &'static str,
}

impl Template {
    /// Says that a service of AWS changes a property of a resource by itself.
    pub(crate) fn moves<R: Resource>(
        &mut self,
        handle: &Handle<R>,
        (property, most): (&'static str, Option<u32>),
        because: &'static str,
    ) {
        self.moves.push(Move {
            resource: handle.logical_id().to_string(),
            property,
            most,
            because,
        });
    }
}
