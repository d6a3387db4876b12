//! Where things stand that findings point at: rules need not carry the ways there around.

use std::collections::BTreeMap;
use std::ptr;

use crate::read::template::function;
use crate::read::{Document, Entry, Kind, Node, Span, Step};

/// What a finding points at.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// A value.
    Value(&'a Node),
    /// A key, as that is what a reader looks for.
    Key(&'a Entry),
    /// A place that is no value of the tree; the node gives the path.
    Spot(&'a Node, Span),
}

impl<'a> From<&'a Node> for Target<'a> {
    fn from(node: &'a Node) -> Self {
        Self::Value(node)
    }
}

impl<'a> From<(&'a Node, Span)> for Target<'a> {
    fn from((node, at): (&'a Node, Span)) -> Self {
        Self::Spot(node, at)
    }
}

impl<'a> From<&'a Entry> for Target<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self::Key(entry)
    }
}

impl<'a> Target<'a> {
    pub(super) fn node(self) -> &'a Node {
        match self {
            Self::Value(node) | Self::Spot(node, _) => node,
            Self::Key(entry) => &entry.value,
        }
    }
}

/// Where the nodes stand that somebody points at, by their addresses.
pub(super) struct Index<'a> {
    pub(super) documents: &'a [Document],
    /// Number of the document and the way to the node, once it was found.
    places: BTreeMap<usize, Option<Home>>,
    /// The way to the node that is looked at.
    path: Vec<Way<'a>>,
}

/// Where a node stands.
struct Home {
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
    pub(super) fn new(documents: &'a [Document], wanted: impl Iterator<Item = &'a Node>) -> Self {
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
            *place = Some(Home {
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

    /// The number of the document, the way there, and the stretch of the text.
    pub(super) fn place(&self, target: Target<'_>) -> Option<(usize, Vec<Step>, Span)> {
        let Home { number, path, head } = self.places.get(&address(target.node()))?.as_ref()?;
        let at = match target {
            Target::Value(node) => head.unwrap_or(node.at),
            Target::Key(entry) => entry.key_at,
            Target::Spot(_, at) => at,
        };
        Some((*number, path.clone(), at))
    }
}
