//! Changes of a tree.

use crate::read::{Entry, Kind, Map, Node, Span};

/// The value of a key, to be changed.
pub(super) fn get_mut<'a>(node: &'a mut Node, key: &str) -> Option<&'a mut Node> {
    match &mut node.kind {
        Kind::Map(map) => map.get_mut(key),
        _ => None,
    }
}

/// An entry whose key stands where its value does.
pub(super) fn entry(key: &str, value: Node) -> Entry {
    Entry {
        key: key.to_owned(),
        key_at: value.at,
        value,
    }
}

/// A text that stands somewhere.
pub(super) fn text(text: impl Into<String>, at: Span) -> Node {
    Node {
        at,
        kind: Kind::Text(text.into()),
    }
}

/// A map of entries; the last of a key counts.
pub(super) fn map(entries: Vec<Entry>, at: Span) -> Node {
    Node {
        at,
        kind: Kind::Map(Map::new(entries).0),
    }
}

/// Sets the value of a key; what is no map becomes one.
pub(super) fn set(node: &mut Node, entry: Entry) {
    if let Some(old) = get_mut(node, &entry.key) {
        *old = entry.value;
        return;
    }
    let mut entries = take(node);
    entries.push(entry);
    *node = map(entries, node.at);
}

/// Removes a key; what was there.
pub(super) fn remove(node: &mut Node, key: &str) -> Option<Node> {
    node.get(key)?;
    let mut entries = take(node);
    let at = entries.iter().position(|entry| entry.key == key);
    let removed = at.map(|at| entries.remove(at).value);
    *node = map(entries, node.at);
    removed
}

/// The entries of a map, which is empty then.
pub(super) fn take(node: &mut Node) -> Vec<Entry> {
    match &mut node.kind {
        Kind::Map(map) => std::mem::take(map).into_entries(),
        _ => Vec::new(),
    }
}

/// How many values a tree has.
pub(super) fn size(node: &Node) -> usize {
    match &node.kind {
        Kind::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Kind::Map(map) => 1 + map.iter().map(|entry| 1 + size(&entry.value)).sum::<usize>(),
        _ => 1,
    }
}

/// How many levels a tree has.
pub(super) fn height(node: &Node) -> usize {
    match &node.kind {
        Kind::List(items) => 1 + items.iter().map(height).max().unwrap_or_default(),
        Kind::Map(map) => 1 + map.iter().map(|entry| height(&entry.value)).max().unwrap_or_default(),
        _ => 0,
    }
}

/// Changes where everything in a tree stands.
pub(super) fn places(node: &mut Node, change: &dyn Fn(Span) -> Span) {
    node.at = change(node.at);
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| places(item, change)),
        Kind::Map(map) => {
            for entry in map.entries_mut() {
                entry.key_at = change(entry.key_at);
                places(&mut entry.value, change);
            }
        }
        _ => {}
    }
}
