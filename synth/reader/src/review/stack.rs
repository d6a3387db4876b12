//! A template in the form in which it is compared.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::canon::Canon;
use super::globals;
use crate::read::template::json;
use crate::read::{Document, Entry, Node};

/// One template.
pub(super) struct Stack {
    /// The name by which it is matched.
    pub(super) file: String,
    /// The name to show where it is quoted.
    pub(super) shown: String,
    pub(super) items: BTreeMap<String, Item>,
    pub(super) parameters: Map<String, Json>,
    pub(super) mappings: Map<String, Json>,
    pub(super) conditions: Map<String, Json>,
    pub(super) outputs: Map<String, Json>,
    pub(super) rules: Map<String, Json>,
    /// Each by its name.
    pub(super) transforms: Map<String, Json>,
    /// What it holds by name, if its stack stays beside the one of the new template, which is another one.
    pub(super) stays: Option<BTreeSet<String>>,
}

/// One resource.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) line: u32,
    pub(super) properties: Map<String, Json>,
    /// Everything beside `Type` and `Properties`.
    pub(super) attributes: Map<String, Json>,
}

impl Item {
    fn says_the_same(&self, other: &Self) -> bool {
        (&self.id, &self.kind) == (&other.id, &other.kind)
            && (&self.properties, &self.attributes) == (&other.properties, &other.attributes)
    }
}

/// The type under which a loop of `AWS::LanguageExtensions` is compared as a whole.
pub(super) const LOOP: &str = "Fn::ForEach";

impl Stack {
    pub(super) fn new(document: &Document) -> Self {
        let canon = Canon {
            mappings: document.root.get("Mappings"),
        };
        let section = |name: &str| entries(document, name);
        let plain = |name: &str| {
            section(name)
                .map(|entry| (entry.key.clone(), entry.value.to_value()))
                .collect()
        };
        let in_form = |name: &str| {
            section(name)
                .filter_map(|entry| Some((entry.key.clone(), canon.value(&entry.value)?)))
                .collect()
        };
        let mut items: BTreeMap<String, Item> = section("Resources")
            .filter_map(|entry| Some((entry.key.clone(), item(&canon, entry)?)))
            .collect();
        let resources = items
            .values_mut()
            .map(|item| (item.kind.as_str(), &mut item.properties));
        globals::give(&in_form("Globals"), resources);
        Self {
            file: document.file.clone(),
            shown: document.file.clone(),
            items,
            parameters: plain("Parameters"),
            mappings: plain("Mappings"),
            conditions: in_form("Conditions"),
            outputs: in_form("Outputs"),
            rules: in_form("Rules"),
            transforms: document.root.get("Transform").map(transforms).unwrap_or_default(),
            stays: None,
        }
    }

    /// Whether a deployment of the other one would change nothing.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let pairs = || self.items.values().zip(other.items.values());
        self.items.len() == other.items.len()
            && pairs().all(|(one, other)| one.says_the_same(other))
            && (&self.parameters, &self.mappings, &self.conditions)
                == (&other.parameters, &other.mappings, &other.conditions)
            && (&self.outputs, &self.rules, &self.transforms) == (&other.outputs, &other.rules, &other.transforms)
    }

    /// What a value is known to be, with parameters at their defaults.
    pub(super) fn known(&self, value: &Json) -> Option<String> {
        let default = |name: &str| self.parameters.get(name)?.get("Default");
        json::text(value, &default).map(Cow::into_owned)
    }

    /// The number that a value is known to be, also as a text.
    pub(super) fn number(&self, value: &Json) -> Option<f64> {
        self.known(value)?.trim().parse().ok()
    }

    /// The outputs that are exported under a known name: the name and the output.
    pub(super) fn exports(&self) -> impl Iterator<Item = (String, &str)> {
        self.outputs.iter().filter_map(|(name, output)| {
            let export = output.get("Export")?.get("Name")?;
            Some((self.known(export)?, name.as_str()))
        })
    }
}

fn transforms(node: &Node) -> Map<String, Json> {
    let all = node.list().unwrap_or(std::slice::from_ref(node));
    let named = all.iter().filter_map(|one| {
        let name = one.text().or_else(|| one.get("Name")?.text())?;
        Some((name.to_owned(), one.to_value()))
    });
    named.collect()
}

fn entries<'a>(document: &'a Document, name: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
    document.root.get(name).and_then(Node::map).into_iter().flatten()
}

fn item(canon: &Canon<'_>, entry: &Entry) -> Option<Item> {
    let line = entry.key_at.line;
    if entry.key.starts_with("Fn::ForEach::") {
        let whole = canon.value(&entry.value)?;
        return Some(Item {
            id: entry.key.clone(),
            kind: LOOP.to_owned(),
            line,
            properties: Map::from_iter([("Loop".to_owned(), whole)]),
            attributes: Map::new(),
        });
    }
    let map = entry.value.map()?;
    let properties = map.get("Properties").and_then(|node| canon.value(node));
    let others = map.iter().filter(|part| part.key != "Type" && part.key != "Properties");
    Some(Item {
        id: entry.key.clone(),
        kind: map.get("Type").and_then(Node::text).unwrap_or_default().to_owned(),
        line,
        properties: match properties {
            Some(Json::Object(map)) => map,
            _ => Map::new(),
        },
        attributes: others
            .filter_map(|part| Some((part.key.clone(), attribute(canon, &part.key, &part.value)?)))
            .collect(),
    })
}

/// `DependsOn` is a set; one name may stand without its list.
fn attribute(canon: &Canon<'_>, name: &str, node: &Node) -> Option<Json> {
    let value = canon.value(node)?;
    if name != "DependsOn" {
        return Some(value);
    }
    let mut names = match value {
        Json::Array(names) => names,
        one => vec![one],
    };
    names.sort_by_cached_key(Json::to_string);
    names.dedup();
    Some(Json::Array(names))
}
