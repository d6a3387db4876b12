//! What was computed once for stacks, and is asked for again and again.

use std::collections::{BTreeMap, BTreeSet};

/// ARNs, and why some of them are wider than what is meant.
pub(super) type Folded = (BTreeSet<String>, BTreeSet<String>);

/// What the ARNs follow from. Most actions of a service share it with others, so it is answered once.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Question<'a> {
    pub(super) kind: &'a str,
    pub(super) service: &'static str,
    pub(super) takes: &'static [String],
    pub(super) about_tags: bool,
    /// Whether it changes who may do what.
    pub(super) gives_rights: bool,
    pub(super) items: Vec<(&'a str, &'a str)>,
}

/// All things of a kind that the stacks make.
pub(super) struct Things {
    /// Whether they get their tags by being run from a launch template, and by nothing else.
    pub(super) are_launched: bool,
    /// Whether they have the tags of the environment from the beginning.
    pub(super) are_tagged: bool,
    /// The actions that make them, without their service.
    pub(super) makers: BTreeMap<&'static str, Making>,
}

/// How an action makes things.
pub(super) enum Making {
    /// Only the handler calls it that creates.
    Only,
    /// The one that updates calls it too.
    Also,
}
