//! Rules over templates: what AWS would refuse, what does not fit together, what will hurt.
//!
//! [`run`] looks at a set of documents at once, so that the exports and imports of a system's
//! stacks resolve among them. A rule is one file of this module with one `RULE`.

mod allow;
pub mod finding;
pub mod function;
pub mod known;
mod report;
pub mod schema;
pub mod show;
pub mod view;
pub mod workflow;

mod circular_dependency;
mod colliding_export;
mod dangling_depends_on;
mod dangling_import;
mod dangling_reference;
mod duplicate_key;
mod malformed_template;
mod missing_property;
mod passed_limit;
mod read_only_property;
mod redundant_depends_on;
mod refused_combination;
mod refused_default;
mod refused_value;
mod undefined_condition;
mod unknown_attribute;
mod unknown_property;
mod unknown_resource_type;
mod unused_parameter;
mod wrong_reference;
mod wrong_type;

pub use finding::{Family, Finding, Level, Rule};
pub use report::{Draft, Report};

use crate::read::Document;
use view::Set;

/// Every rule about templates, by family and name.
pub const RULES: &[&Rule] = &[
    &duplicate_key::RULE,
    &malformed_template::RULE,
    &missing_property::RULE,
    &passed_limit::RULE,
    &read_only_property::RULE,
    &refused_combination::RULE,
    &refused_default::RULE,
    &refused_value::RULE,
    &unknown_property::RULE,
    &unknown_resource_type::RULE,
    &wrong_type::RULE,
    &circular_dependency::RULE,
    &colliding_export::RULE,
    &dangling_depends_on::RULE,
    &dangling_import::RULE,
    &dangling_reference::RULE,
    &redundant_depends_on::RULE,
    &undefined_condition::RULE,
    &unknown_attribute::RULE,
    &unused_parameter::RULE,
    &wrong_reference::RULE,
];

/// Runs every rule over a set of templates that are deployed together.
///
/// Findings come in the order of the files and their lines. A resource silences a rule with a
/// reason: `Metadata: {"synth": {"allow": {"<rule>": "<reason>"}}}`.
#[must_use]
pub fn run(documents: &[Document]) -> Vec<Finding> {
    let set = Set::new(documents);
    let mut report = Report::new(documents);
    for rule in RULES {
        report.run(rule, &set);
    }
    let mut findings = report.finish();
    allow::silence(documents, &mut findings);
    findings
}

/// The rule of a name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name).copied()
}
