//! Collects findings while rules run, then finds where they stand.

use std::collections::BTreeMap;
use std::ptr;

use super::finding::{Finding, Level, Rule};
use crate::read::template::function;
use crate::read::template::known::Sure;
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
    sure: Sure,
    message: String,
    help: Option<String>,
}

#[derive(Debug, Clone, Copy)]
enum Target<'a> {
    Value(&'a Node),
    Key(&'a Entry),
    Spot(&'a Node, Span),
}

impl<'a> Target<'a> {
    fn node(self) -> &'a Node {
        match self {
            Self::Value(node) | Self::Spot(node, _) => node,
            Self::Key(entry) => &entry.value,
        }
    }
}

impl Draft<'_> {
    /// Says how surely a value is known that it rests on; the least sure counts.
    pub fn sure(&mut self, sure: Sure) -> &mut Self {
        self.sure = self.sure.max(sure);
        self
    }

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

    /// One that points at things for a single rule, outside of [`Self::run`].
    pub(super) fn of(documents: &'a [Document], rule: &'static Rule) -> Self {
        Self {
            rule: Some(rule),
            ..Self::new(documents)
        }
    }

    pub(super) fn run(&mut self, rule: &'static Rule, set: &super::Set<'a>) {
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
            sure: Sure::Written,
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
        let index = Index::new(self.documents, self.drafts.iter().map(|draft| draft.target.node()));
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
        // A loop or an anchor has one place in the text and several in the tree.
        findings.dedup_by(|(right_file, right), (left_file, left)| {
            let told = |f: &Finding| (f.rule, f.level, f.line, f.column, f.end_line, f.end_column);
            left_file == right_file && told(left) == told(right) && left.message == right.message
        });
        findings.into_iter().map(|(_, finding)| finding).collect()
    }
}

/// Where the nodes stand that somebody points at, by their addresses.
struct Index<'a> {
    documents: &'a [Document],
    /// Number of the document and the way to the node, once it was found.
    places: BTreeMap<usize, Option<Place>>,
    /// The way to the node that is looked at.
    path: Vec<Way<'a>>,
}

/// Where a node stands.
#[derive(Clone)]
struct Place {
    /// The number of the document.
    number: usize,
    path: Vec<Step>,
    /// The key, for a map or list that begins on a line below it: the key is what a reader looks for.
    head: Option<Span>,
}

/// A [`Step`] that costs nothing to make.
#[derive(Clone, Copy)]
enum Way<'a> {
    Key(&'a str),
    Index(usize),
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
    fn new(documents: &'a [Document], wanted: impl Iterator<Item = &'a Node>) -> Self {
        let mut index = Self {
            documents,
            places: wanted.map(|node| (address(node), None)).collect(),
            path: Vec::new(),
        };
        for (number, document) in documents.iter().enumerate() {
            index.walk(&document.root, number, None);
        }
        index
    }

    fn walk(&mut self, node: &'a Node, number: usize, head: Option<Span>) {
        if let Some(place) = self.places.get_mut(&address(node)) {
            let step = |way: &Way<'_>| match way {
                Way::Key(key) => Step::from(*key),
                Way::Index(at) => Step::from(*at),
            };
            *place = Some(Place {
                number,
                path: self.path.iter().map(step).collect(),
                head,
            });
        }
        let below = |index: &mut Self, way: Way<'a>, node: &'a Node, head: Option<Span>| {
            index.path.push(way);
            index.walk(node, number, head);
            index.path.pop();
        };
        match &node.kind {
            Kind::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    below(self, Way::Index(at), item, None);
                }
            }
            Kind::Map(map) => {
                for entry in map {
                    let head = is_block(entry).then_some(entry.key_at);
                    below(self, Way::Key(&entry.key), &entry.value, head);
                }
            }
            _ => {}
        }
    }

    fn finding(&self, draft: Draft<'_>) -> Option<(usize, Finding)> {
        let Place { number, path, head } = self.places.get(&address(draft.target.node()))?.clone()?;
        let at = match draft.target {
            Target::Value(node) => head.unwrap_or(node.at),
            Target::Key(entry) => entry.key_at,
            Target::Spot(_, at) => at,
        };
        let finding = Finding {
            rule: draft.rule.name,
            level: draft.level.where_known(draft.sure),
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
