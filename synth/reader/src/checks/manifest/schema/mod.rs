//! What the API server refuses.

mod crossed_bounds;
mod malformed_cron;
mod malformed_expression;
mod malformed_handler;
mod malformed_label;
mod malformed_name;
mod malformed_port_name;
mod malformed_quantity;
mod malformed_secret;
mod malformed_variable;
mod missing_field;
mod mistyped_field;
mod portless_service;
mod refused_kustomization;
mod refused_restart_policy;
mod repeated_item;
mod repeated_key;
mod several_sources;
mod unknown_field;
mod unknown_kind;
mod unlisted_value;
mod unread_kustomization;

use crate::checks::Rule;
pub(super) use refused_kustomization::RULE as REFUSED_KUSTOMIZATION;
pub(super) use unread_kustomization::RULE as UNREAD_KUSTOMIZATION;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &crossed_bounds::RULE,
    &malformed_cron::RULE,
    &malformed_expression::RULE,
    &malformed_handler::RULE,
    &malformed_label::RULE,
    &malformed_name::RULE,
    &malformed_port_name::RULE,
    &malformed_quantity::RULE,
    &malformed_secret::RULE,
    &malformed_variable::RULE,
    &missing_field::RULE,
    &mistyped_field::RULE,
    &portless_service::RULE,
    &refused_kustomization::RULE,
    &refused_restart_policy::RULE,
    &repeated_item::RULE,
    &repeated_key::RULE,
    &several_sources::RULE,
    &unknown_field::RULE,
    &unknown_kind::RULE,
    &unlisted_value::RULE,
    &unread_kustomization::RULE,
];
