//! Strategic merge: <https://github.com/kubernetes-sigs/kustomize/blob/master/kyaml/yaml/merge2/merge2.go>.

use std::collections::BTreeMap;

use super::edit;
use super::fault::Told;
use crate::read::{Entry, Kind, Node};
use crate::schema::kubernetes::{self, ListType, Node as Schema, Version};

/// What a map says about how it is merged.
const DIRECTIVE: &str = "$patch";

/// The schema of a kind, in the newest version that has it.
pub(super) fn schema(root: &Node) -> Option<Schema> {
    let text = |key: &str| root.get(key).and_then(Node::text);
    let (api, kind) = (text("apiVersion")?, text("kind")?);
    let mut versions = Version::ALL.into_iter().rev();
    versions.find_map(|version| Some(kubernetes::kind(version, api, kind)?.root()))
}

/// Puts a patch into a value; nothing is left if the patch takes it away.
pub(super) fn merge(old: Node, patch: &Node, schema: Option<Schema>, told: &mut Told) -> Option<Node> {
    match (&old.kind, &patch.kind) {
        (_, Kind::Null) => None,
        (_, Kind::Map(map)) => match map.get(DIRECTIVE).and_then(Node::text) {
            Some("delete") => None,
            Some("replace") => fresh(patch, schema, told),
            _ if matches!(old.kind, Kind::Map(_)) => Some(maps(old, patch, schema, told)),
            _ if old.kind == Kind::Null => fresh(patch, schema, told),
            _ => Some(mismatched(old, patch, told)),
        },
        (Kind::List(_), Kind::List(_)) => lists(old, patch, schema, told),
        (Kind::Map(_) | Kind::List(_), _) => Some(mismatched(old, patch, told)),
        (_, Kind::List(_)) if old.kind != Kind::Null => Some(mismatched(old, patch, told)),
        _ => fresh(patch, schema, told),
    }
}

fn mismatched(old: Node, patch: &Node, told: &mut Told) -> Node {
    let message = format!(
        "the patch has {} where the object has {}",
        patch.kind_name(),
        old.kind_name()
    );
    told.refused(
        patch.at,
        message,
        "write what the object has there, or replace it by a JSON 6902 patch",
    );
    old
}

/// A value that only the patch has, without what it takes away.
fn fresh(patch: &Node, schema: Option<Schema>, told: &mut Told) -> Option<Node> {
    if !told.spend(1, patch.at) {
        return None;
    }
    let kind = match &patch.kind {
        Kind::Map(map) if map.get(DIRECTIVE).and_then(Node::text) == Some("delete") => return None,
        Kind::Map(map) => {
            let entries = map
                .iter()
                .filter(|entry| entry.key != DIRECTIVE && entry.value.kind != Kind::Null);
            let entry = |entry: &Entry| {
                let value = fresh(&entry.value, below(schema, &entry.key), told)?;
                Some(Entry {
                    key: entry.key.clone(),
                    key_at: entry.key_at,
                    value,
                })
            };
            return Some(edit::map(entries.filter_map(entry).collect(), patch.at));
        }
        Kind::List(items) => {
            let items_of = schema.and_then(|schema| schema.items());
            let plain = items.iter().filter(|item| !is_directive(item));
            Kind::List(plain.filter_map(|item| fresh(item, items_of, told)).collect())
        }
        other => other.clone(),
    };
    Some(Node { at: patch.at, kind })
}

/// Whether an item says something about its list and nothing else.
fn is_directive(item: &Node) -> bool {
    item.map()
        .is_some_and(|map| map.len() == 1 && map.get(DIRECTIVE).is_some())
}

fn below(schema: Option<Schema>, key: &str) -> Option<Schema> {
    let schema = schema?;
    schema.field(key).or_else(|| schema.values())
}

