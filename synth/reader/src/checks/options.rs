//! Which rules are asked, and what about.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Level};
use crate::schema::kubernetes::Version;

/// What a user asks of the rules beside the templates.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Rules that say nothing.
    pub allow: BTreeSet<&'static str>,
    /// Rules of which every finding is an error.
    pub deny: BTreeSet<&'static str>,
    /// If there are any, no other rule says anything.
    pub only: BTreeSet<&'static str>,
    /// The regions that all templates are deployed to.
    pub regions: Vec<String>,
    /// The region that a template is deployed to, by its file.
    pub region_of: BTreeMap<String, String>,
    /// The version of the cluster that manifests are applied to; the newest one if nobody says it.
    pub kubernetes: Option<Version>,
    /// Whether manifests or files of a module may be missing, so that what is not among them may be there.
    pub partial: bool,
}

impl Options {
    /// Whether a rule is asked at all.
    #[must_use]
    pub fn wants(&self, rule: &str) -> bool {
        (self.only.is_empty() || self.only.contains(rule)) && !self.allow.contains(rule)
    }

    /// Makes errors of what is denied.
    pub(super) fn raise(&self, findings: &mut [Finding]) {
        for finding in findings.iter_mut().filter(|finding| self.deny.contains(finding.rule)) {
            finding.level = Level::Error;
        }
    }
}
