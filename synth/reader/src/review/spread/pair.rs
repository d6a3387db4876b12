//! What is compared, and what changes directly.

use std::collections::BTreeMap;

use crate::review::differ::Difference;
use crate::review::stack::Stack;
use crate::review::verdict::{Effect, Reason};

/// The same template on both sides.
pub(in crate::review) struct Pair<'a> {
    pub(in crate::review) old: &'a Stack,
    pub(in crate::review) new: &'a Stack,
}

/// A change of a property and what it does.
#[derive(Clone)]
pub(in crate::review) struct Found {
    pub(in crate::review) difference: Difference,
    pub(in crate::review) effect: Effect,
    pub(in crate::review) reasons: Vec<Reason>,
    /// Whether the value surely changes.
    pub(in crate::review) sure: bool,
}

/// The changes of every resource that both sides have, by file and logical id.
pub(in crate::review) type Changes = BTreeMap<(String, String), Vec<Found>>;
