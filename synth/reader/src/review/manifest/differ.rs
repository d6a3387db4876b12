//! Where two objects differ, as their schema compares them: items of lists by their keys, amounts by their size.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::defaults;
use crate::read::manifest::Quantity;
use crate::read::template::json::scalar;
use crate::review::canon;
use crate::schema::kubernetes::{ListType, Node as Schema, Type};

/// Finding the partner of each item takes the square of their number; longer lists are shown as a whole.
const MOST_ITEMS: usize = 500;

/// A place where two objects differ. A step into a list stands in brackets: `[web]`, `[0]`.
#[derive(Debug, PartialEq)]
pub(super) struct Difference {
    pub(super) place: Vec<String>,
    pub(super) old: Option<Json>,
    pub(super) new: Option<Json>,
    /// The lists hold the same items in another order.
    pub(super) reordered: bool,
}

impl Difference {
    /// Whether it is at a path or below it; `*` stands for any step.
    pub(super) fn is_in(&self, path: &str) -> bool {
        let steps = path.split('.');
        let mut place = self.place.iter();
        steps
            .into_iter()
            .all(|step| place.next().is_some_and(|at| step == "*" || at == step))
    }

    pub(super) fn path(&self) -> String {
        let mut out = String::new();
        for step in &self.place {
            if step.starts_with('[') {
                out.push_str(step);
            } else if step.contains(['.', '/']) {
                out.push('[');
                out.push_str(step);
                out.push(']');
            } else {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(step);
            }
        }
        out
    }
}

/// The places where two objects differ.
pub(super) fn objects(old: &Map<String, Json>, new: &Map<String, Json>, schema: Option<Schema>) -> Vec<Difference> {
    let mut walk = Walk {
        place: Vec::new(),
        found: Vec::new(),
    };
    walk.fields(old, new, schema);
    walk.found
}

/// Whether two values are the same.
pub(super) fn same(old: &Json, new: &Json, schema: Option<Schema>) -> bool {
    if old == new {
        return true;
    }
    let mut walk = Walk {
        place: Vec::new(),
        found: Vec::new(),
    };
    walk.value(Some(old), Some(new), schema);
    walk.found.is_empty()
}

struct Walk {
    place: Vec<String>,
    found: Vec<Difference>,
}

impl Walk {
    fn below(&mut self, step: impl Into<String>, old: Option<&Json>, new: Option<&Json>, schema: Option<Schema>) {
        self.place.push(step.into());
        self.value(old, new, schema);
        self.place.pop();
    }

