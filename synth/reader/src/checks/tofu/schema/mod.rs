//! What `OpenTofu` or the provider refuses.

mod conflicting_arguments;
mod missing_argument;
mod mistyped_argument;
mod unclosed_expression;
mod unknown_argument;
mod unknown_block;
mod unlisted_argument;
mod unlisted_kind;

use crate::checks::Rule;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &conflicting_arguments::RULE,
    &missing_argument::RULE,
    &mistyped_argument::RULE,
    &unclosed_expression::RULE,
    &unknown_argument::RULE,
    &unknown_block::RULE,
    &unlisted_argument::RULE,
    &unlisted_kind::RULE,
];
