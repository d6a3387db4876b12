//! How many there are of everything.

use std::collections::BTreeSet;

use super::super::Outcome;
use super::super::report::count;
use super::judged::Judged;
use crate::checks::Level;

/// How many there are of everything.
#[derive(Default)]
pub(super) struct Tally {
    templates: usize,
    manifests: usize,
    /// Dashboards, and files of Prometheus' rules.
    queries: usize,
    kustomizations: usize,
    modules: usize,
    skipped: usize,
    charts: usize,
    unreadable: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    /// Objects of kinds of which nothing is known, and these kinds.
    foreign: usize,
    kinds: BTreeSet<String>,
    /// The same of blocks of modules.
    blocks: usize,
    kinds_of_blocks: BTreeSet<String>,
}

impl Tally {
    pub(super) fn of(judged: &[Judged]) -> Self {
        let mut tally = Self::default();
        for file in judged {
            match file {
                Judged::Skipped => tally.skipped += 1,
                Judged::Chart => tally.charts += 1,
                Judged::Part | Judged::Kustomization { component: true, .. } => {}
                Judged::Kustomization { .. } => tally.kustomizations += 1,
                Judged::Unreadable(_) => tally.unreadable += 1,
                Judged::Template { .. } => tally.templates += 1,
                Judged::Queries { .. } => tally.queries += 1,
                Judged::Manifest { foreign, .. } => {
                    tally.manifests += 1;
                    tally.foreign += foreign.len();
                    tally.kinds.extend(foreign.iter().cloned());
                }
                Judged::Module { foreign, .. } => {
                    tally.modules += 1;
                    tally.blocks += foreign.len();
                    tally.kinds_of_blocks.extend(foreign.iter().cloned());
                }
            }
            if let Judged::Template { findings, .. }
            | Judged::Manifest { findings, .. }
            | Judged::Queries { findings, .. }
            | Judged::Module { findings, .. }
            | Judged::Kustomization { findings, .. } = file
            {
                for told in findings {
                    match told.finding.level {
                        Level::Error => tally.errors += 1,
                        Level::Warning => tally.warnings += 1,
                        Level::Info => tally.notes += 1,
                    }
                }
            }
        }
        tally
    }

    /// How the command ends.
    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self { unreadable: 1.., .. } => Outcome::Unreadable,
            Self { errors: 1.., .. } => Outcome::Objections,
            Self { .. } => Outcome::Fine,
        }
    }

    /// Whether nothing was judged, and nothing was wrong with reading.
    pub(super) fn is_empty(&self) -> bool {
        let others = self.kustomizations + self.manifests + self.modules + self.queries;
        self.templates + others + self.unreadable == 0
    }

    /// How many files were looked at and are nothing to judge.
    pub(super) fn skipped(&self) -> usize {
        self.skipped + self.charts
    }

    /// What to do with the files of charts.
    pub(super) fn charts(&self) -> Option<String> {
        let files = match self.charts {
            0 => return None,
            1 => "1 file is a template of a Helm chart".to_owned(),
            many => format!("{many} files are templates of a Helm chart"),
        };
        Some(format!(
            "{files}, which are judged once they are rendered: helm template CHART | synth validate -"
        ))
    }

    pub(super) fn summary(&self) -> String {
        let some = |number, noun| (number > 0).then(|| count(number, noun));
        let found = [
            some(self.errors, "error"),
            some(self.warnings, "warning"),
            some(self.notes, "note"),
        ];
        let found = joined(found).unwrap_or_else(|| "no findings".to_owned());
        let judged = joined([
            some(self.templates, "template"),
            some(self.kustomizations, "kustomization"),
            some(self.manifests, "manifest"),
            some(self.modules, "module file"),
            some(self.queries, "query file"),
        ]);
        let judged = judged.unwrap_or_else(|| count(0, "template"));
        let unreadable = some(self.unreadable, "file").map_or(String::new(), |files| format!("; {files} unreadable"));
        let others = self.kustomizations + self.manifests + self.modules + self.queries;
        let skipped = match (self.skipped, others) {
            (0, _) => String::new(),
            (1, 0) => "; 1 file skipped, which is no template".to_owned(),
            (many, 0) => format!("; {many} files skipped, which are no templates"),
            (1, _) => "; 1 file skipped, which is neither".to_owned(),
            (many, _) => format!("; {many} files skipped, which are neither"),
        };
        let objects = foreign("object", self.foreign, &self.kinds);
        let blocks = foreign("block", self.blocks, &self.kinds_of_blocks);
        format!("{judged}: {found}{unreadable}{skipped}{objects}{blocks}")
    }
}

/// What was not judged by a schema.
fn foreign(noun: &str, number: usize, kinds: &BTreeSet<String>) -> String {
    const MOST: usize = 5;
    if number == 0 {
        return String::new();
    }
    let mut names: Vec<&str> = kinds.iter().take(MOST).map(String::as_str).collect();
    if kinds.len() > MOST {
        names.push("…");
    }
    format!("; no schema for {} of {}", count(number, noun), names.join(", "))
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
