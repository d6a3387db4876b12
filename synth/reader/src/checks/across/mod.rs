//! Rules that hold templates and manifests against each other: what one language promises and the other does not keep.
//!
//! Neither side says that the two belong together. A rule speaks only where something shows it: the namespace of an
//! association has pods in the manifests, a name is nearly that of something on the other side, a group is bound.

mod closed_balancer;
mod closed_group;
mod dangling_placeholder;
mod dangling_role;
mod dangling_secret;
mod facts;
mod foreign_block;
mod foreign_image;
mod foreign_name;
mod idle_access;
mod idle_alarm;
mod idle_identity;
mod mismatched_output;
mod mismatched_target;
mod missing_identity;
pub mod queries;
mod unmapped_group;
mod untrusted_account;

use super::finding::{Finding, Level};
use super::{Options, Report, Rule, Set, allow, manifest, trust};
use crate::read::manifest::is_manifest;
use crate::read::{Document, Step};

/// Every rule of the family, by name.
pub const RULES: &[&Rule] = &[
    &closed_balancer::RULE,
    &closed_group::RULE,
    &dangling_placeholder::RULE,
    &dangling_role::RULE,
    &dangling_secret::RULE,
    &foreign_block::RULE,
    &foreign_image::RULE,
    &foreign_name::RULE,
    &idle_access::RULE,
    &idle_alarm::RULE,
    &idle_identity::RULE,
    &mismatched_output::RULE,
    &mismatched_target::RULE,
    &missing_identity::RULE,
    &unmapped_group::RULE,
    &untrusted_account::RULE,
];

/// Looks at the templates and manifests of an environment, which are all that is deployed.
#[must_use]
pub fn run(documents: &[Document], options: &Options) -> Vec<Finding> {
    look(documents, options, true)
}

/// Looks at templates and manifests that somebody gave together. What they lack may be deployed from elsewhere, so that
/// nothing is an error.
#[must_use]
pub fn judge(documents: &[Document], options: &Options) -> Vec<Finding> {
    let mut findings = look(documents, options, false);
    for finding in &mut findings {
        finding.level = finding.level.max(Level::Warning);
    }
    options.raise(&mut findings);
    findings
}

fn look(documents: &[Document], options: &Options, together: bool) -> Vec<Finding> {
    let manifests = documents.iter().filter(|document| is_manifest(&document.root)).count();
    if manifests == 0 || manifests == documents.len() {
        return Vec::new();
    }
    let set = Set::of_both(documents, options, together);
    let mut report = Report::new(documents);
    for rule in RULES.iter().filter(|rule| options.wants(rule.name)) {
        rule.run(&set, &mut report);
    }
    let allowed = |number: usize, path: &[Step], rule: &'static str| {
        let document = &documents[number];
        if is_manifest(&document.root) {
            manifest::is_allowed(&document.root, path, rule)
        } else {
            allow::allows(document, path, rule)
        }
    };
    let mut findings = report.finish_but(&allowed);
    trust(documents, &mut findings);
    options.raise(&mut findings);
    findings
}
