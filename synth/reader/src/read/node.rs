//! The tree.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::place::{Span, Step};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it stands.
    pub at: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `null`, or nothing behind a YAML key.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A finite number.
    Number(Number),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map.
    Map(Map),
}

/// A key, where it stands, and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_at: Span,
    /// The value.
    pub value: Node,
}

/// Entries in the order of the file, each key once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map {
    entries: Vec<Entry>,
    /// Positions of `entries` sorted by key; empty while a map is small enough to look through.
    sorted: Vec<u32>,
}

const SMALL: usize = 12;

impl Map {
    /// Keeps the last value of a key that stands twice, as CloudFormation does, and names the
    /// pairs (first, again).
    pub(super) fn new(entries: Vec<Entry>) -> (Self, Vec<super::Duplicate>) {
        let mut sorted: Vec<u32> = (0..).take(entries.len()).collect();
        let key = |at: &u32| entries[*at as usize].key.as_str();
        sorted.sort_by_key(key);
        let mut duplicates = Vec::new();
        let mut dropped = Vec::new();
        for pair in sorted.windows(2) {
            if key(&pair[0]) == key(&pair[1]) {
                dropped.push(pair[0] as usize);
                duplicates.push(super::Duplicate {
                    key: key(&pair[0]).to_owned(),
                    first: entries[pair[0] as usize].key_at,
                    again: entries[pair[1] as usize].key_at,
                });
            }
        }
        if !dropped.is_empty() {
            let mut at = 0;
            let mut entries = entries;
            dropped.sort_unstable();
            entries.retain(|_| {
                at += 1;
                dropped.binary_search(&(at - 1)).is_err()
            });
            return (Self::new(entries).0, duplicates);
        }
        if entries.len() <= SMALL {
            sorted = Vec::new();
        }
        (Self { entries, sorted }, duplicates)
    }

    /// The entry of a key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        if self.sorted.is_empty() {
            return self.entries.iter().find(|entry| entry.key == key);
        }
        let found = self
            .sorted
            .binary_search_by(|at| self.entries[*at as usize].key.as_str().cmp(key))
            .ok()?;
        self.entries.get(self.sorted[found] as usize)
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entries in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    /// The value of a key, to be changed.
    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let at = if self.sorted.is_empty() {
            self.entries.iter().position(|entry| entry.key == key)?
        } else {
            let key_of = |at: &u32| self.entries[*at as usize].key.as_str();
            let found = self.sorted.binary_search_by(|at| key_of(at).cmp(key)).ok()?;
            self.sorted[found] as usize
        };
        self.entries.get_mut(at).map(|entry| &mut entry.value)
    }

    /// The entries, whose keys stay as they are.
    pub(super) fn entries_mut(&mut self) -> std::slice::IterMut<'_, Entry> {
        self.entries.iter_mut()
    }

    pub(super) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The only entry, if there is exactly one: what a function looks like.
    #[must_use]
    pub fn only(&self) -> Option<&Entry> {
        match self.entries.as_slice() {
            [entry] => Some(entry),
            _ => None,
        }
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Node {
    /// The value of a key, if this is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.map()?.get(key)
    }

    /// The value behind a path of keys.
    #[must_use]
    pub fn dig(&self, keys: &[&str]) -> Option<&Self> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The value behind a path of keys and indexes.
    #[must_use]
    pub fn at_path(&self, path: &[Step]) -> Option<&Self> {
        path.iter().try_fold(self, |node, step| match step {
            Step::Key(key) => node.get(key),
            Step::Index(index) => node.list()?.get(*index),
        })
    }

    /// The map, if it is one.
    #[must_use]
    pub fn map(&self) -> Option<&Map> {
        match &self.kind {
            Kind::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn list(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The string, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A scalar as CloudFormation reads it where a string is wanted: `8080` is `"8080"`.
    #[must_use]
    pub fn scalar(&self) -> Option<String> {
        self.to_text().map(Cow::into_owned)
    }

    /// The same, copied only if it is no string.
    #[must_use]
    pub fn to_text(&self) -> Option<Cow<'_, str>> {
        match &self.kind {
            Kind::Text(text) => Some(Cow::Borrowed(text)),
            Kind::Bool(value) => Some(Cow::Owned(value.to_string())),
            Kind::Number(value) => Some(Cow::Owned(value.to_string())),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// A scalar as CloudFormation reads it where a number is wanted: `"8080"` is 8080.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match &self.kind {
            Kind::Number(value) => value.as_f64(),
            Kind::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// A scalar as CloudFormation reads it where a boolean is wanted: `"true"` is true.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match &self.kind {
            Kind::Bool(value) => Some(*value),
            Kind::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Kind::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// What it is, in a word for messages.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a string",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }

    /// The same without positions.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(value) => Value::Number(value.clone()),
            Kind::Text(text) => Value::String(text.clone()),
            Kind::List(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Kind::Map(map) => Value::Object(
                map.iter()
                    .map(|entry| (entry.key.clone(), entry.value.to_value()))
                    .collect(),
            ),
        }
    }
}
