//! What is applied and will hurt.

mod floating_provider;
mod open_firewall;
mod readable_metadata;
mod shown_secret;

use crate::checks::Rule;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &floating_provider::RULE,
    &open_firewall::RULE,
    &readable_metadata::RULE,
    &shown_secret::RULE,
];
