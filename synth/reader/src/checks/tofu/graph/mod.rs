//! What does not fit together.

mod absent_attribute;
mod idle_variable;
mod twice_declared;
mod undeclared_name;

use crate::checks::Rule;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &absent_attribute::RULE,
    &idle_variable::RULE,
    &twice_declared::RULE,
    &undeclared_name::RULE,
];
