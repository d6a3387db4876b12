//! What a value depends on.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::verdict::{Reason, Source};
use super::mapping;
use super::pair::Pair;
use crate::read::template::json::function;
use crate::schema;

/// Something that other values depend on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::review) enum Symbol {
    Replaced(String, String),
    Parameter(String, String),
    Condition(String, String),
    Mapping(String, String),
    Output(String, String),
    Export(String),
}

/// How what a value depends on has changed.
#[derive(Clone)]
pub(super) struct Taint {
    pub(super) sure: bool,
    pub(super) reason: Reason,
}

pub(super) fn surely(source: Source, text: String) -> Taint {
    Taint {
        sure: true,
        reason: Reason::new(source, text),
    }
}

pub(super) fn maybe(source: Source, text: String) -> Taint {
    Taint {
        sure: false,
        reason: Reason::new(source, text),
    }
}

/// All that changes and that values depend on.
pub(super) struct Taints<'a> {
    nested: BTreeMap<(&'a str, &'a str), &'a str>,
    symbols: BTreeMap<Symbol, Taint>,
}

impl<'a> Taints<'a> {
    /// Nothing changes yet; which resources are nested stacks, each with its file, is known.
    pub(super) fn new(nested: BTreeMap<(&'a str, &'a str), &'a str>) -> Self {
        Self {
            nested,
            symbols: BTreeMap::new(),
        }
    }

    /// Whether nothing changes.
    pub(super) fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }

    /// The file of a nested stack.
    pub(super) fn child(&self, file: &str, id: &str) -> Option<&'a str> {
        self.nested.get(&(file, id)).copied()
    }

    /// Whether a symbol changes, and whether surely.
    pub(super) fn changes(&self, symbol: &Symbol) -> Option<bool> {
        self.symbols.get(symbol).map(|taint| taint.sure)
    }

    /// Grows with each thing learnt; it cannot shrink.
    pub(super) fn weight(&self) -> usize {
        self.symbols.values().map(|taint| 1 + usize::from(taint.sure)).sum()
    }

    pub(super) fn learn(&mut self, symbol: Symbol, taint: Taint) {
        let known = self.symbols.get(&symbol);
        if known.is_none_or(|known| taint.sure && !known.sure) {
            self.symbols.insert(symbol, taint);
        }
    }

    pub(super) fn worst(&self, pair: &Pair<'_>, value: &Json) -> Option<Taint> {
        let taints = self.taints(pair, value);
        taints.into_iter().max_by_key(|taint| taint.sure)
    }

    /// Everything that a value depends on and that changes.
    pub(super) fn taints(&self, pair: &Pair<'_>, value: &Json) -> Vec<Taint> {
        let mut found = Vec::new();
        self.look(pair, value, true, &mut found);
        found
    }

    fn look(&self, pair: &Pair<'_>, value: &Json, sure: bool, found: &mut Vec<Taint>) {
        for symbol in self.named(pair, value) {
            if let Some(taint) = self.symbols.get(&symbol) {
                let sure = sure && taint.sure;
                found.push(Taint { sure, ..taint.clone() });
            }
        }
        // Which branch is taken is not known.
        let sure = sure && function(value).is_none_or(|(name, _)| name != "Fn::If");
        match value {
            Json::Array(items) => items.iter().for_each(|item| self.look(pair, item, sure, found)),
            Json::Object(map) => map.values().for_each(|value| self.look(pair, value, sure, found)),
            _ => {}
        }
    }

    /// What a value itself names, without what is inside it.
    fn named(&self, pair: &Pair<'_>, value: &Json) -> Vec<Symbol> {
        let file = || pair.new.file.clone();
        let Some((name, argument)) = function(value) else {
            // A condition names another as `{"Condition": "Name"}`.
            let other = value.as_object().filter(|map| map.len() == 1);
            let other = other.and_then(|map| map.get("Condition")?.as_str());
            return other
                .map(|name| Symbol::Condition(file(), name.to_owned()))
                .into_iter()
                .collect();
        };
        let first = argument.get(0).and_then(Json::as_str);
        match (name, argument, first) {
            ("Ref", Json::String(name), _) => vec![
                Symbol::Parameter(file(), name.clone()),
                Symbol::Replaced(file(), name.clone()),
            ],
            ("Fn::GetAtt", _, Some(id)) => {
                let attribute = argument.get(1).and_then(Json::as_str).unwrap_or_default();
                self.attribute(pair, id, attribute).into_iter().collect()
            }
            ("Fn::If", _, Some(condition)) => vec![Symbol::Condition(file(), condition.to_owned())],
            ("Fn::FindInMap", Json::Array(keys), Some(map)) => {
                let symbol = Symbol::Mapping(file(), map.to_owned());
                let reads = self.symbols.contains_key(&symbol) && mapping::reads_change(pair, map, &keys[1..]);
                reads.then_some(symbol).into_iter().collect()
            }
            ("Fn::ImportValue", ..) => pair.new.known(argument).map(Symbol::Export).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// What the value of an attribute depends on.
    fn attribute(&self, pair: &Pair<'_>, id: &str, attribute: &str) -> Option<Symbol> {
        let file = pair.new.file.as_str();
        if let (Some(child), Some(output)) = (self.nested.get(&(file, id)), attribute.strip_prefix("Outputs.")) {
            return Some(Symbol::Output((*child).to_owned(), output.to_owned()));
        }
        let item = pair.new.items.get(id)?;
        let first = attribute.split('.').next().unwrap_or_default();
        // A property that the template sets stays what it is when the resource is replaced.
        let set = item.properties.get(first);
        let stays = set.is_some() && set == pair.old.items.get(id).and_then(|old| old.properties.get(first));
        let read_only =
            || schema::resource(&item.kind).is_some_and(|schema| schema.read_only().any(|path| path == first));
        (!stays || read_only()).then(|| Symbol::Replaced(file.to_owned(), id.to_owned()))
    }
}
