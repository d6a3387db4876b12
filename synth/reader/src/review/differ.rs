//! Where two values differ.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::canon::same;
use crate::read::template::json::function;

/// Finding the partner of each item takes the square of their number; longer lists are shown as a whole.
const MOST_ITEMS: usize = 500;

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// A place where two values differ.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Difference {
    pub(super) path: Vec<Step>,
    pub(super) old: Option<Json>,
    pub(super) new: Option<Json>,
    /// The lists hold the same items in another order.
    pub(super) reordered: bool,
}

/// `LoadBalancers[0].ContainerPort`
pub(super) fn dotted(path: &[Step]) -> String {
    let mut out = String::new();
    for step in path {
        match step {
            Step::Key(key) if out.is_empty() => out.push_str(key),
            Step::Key(key) => {
                out.push('.');
                out.push_str(key);
            }
            Step::Index(index) => {
                out.push('[');
                out.push_str(&index.to_string());
                out.push(']');
            }
        }
    }
    out
}

/// The first key of a path.
pub(super) fn first(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// Whether a path is another one, or leads into what stands there.
pub(super) fn is_within(path: &str, other: &str) -> bool {
    let rest = path.strip_prefix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The places where two maps differ, as deep as both go.
pub(super) fn maps(old: &Map<String, Json>, new: &Map<String, Json>) -> Vec<Difference> {
    let mut found = Vec::new();
    keys(&mut Vec::new(), old, new, &mut found);
    found
}

fn keys(path: &mut Vec<Step>, old: &Map<String, Json>, new: &Map<String, Json>, found: &mut Vec<Difference>) {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        path.push(Step::Key(name.clone()));
        value(path, old.get(name), new.get(name), found);
        path.pop();
    }
}

fn value(path: &mut Vec<Step>, old: Option<&Json>, new: Option<&Json>, found: &mut Vec<Difference>) {
    if let (Some(old), Some(new)) = (old, new) {
        if same(old, new) {
            return;
        }
        if let (Some(old), Some(new)) = (plain_map(old), plain_map(new)) {
            return keys(path, old, new, found);
        }
        if let (Json::Array(old), Json::Array(new)) = (old, new)
            && old.len().max(new.len()) <= MOST_ITEMS
        {
            return items(path, old, new, found);
        }
    }
    found.push(Difference {
        path: path.clone(),
        old: old.cloned(),
        new: new.cloned(),
        reordered: false,
    });
}

fn plain_map(value: &Json) -> Option<&Map<String, Json>> {
    value.as_object().filter(|_| function(value).is_none())
}

/// What tells an item of a list from the others.
const NAMES: &[&str] = &[
    "Name",
    "Key",
    "Id",
    "Sid",
    "LogicalName",
    "PolicyName",
    "IndexName",
    "AttributeName",
];

fn name_of(item: &Json) -> Option<(&'static str, &str)> {
    NAMES.iter().find_map(|key| Some((*key, item.get(*key)?.as_str()?)))
}

fn items(path: &mut Vec<Step>, old: &[Json], new: &[Json], found: &mut Vec<Difference>) {
    let mut gone: Vec<(usize, &Json)> = old.iter().enumerate().collect();
    let mut come: Vec<(usize, &Json)> = Vec::new();
    for (at, item) in new.iter().enumerate() {
        match gone.iter().position(|(_, other)| same(other, item)) {
            Some(position) => {
                gone.remove(position);
            }
            None => come.push((at, item)),
        }
    }
    if gone.is_empty() && come.is_empty() {
        found.push(Difference {
            path: path.clone(),
            old: Some(Json::Array(old.to_vec())),
            new: Some(Json::Array(new.to_vec())),
            reordered: true,
        });
        return;
    }
    for (at, before, item) in partners(&mut gone, come) {
        path.push(Step::Index(at));
        value(path, before, Some(item), found);
        path.pop();
    }
    for (at, item) in gone {
        path.push(Step::Index(at));
        value(path, Some(item), None, found);
        path.pop();
    }
}

/// What each new item was, taken out of what is gone: its namesake, else what stood in its place.
fn partners<'a>(
    gone: &mut Vec<(usize, &'a Json)>,
    come: Vec<(usize, &'a Json)>,
) -> Vec<(usize, Option<&'a Json>, &'a Json)> {
    let mut pairs = Vec::with_capacity(come.len());
    for (at, item) in come {
        let named = name_of(item);
        let partner = gone
            .iter()
            .position(|(_, other)| named.is_some() && name_of(other) == named);
        pairs.push((at, partner.map(|position| gone.remove(position).1), item));
    }
    for (at, before, item) in &mut pairs {
        let same_place = |(was, other): &(usize, &Json)| was == at && other.is_object() == item.is_object();
        if before.is_none() {
            *before = gone.iter().position(same_place).map(|position| gone.remove(position).1);
        }
    }
    pairs
}
