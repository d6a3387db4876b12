//! Collects findings while rules run, then finds where they stand.

use std::collections::BTreeMap;
use std::ptr;

use super::finding::{Finding, Level, Rule};
use super::function;
use crate::read::{Document, Entry, Kind, Node, Span, Step};

/// What rules write to.
///
/// A rule points at a node or a key of a document by reference; the path to it is looked up when
/// all rules are done, so that rules need not carry paths around.
#[derive(Debug)]
pub struct Report<'a> {
    documents: &'a [Document],
    rule: Option<&'static Rule>,
    drafts: Vec<Draft<'a>>,
}

/// A finding that does not know its path yet.
#[derive(Debug)]
pub struct Draft<'a> {
    rule: &'static Rule,
    target: Target<'a>,
    level: Level,
    message: String,
    help: Option<String>,
}

#[derive(Debug, Clone, Copy)]
enum Target<'a> {
    Value(&'a Node),
    Key(&'a Entry),
    Spot(&'a Node, Span),
}

impl Draft<'_> {
    /// Says how bad it is in this place, if not as bad as the rule is elsewhere.
    pub fn level(&mut self, level: Level) -> &mut Self {
        self.level = level;
        self
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
            rule: None,
            drafts: Vec::new(),
        }
    }

    pub(super) fn run(&mut self, rule: &'static Rule, set: &super::view::Set<'a>) {
        self.rule = Some(rule);
        (rule.check)(set, self);
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
        // Only `run` calls rules, and it names the rule first.
        let rule = self.rule.unwrap_or(super::RULES[0]);
        self.drafts.push(Draft {
            rule,
            level: rule.level,
            target,
            message,
            help: None,
        });
        let last = self.drafts.len() - 1;
        &mut self.drafts[last]
    }

    /// Findings in the order of files and lines.
    pub(super) fn finish(self) -> Vec<Finding> {
        if self.drafts.is_empty() {
            return Vec::new();
        }
        let index = Index::new(self.documents);
        let mut findings: Vec<(usize, Finding)> = self
            .drafts
            .into_iter()
            .filter_map(|draft| index.finding(draft))
            .collect();
        findings.sort_by(|(left_file, left), (right_file, right)| {
            let place = |f: &Finding| (f.line, f.column, f.rule);
            left_file
                .cmp(right_file)
                .then_with(|| place(left).cmp(&place(right)))
                .then_with(|| left.message.cmp(&right.message))
        });
        findings.dedup();
        findings.into_iter().map(|(_, finding)| finding).collect()
    }
}

/// Where each node stands, by its address.
struct Index<'a> {
    documents: &'a [Document],
    /// Parent address (its own for a root), step from it, number of the document.
    places: BTreeMap<usize, (usize, Step, usize)>,
    /// Where to point for maps and lists that begin on a line below their key: the key is what a reader looks for.
    heads: BTreeMap<usize, Span>,
}

fn address(node: &Node) -> usize {
    ptr::from_ref(node).addr()
}

/// Whether a map or a list, but no function, begins on a line below its key.
fn is_block(entry: &Entry) -> bool {
    let container = matches!(entry.value.kind, Kind::List(_) | Kind::Map(_));
    container && entry.value.at.line > entry.key_at.line && function::of(&entry.value).is_none()
}

impl<'a> Index<'a> {
    fn new(documents: &'a [Document]) -> Self {
        let mut index = Self {
            documents,
            places: BTreeMap::new(),
            heads: BTreeMap::new(),
        };
        for (number, document) in documents.iter().enumerate() {
            let root = address(&document.root);
            index.places.insert(root, (root, Step::Index(0), number));
            index.walk(&document.root, number);
        }
        index
    }

    fn walk(&mut self, node: &Node, number: usize) {
        let parent = address(node);
        match &node.kind {
            Kind::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.places.insert(address(item), (parent, at.into(), number));
                    self.walk(item, number);
                }
            }
            Kind::Map(map) => {
                for entry in map {
                    let step = Step::Key(entry.key.clone());
                    self.places.insert(address(&entry.value), (parent, step, number));
                    if is_block(entry) {
                        self.heads.insert(address(&entry.value), entry.key_at);
                    }
                    self.walk(&entry.value, number);
                }
            }
            _ => {}
        }
    }

    fn finding(&self, draft: Draft<'_>) -> Option<(usize, Finding)> {
        let (node, at) = match draft.target {
            Target::Value(node) => (node, self.heads.get(&address(node)).copied().unwrap_or(node.at)),
            Target::Key(entry) => (&entry.value, entry.key_at),
            Target::Spot(node, at) => (node, at),
        };
        let mut path = Vec::new();
        let mut here = address(node);
        let number = loop {
            let (parent, step, number) = self.places.get(&here)?;
            if *parent == here {
                break *number;
            }
            path.push(step.clone());
            here = *parent;
        };
        path.reverse();
        let finding = Finding {
            rule: draft.rule.name,
            level: draft.level,
            message: draft.message,
            help: draft.help,
            file: self.documents[number].file.clone(),
            path,
            line: at.line,
            column: at.column,
            end_line: at.end_line,
            end_column: at.end_column,
        };
        Some((number, finding))
    }
}