    fn fields(&mut self, old: &Map<String, Json>, new: &Map<String, Json>, schema: Option<Schema>) {
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let below = schema.and_then(|schema| schema.field(name).or_else(|| schema.values()));
            let or_default = |map: &Map<String, Json>| {
                let said = map.get(name).cloned();
                said.or_else(|| defaults::of(schema, name, map))
            };
            let (was, is) = (or_default(old), or_default(new));
            self.below(name, was.as_ref(), is.as_ref(), below);
        }
    }

    fn value(&mut self, old: Option<&Json>, new: Option<&Json>, schema: Option<Schema>) {
        match (old, new) {
            (Some(old), Some(new)) if alike(old, new, schema) => return,
            (Some(Json::Object(old)), Some(Json::Object(new))) => return self.fields(old, new, schema),
            (Some(Json::Array(old)), Some(Json::Array(new))) if old.len().max(new.len()) <= MOST_ITEMS => {
                return self.list(old, new, schema);
            }
            _ => {}
        }
        self.push(old.cloned(), new.cloned(), false);
    }

    fn push(&mut self, old: Option<Json>, new: Option<Json>, reordered: bool) {
        self.found.push(Difference {
            place: self.place.clone(),
            old,
            new,
            reordered,
        });
    }

    fn list(&mut self, old: &[Json], new: &[Json], schema: Option<Schema>) {
        let items = schema.and_then(|schema| schema.items());
        if let Some(keys) = schema.and_then(|schema| keys(&schema, old, new)) {
            let (was, is) = (by_key(old, &keys, items), by_key(new, &keys, items));
            let (Some(was), Some(is)) = (was, is) else {
                return self.plain(old, new, schema);
            };
            let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
            for name in names {
                self.below(
                    format!("[{name}]"),
                    was.get(name).copied(),
                    is.get(name).copied(),
                    items,
                );
            }
            return;
        }
        self.plain(old, new, schema);
    }

    /// A list whose items nothing tells apart but what they are.
    fn plain(&mut self, old: &[Json], new: &[Json], schema: Option<Schema>) {
        let items = schema.and_then(|schema| schema.items());
        let mut gone: Vec<(usize, &Json)> = old.iter().enumerate().collect();
        let mut come: Vec<(usize, &Json)> = Vec::new();
        for (at, item) in new.iter().enumerate() {
            match gone.iter().position(|(_, other)| same(other, item, items)) {
                Some(place) => {
                    gone.remove(place);
                }
                None => come.push((at, item)),
            }
        }
        if gone.is_empty() && come.is_empty() {
            if schema.and_then(|schema| schema.list()) != Some(ListType::Set) && !in_order(old, new, items) {
                self.push(Some(old.into()), Some(new.into()), true);
            }
            return;
        }
        // The order of words is their meaning.
        if old.iter().chain(new).all(|item| !item.is_object() && !item.is_array()) {
            return self.push(Some(old.into()), Some(new.into()), false);
        }
        for (at, item) in come {
            let partner = gone
                .iter()
                .position(|(was, other)| match (name_of(other), name_of(item)) {
                    (Some(old), Some(new)) => old == new,
                    _ => *was == at,
                });
            let was = partner.map(|place| gone.remove(place).1);
            self.below(label(at, item), was, Some(item), items);
        }
        for (at, item) in gone {
            self.below(label(at, item), Some(item), None, items);
        }
    }
}

fn in_order(old: &[Json], new: &[Json], items: Option<Schema>) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new, items))
}

/// Whether two values are the same without a look at what is below.
fn alike(old: &Json, new: &Json, schema: Option<Schema>) -> bool {
    match schema.map(|schema| schema.kind()) {
        Some(Type::Quantity) => {
            let amount = |value| Quantity::parse(&scalar(value)?);
            old == new || amount(old).zip(amount(new)).is_some_and(|(old, new)| old == new)
        }
        Some(Type::IntOrString) => old == new,
        _ if old.is_object() || old.is_array() => false,
        _ => canon::same(old, new),
    }
}

/// The fields that tell the items of a list apart: those of the schema, if all items have one of them.
fn keys(schema: &Schema, old: &[Json], new: &[Json]) -> Option<Vec<&'static str>> {
    let mut keys: Vec<&str> = schema.keys().collect();
    if keys.is_empty() {
        keys.extend(schema.merge_key());
    }
    let has = |item: &Json| keys.iter().any(|key| item.get(*key).is_some());
    (!keys.is_empty() && old.iter().chain(new).all(has)).then_some(keys)
}

/// The items by their keys; nothing if two have the same.
fn by_key<'a>(list: &'a [Json], keys: &[&str], items: Option<Schema>) -> Option<BTreeMap<String, &'a Json>> {
    let mut found = BTreeMap::new();
    for item in list {
        let map = item.as_object()?;
        let parts: Vec<String> = keys
            .iter()
            .filter_map(|key| {
                let value = map.get(*key).cloned().or_else(|| defaults::of(items, key, map))?;
                scalar(&value).map(std::borrow::Cow::into_owned)
            })
            .collect();
        if found.insert(parts.join("/"), item).is_some() {
            return None;
        }
    }
    Some(found)
}

/// What tells an item from others where no schema says it.
const NAMES: &[&str] = &["name", "host", "path", "key", "ip"];

fn name_of(item: &Json) -> Option<(&'static str, &str)> {
    NAMES.iter().find_map(|key| Some((*key, item.get(*key)?.as_str()?)))
}

fn label(at: usize, item: &Json) -> String {
    match name_of(item) {
        Some((_, name)) => format!("[{name}]"),
        None => format!("[{at}]"),
    }
}
