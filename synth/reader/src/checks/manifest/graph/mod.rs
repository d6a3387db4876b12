//! What does not fit together.

mod clashing_node_port;
mod closed_port;
mod dangling_key;
mod dangling_object;
mod idle_selector;
mod twice_named;

use crate::checks::Rule;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &clashing_node_port::RULE,
    &closed_port::RULE,
    &dangling_key::RULE,
    &dangling_object::RULE,
    &idle_selector::RULE,
    &twice_named::RULE,
];
