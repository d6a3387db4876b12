//! What is told of a workflow or of one of its jobs.

use serde_json::{Map, Value as Json};

use super::guard;
use crate::review::differ::{self, Difference, Step, dotted};
use crate::review::image;
use crate::review::secret;
use crate::review::verdict::{Effect, Language, PropertyChange, Reason, ResourceChange, Source, Verdict};
use crate::review::wider::{What, Wider};

/// What is told of.
#[derive(Clone, Copy)]
pub(super) enum Kind<'a> {
    /// What stands above the jobs.
    Workflow,
    /// A job: its id and its line.
    Job(&'a str, u32),
}

/// What happens to one of them, and what gets wider.
pub(super) struct Story {
    change: ResourceChange,
    wider: Vec<Wider>,
}

impl Story {
    pub(super) fn new(file: &str, id: &str, kind: Kind<'_>, line: u32) -> Self {
        let kind = match kind {
            Kind::Workflow => "workflow",
            Kind::Job(..) => "job",
        };
        let change = ResourceChange::new(Language::Workflow, (file, line), (kind, id), Verdict::Nothing);
        Self {
            change,
            wider: Vec::new(),
        }
    }

    pub(super) fn verdict(&mut self, verdict: Verdict) {
        self.change.verdict = verdict;
    }

    pub(super) fn renamed_from(&mut self, id: &str) {
        self.change.renamed_from = Some(id.to_owned());
        self.change.verdict = Verdict::Update;
    }

    pub(super) fn note(&mut self, text: impl Into<String>) {
        self.change.notes.push(text.into());
        self.change.verdict = self.change.verdict.max(Verdict::Update);
    }

    /// A value that changes, with what that does if it is not plain.
    pub(super) fn value(&mut self, path: impl Into<String>, old: Option<Json>, new: Option<Json>, text: &[String]) {
        let reasons = text.iter().map(|text| Reason::new(Source::GitHub, text));
        self.change.changes.push(PropertyChange {
            path: path.into(),
            old,
            new,
            reordered: false,
            effect: Effect::Update,
            reasons: reasons.collect(),
        });
        self.change.verdict = self.change.verdict.max(Verdict::Update);
    }

    pub(super) fn wider(&mut self, what: What, path: impl Into<String>, text: impl Into<String>) {
        self.wider.push(Wider {
            files: self.change.files.clone(),
            id: self.change.id.clone(),
            kind: self.change.kind.clone(),
            line: self.change.line,
            what,
            path: path.into(),
            text: text.into(),
            row: None,
        });
    }

    /// All that differs in two maps but for some keys.
    pub(super) fn settings(&mut self, old: &Map<String, Json>, new: &Map<String, Json>, but: &[&str]) {
        self.below("", old, new, but);
    }

    /// The same below a path.
    pub(super) fn below(&mut self, path: &str, old: &Map<String, Json>, new: &Map<String, Json>, but: &[&str]) {
        for difference in differ::maps(old, new) {
            let Some(Step::Key(first)) = difference.path.first() else {
                continue;
            };
            // What stands in lists here are sets, and the axes of a matrix.
            if difference.reordered || but.contains(&first.as_str()) {
                continue;
            }
            self.difference(
                path,
                first,
                &difference,
                if difference.new.is_none() { old } else { new },
            );
        }
    }

    fn difference(&mut self, path: &str, first: &str, difference: &Difference, root: &Map<String, Json>) {
        let place = match dotted(&difference.path) {
            rest if path.is_empty() => rest,
            rest => format!("{path}.{rest}"),
        };
        let (old, new) = (difference.old.as_ref(), difference.new.as_ref());
        if let Some((old, new)) = old.and_then(Json::as_str).zip(new.and_then(Json::as_str))
            && image::loses_digest(old, new)
        {
            self.wider(
                What::Hardening,
                &place,
                format!("{place}: from a digest to a tag, which can move"),
            );
        }
        let said = guard::said(first, old, new).map(str::to_owned);
        let hide = |value: Option<&Json>| match first {
            // `id-token` is a permission and no token.
            "permissions" => value.cloned(),
            _ => secret::hide(value, &difference.path, root),
        };
        let said: Vec<String> = said.into_iter().collect();
        self.value(place, hide(old), hide(new), &said);
    }

    /// Leaves away what happens.
    pub(super) fn only_wider(&mut self) {
        self.change.verdict = Verdict::Nothing;
        self.change.changes.clear();
        self.change.notes.clear();
    }

    /// Tells it, if there is something to tell.
    pub(super) fn tell(self, resources: &mut Vec<ResourceChange>, wider: &mut Vec<Wider>) {
        wider.extend(self.wider);
        if self.change.verdict != Verdict::Nothing {
            resources.push(self.change);
        }
    }
}