fn maps(mut old: Node, patch: &Node, schema: Option<Schema>, told: &mut Told) -> Node {
    let mut entries: Vec<Option<Entry>> = edit::take(&mut old).into_iter().map(Some).collect();
    let numbers: BTreeMap<String, usize> = entries
        .iter()
        .flatten()
        .enumerate()
        .map(|(at, entry)| (entry.key.clone(), at))
        .collect();
    for change in patch.map().into_iter().flatten().filter(|entry| entry.key != DIRECTIVE) {
        let schema = below(schema, &change.key);
        match numbers
            .get(&change.key)
            .and_then(|at| entries[*at].take().map(|entry| (*at, entry)))
        {
            Some((at, entry)) => {
                let merged = merge(entry.value, &change.value, schema, told);
                // Where the patch says the value, it says the key too.
                let key_at = if merged.as_ref().is_some_and(|node| node.at == change.value.at) {
                    change.key_at
                } else {
                    entry.key_at
                };
                entries[at] = merged.map(|value| Entry {
                    key: entry.key,
                    key_at,
                    value,
                });
            }
            None if change.value.kind == Kind::Null => {}
            None => {
                let value = fresh(&change.value, schema, told);
                entries.extend(value.map(|value| {
                    Some(Entry {
                        key: change.key.clone(),
                        key_at: change.key_at,
                        value,
                    })
                }));
            }
        }
    }
    edit::map(entries.into_iter().flatten().collect(), old.at)
}

fn lists(old: Node, patch: &Node, schema: Option<Schema>, told: &mut Told) -> Option<Node> {
    let items = patch.list().unwrap_or_default();
    match items
        .iter()
        .find(|item| is_directive(item))
        .and_then(|item| item.get(DIRECTIVE)?.text())
    {
        Some("delete") => return None,
        Some("replace") => return fresh(patch, schema, told),
        _ => {}
    }
    let Some(place) = schema else {
        return fresh(patch, schema, told);
    };
    let key = place.merge_key();
    let mut keys: Vec<&str> = key.into_iter().flat_map(|_| place.keys()).collect();
    if keys.is_empty() {
        keys.extend(key);
    }
    if keys.is_empty() {
        return match place.list() {
            Some(ListType::Set) => Some(united(old, items)),
            _ => fresh(patch, schema, told),
        };
    }
    Some(by_keys(old, items, &keys, place.items(), told))
}

/// The texts of both, those of the patch first.
fn united(old: Node, patch: &[Node]) -> Node {
    let mut items = patch.to_vec();
    let Node { at, kind } = old;
    if let Kind::List(old) = kind {
        items.extend(
            old.into_iter()
                .filter(|item| !patch.iter().any(|new| new.kind == item.kind)),
        );
    }
    Node {
        at,
        kind: Kind::List(items),
    }
}

/// What tells an item apart: its keys, as far as it has them.
fn values(item: &Node, keys: &[&str]) -> Vec<String> {
    let value = |key: &&str| item.get(key).and_then(Node::scalar).unwrap_or_default();
    keys.iter().map(value).collect()
}

/// Items that agree in their keys are merged; those of the patch stand first, then those that only the object has.
fn by_keys(old: Node, patch: &[Node], keys: &[&str], schema: Option<Schema>, told: &mut Told) -> Node {
    let Node { at, kind } = old;
    let Kind::List(items) = kind else {
        return Node { at, kind };
    };
    let mut left: Vec<Option<Node>> = items.into_iter().map(Some).collect();
    let mut numbers: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (number, item) in left.iter().flatten().enumerate() {
        numbers.entry(values(item, keys)).or_insert(number);
    }
    let mut found: Vec<Option<Node>> = Vec::new();
    let mut done: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for change in patch {
        let key = values(change, keys);
        let named = key.iter().any(|value| !value.is_empty());
        let before = numbers
            .get(&key)
            .filter(|_| named)
            .and_then(|number| left[*number].take());
        let merged = match (before, done.get(&key).filter(|_| named)) {
            (Some(item), _) => merge(item, change, schema, told),
            // The patch has two items of one key: the second changes the first.
            (None, Some(number)) => {
                let (number, item) = (*number, found[*number].take());
                found[number] = item.and_then(|item| merge(item, change, schema, told));
                continue;
            }
            (None, None) => fresh(change, schema, told),
        };
        done.insert(key, found.len());
        found.push(merged);
    }
    rest(&mut found, left.into_iter().flatten(), keys);
    Node {
        at,
        kind: Kind::List(found.into_iter().flatten().collect()),
    }
}

/// Adds the items that only the object has. One that has only some of the keys takes the place of those of the patch
/// that agree in these.
fn rest(found: &mut Vec<Option<Node>>, left: impl Iterator<Item = Node>, keys: &[&str]) {
    for item in left {
        let own = values(&item, keys);
        if own.iter().any(String::is_empty) && own.iter().any(|value| !value.is_empty()) {
            let agrees = |other: &Node| {
                let other = values(other, keys);
                own.iter()
                    .zip(&other)
                    .all(|(own, other)| own.is_empty() || own == other)
            };
            found.retain(|other| !other.as_ref().is_some_and(agrees));
        }
        found.push(Some(item));
    }
}
