//! Rules over GitHub workflows: they read what will be committed, not what it was made from.

mod endless_job;
mod excess_permission;
mod expression_in_script;
mod missing_permission;
mod refused_workflow;
mod token;
mod unfit_call;
mod unknown_input;
mod unlisted_action;
mod unpinned_action;
mod view;

use super::{Finding, Options, Report, Rule, Set};
use crate::read::File;
use crate::read::{self, Document};
pub(super) use view::View;

/// Every rule about workflows, by name. A workflow that breaks one is not fit to be written, so each is an error.
pub const RULES: &[&Rule] = &[
    &endless_job::RULE,
    &excess_permission::RULE,
    &expression_in_script::RULE,
    &missing_permission::RULE,
    &refused_workflow::RULE,
    &unfit_call::RULE,
    &unknown_input::RULE,
    &unlisted_action::RULE,
    &unpinned_action::RULE,
];

/// Looks at the workflows of one repository together, in the order of the files and their lines.
#[must_use]
pub fn run(files: &[File]) -> Vec<Finding> {
    judge(files, &Options::default())
}

/// Looks at the workflows of one repository together, by the rules that the options leave.
#[must_use]
pub fn judge(files: &[File], options: &Options) -> Vec<Finding> {
    let (mut documents, mut findings): (Vec<Document>, _) = (Vec::new(), Vec::new());
    for file in files {
        match read::document(&file.path, &file.text) {
            Ok(document) => documents.push(document),
            Err(error) => findings.push(refused_workflow::RULE.unreadable(&file.path, error.at, error.message)),
        }
    }
    let set = Set::of_workflows(&documents);
    let mut report = Report::new(&documents);
    for rule in RULES.iter().filter(|rule| options.wants(rule.name)) {
        rule.run(&set, &mut report);
    }
    findings.extend(report.finish());
    options.raise(&mut findings);
    findings
}
