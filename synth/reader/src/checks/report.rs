//! Collects findings while rules run, then finds where they stand.

use std::collections::BTreeMap;

use super::finding::{Finding, Level, Place};
use super::index::{Index, Target};
use crate::read::template::known::Sure;
use crate::read::{Document, Entry, Node, Span, Step};
use crate::schema::nearest;

/// What rules write to.
///
/// A rule points at a node or a key of a document by reference; the path to it is looked up when
/// all rules are done, so that rules need not carry paths around.
#[derive(Debug)]
pub struct Report<'a> {
    documents: &'a [Document],
    /// The name of the rule that reports now.
    rule: &'static str,
    /// How bad it is, unless the rule says otherwise.
    level: Level,
    drafts: Vec<Draft<'a>>,
}

/// A finding that does not know its path yet.
#[derive(Debug)]
pub struct Draft<'a> {
    rule: &'static str,
    target: Target<'a>,
    level: Level,
    sure: Sure,
    message: String,
    help: Option<String>,
    also: Option<(Target<'a>, String)>,
}

impl<'a> Draft<'a> {
    /// Says how surely a value is known that it rests on; the least sure counts.
    pub fn sure(&mut self, sure: Sure) -> &mut Self {
        self.sure = self.sure.max(sure);
        self
    }

    /// What it points at.
    fn nodes(&self) -> impl Iterator<Item = &'a Node> {
        let also = self.also.as_ref().map(|(target, _)| target.node());
        std::iter::once(self.target.node()).chain(also)
    }

    /// Says how bad it is in this place, if not as bad as the rule is elsewhere.
    pub fn level(&mut self, level: Level) -> &mut Self {
        self.level = level;
        self
    }

    /// Adds where the other end of it is, and what is there.
    pub fn also(&mut self, target: impl Into<Target<'a>>, label: impl Into<String>) -> &mut Self {
        self.also = Some((target.into(), label.into()));
        self
    }

    /// The same, if there is one.
    pub fn also_if(&mut self, target: Option<impl Into<Target<'a>>>, label: impl Into<String>) -> &mut Self {
        match target {
            Some(target) => self.also(target, label),
            None => self,
        }
    }

    /// Adds what was probably meant by a name, and where that is.
    pub(super) fn meant(&mut self, name: &str, entries: impl Iterator<Item = &'a Entry>) {
        let entries: BTreeMap<&str, &Entry> = entries.map(|entry| (entry.key.as_str(), entry)).collect();
        if let Some(near) = nearest(name, entries.keys().copied()) {
            self.also(entries[near], format!("`{near}` is here"))
                .help(format!("did you mean `{near}`?"));
        }
    }

    /// Adds what to do about it.
    pub fn help(&mut self, help: impl Into<String>) {
        self.help = Some(help.into());
    }
}

impl<'a> Report<'a> {
    pub(super) fn new(documents: &'a [Document]) -> Self {
        Self {
            documents,
            rule: "",
            level: Level::Error,
            drafts: Vec::new(),
        }
    }

    /// One that points at things for a single rule.
    pub(super) fn of(documents: &'a [Document], rule: &'static str, level: Level) -> Self {
        let mut report = Self::new(documents);
        report.begin(rule, level);
        report
    }

    /// Says which rule reports from here on.
    pub(super) fn begin(&mut self, rule: &'static str, level: Level) {
        (self.rule, self.level) = (rule, level);
    }

    /// Points at a value.
    pub fn value(&mut self, node: &'a Node, message: impl Into<String>) -> &mut Draft<'a> {
        self.push(Target::Value(node), message.into())
    }

    /// Points at a key.
    pub fn key(&mut self, entry: &'a Entry, message: impl Into<String>) -> &mut Draft<'a> {
        self.push(Target::Key(entry), message.into())
    }

    /// Points at a place that is no value of the tree, such as a second key; `node` gives the path.
    pub fn spot(&mut self, node: &'a Node, at: Span, message: impl Into<String>) -> &mut Draft<'a> {
        self.push(Target::Spot(node, at), message.into())
    }

    fn push(&mut self, target: Target<'a>, message: String) -> &mut Draft<'a> {
        self.drafts.push(Draft {
            rule: self.rule,
            level: self.level,
            sure: Sure::Written,
            target,
            message,
            help: None,
            also: None,
        });
        let last = self.drafts.len() - 1;
        &mut self.drafts[last]
    }

    /// Findings in the order of files and lines.
    pub(super) fn finish(self) -> Vec<Finding> {
        self.finish_but(&|_, _, _| false)
    }

    /// The same without those that a document allows: its number, the way to the place, and the rule are given.
    pub(super) fn finish_but(self, allowed: &dyn Fn(usize, &[Step], &'static str) -> bool) -> Vec<Finding> {
        if self.drafts.is_empty() {
            return Vec::new();
        }
        let index = Index::new(self.documents, self.drafts.iter().flat_map(Draft::nodes));
        let mut findings: Vec<(usize, Finding)> = self
            .drafts
            .into_iter()
            .filter_map(|draft| finding(&index, draft))
            .filter(|(number, finding)| !allowed(*number, &finding.path, finding.rule))
            .collect();
        findings.sort_by(|(left_file, left), (right_file, right)| {
            let place = |f: &Finding| (f.line, f.column, f.rule);
            left_file
                .cmp(right_file)
                .then_with(|| place(left).cmp(&place(right)))
                .then_with(|| left.message.cmp(&right.message))
        });
        // A loop or an anchor has one place in the text and several in the tree.
        findings.dedup_by(|(right_file, right), (left_file, left)| {
            let told = |f: &Finding| (f.rule, f.level, f.line, f.column, f.end_line, f.end_column);
            left_file == right_file && told(left) == told(right) && left.message == right.message
        });
        findings.into_iter().map(|(_, finding)| finding).collect()
    }
}

/// The finding with the number of its document.
fn finding(index: &Index<'_>, draft: Draft<'_>) -> Option<(usize, Finding)> {
    let (number, path, at) = index.place(draft.target)?;
    let (file, at) = index.documents[number].place(at);
    let finding = Finding {
        rule: draft.rule,
        level: draft.level.where_known(draft.sure),
        certainty: draft.sure.into(),
        message: draft.message,
        help: draft.help,
        file: file.to_owned(),
        path,
        line: at.line,
        column: at.column,
        end_line: at.end_line,
        end_column: at.end_column,
        also: draft.also.and_then(|(target, label)| also(index, target, label)),
    };
    Some((number, finding))
}

fn also(index: &Index<'_>, target: Target<'_>, label: String) -> Option<Place> {
    let (number, path, at) = index.place(target)?;
    let (file, at) = index.documents[number].place(at);
    Some(Place {
        label,
        file: file.to_owned(),
        path,
        line: at.line,
        column: at.column,
        end_line: at.end_line,
        end_column: at.end_column,
    })
}
