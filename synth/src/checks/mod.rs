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

mod duplicate_key;
mod missing_property;
mod read_only_property;
mod refused_combination;
mod refused_value;
mod unknown_property;
mod unknown_resource_type;
mod wrong_type;

pub use finding::{Family, Finding, Level, Rule};
pub use report::{Draft, Report};

use crate::read::Document;
use view::Set;

/// Every rule about templates, by family and name.
pub const RULES: &[&Rule] = &[
    &duplicate_key::RULE,
    &missing_property::RULE,
    &read_only_property::RULE,
    &refused_combination::RULE,
    &refused_value::RULE,
    &unknown_property::RULE,
    &unknown_resource_type::RULE,
    &wrong_type::RULE,
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
