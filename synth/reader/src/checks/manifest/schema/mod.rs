//! What the API server refuses.

mod malformed_label;
mod malformed_name;
mod malformed_quantity;
mod malformed_secret;
mod missing_field;
mod mistyped_field;
mod refused_kustomization;
mod repeated_item;
mod repeated_key;
mod unknown_field;
mod unknown_kind;
mod unlisted_value;
mod unread_kustomization;

use crate::checks::Rule;
pub(super) use refused_kustomization::RULE as REFUSED_KUSTOMIZATION;
pub(super) use unread_kustomization::RULE as UNREAD_KUSTOMIZATION;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &malformed_label::RULE,
    &malformed_name::RULE,
    &malformed_quantity::RULE,
    &malformed_secret::RULE,
    &missing_field::RULE,
    &mistyped_field::RULE,
    &refused_kustomization::RULE,
    &repeated_item::RULE,
    &repeated_key::RULE,
    &unknown_field::RULE,
    &unknown_kind::RULE,
    &unlisted_value::RULE,
    &unread_kustomization::RULE,
];
