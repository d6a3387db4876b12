//! Rules over GitHub workflows: they read what will be committed, not what it was made from.

mod call;
mod permission;
mod pin;
mod script;
mod syntax;
mod timeout;
mod view;

use super::{Family, Finding, Level};
use crate::read::{self, Document};
use crate::workflow::File;
use view::{Spot, View};

/// One thing that a workflow must not do; its name says what.
#[derive(Debug)]
pub struct Rule {
    /// What it forbids, in kebab case.
    pub name: &'static str,
    /// Why, in sentences.
    pub why: &'static str,
    /// Where GitHub says so.
    pub link: &'static str,
    /// What it knows about.
    pub family: Family,
    /// The smallest file that breaks it and no other, or several: see [`super::example`].
    pub example: &'static str,
    /// What to write instead.
    pub instead: &'static str,
    check: fn(&Set<'_>, &View<'_>) -> Vec<Objection>,
}

/// Every rule about workflows, by name.
pub const RULES: &[&Rule] = &[
    &timeout::ENDLESS_JOB,
    &permission::EXCESS_PERMISSION,
    &script::EXPRESSION_IN_SCRIPT,
    &permission::MISSING_PERMISSION,
    &syntax::REFUSED_WORKFLOW,
    &call::UNFIT_CALL,
    &pin::UNKNOWN_INPUT,
    &pin::UNLISTED_ACTION,
    &pin::UNPINNED_ACTION,
];

/// The workflows of one repository.
struct Set<'a> {
    views: Vec<View<'a>>,
}

/// What a rule says, before it is a finding.
struct Objection {
    spot: Spot,
    message: String,
    help: String,
}

impl Objection {
    fn new(spot: Spot, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            spot,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// Looks at the workflows of one repository together, in the order of the files and their lines. A workflow that
/// breaks a rule is not fit to be written, so every finding is an error.
#[must_use]
pub fn check(files: &[File]) -> Vec<Finding> {
    let (documents, mut findings) = read(files);
    let set = Set {
        views: documents.iter().map(View::new).collect(),
    };
    for view in &set.views {
        let mut of_file = Vec::new();
        for rule in RULES {
            of_file.extend(
                (rule.check)(&set, view)
                    .into_iter()
                    .map(|objection| finding(rule, view, objection)),
            );
        }
        of_file.sort_by(|a, b| (a.line, a.column, a.rule).cmp(&(b.line, b.column, b.rule)));
        findings.extend(of_file);
    }
    findings
}

fn read(files: &[File]) -> (Vec<Document>, Vec<Finding>) {
    let (mut documents, mut findings) = (Vec::new(), Vec::new());
    for file in files {
        match read::document(&file.path, &file.text) {
            Ok(document) => documents.push(document),
            Err(error) => {
                let rule = &syntax::REFUSED_WORKFLOW;
                findings.push(place(
                    rule,
                    &file.path,
                    Spot {
                        path: Vec::new(),
                        at: error.at,
                    },
                    error.message,
                    None,
                ));
            }
        }
    }
    (documents, findings)
}

fn finding(rule: &Rule, view: &View<'_>, objection: Objection) -> Finding {
    place(
        rule,
        &view.document.file,
        objection.spot,
        objection.message,
        Some(objection.help),
    )
}

fn place(rule: &Rule, file: &str, Spot { path, at }: Spot, message: String, help: Option<String>) -> Finding {
    Finding {
        rule: rule.name,
        level: Level::Error,
        message,
        help,
        file: file.to_owned(),
        path,
        line: at.line,
        column: at.column,
        end_line: at.end_line,
        end_column: at.end_column,
    }
}
