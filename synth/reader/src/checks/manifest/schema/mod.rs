//! What the API server refuses.

mod malformed_label;
mod malformed_name;
mod malformed_quantity;
mod malformed_secret;
mod missing_field;
mod mistyped_field;
mod repeated_item;
mod repeated_key;
mod unknown_field;
mod unknown_kind;
mod unlisted_value;

use crate::checks::Rule;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &malformed_label::RULE,
    &malformed_name::RULE,
    &malformed_quantity::RULE,
    &malformed_secret::RULE,
    &missing_field::RULE,
    &mistyped_field::RULE,
    &repeated_item::RULE,
    &repeated_key::RULE,
    &unknown_field::RULE,
    &unknown_kind::RULE,
    &unlisted_value::RULE,
];
