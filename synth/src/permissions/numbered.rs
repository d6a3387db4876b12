//! Grants in numbers. Merging compares sets again and again, and numbers that are given in the order of the texts
//! compare as the texts do, only faster.

use std::collections::BTreeSet;

use super::{Condition, Grant};

/// Numbers for texts or conditions, sorted, each once. They are many and small, so they lie in one piece of memory.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Set(Vec<u32>);

impl Set {
    pub(super) fn of(number: u32) -> Self {
        Self(vec![number])
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, u32> {
        self.0.iter()
    }

    pub(super) fn contains(&self, number: u32) -> bool {
        self.0.binary_search(&number).is_ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn is_subset(&self, other: &Self) -> bool {
        self.0.len() <= other.0.len() && self.iter().all(|number| other.contains(*number))
    }

    pub(super) fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        self.0.retain(|number| keep(*number));
    }

    pub(super) fn absorb(&mut self, other: &Self) {
        if other.is_subset(self) {
            return;
        }
        self.0.extend(&other.0);
        self.0.sort_unstable();
        self.0.dedup();
    }
}

/// What the numbers stand for.
pub(super) struct Book<'a> {
    texts: Vec<&'a str>,
    conditions: Vec<&'a Condition>,
    /// Which texts have a `*`, so that others can be like them.
    patterns: Vec<bool>,
}

/// A grant in numbers.
#[derive(Clone, Default)]
pub(super) struct Entry {
    pub(super) actions: Set,
    pub(super) resources: Set,
    pub(super) conditions: Set,
    pub(super) needed_by: Set,
    pub(super) reasons: Set,
}

impl<'a> Book<'a> {
    /// Gives numbers to everything that the grants say.
    pub(super) fn of(grants: impl Iterator<Item = &'a Grant> + Clone) -> Self {
        let mut texts: Vec<&str> = Vec::new();
        for grant in grants.clone() {
            let sets = [&grant.actions, &grant.resources, &grant.needed_by, &grant.reasons];
            texts.extend(sets.into_iter().flatten().map(String::as_str));
        }
        texts.sort_unstable();
        texts.dedup();
        let conditions: BTreeSet<&Condition> = grants.flat_map(|grant| &grant.conditions).collect();
        Self {
            patterns: texts.iter().map(|text| text.contains('*')).collect(),
            texts,
            conditions: conditions.into_iter().collect(),
        }
    }

    pub(super) fn entry(&self, grant: &Grant) -> Entry {
        let numbers = |texts: &BTreeSet<String>| Set(texts.iter().filter_map(|text| self.number(text)).collect());
        let conditions = grant.conditions.iter();
        let conditions = conditions.filter_map(|condition| number(self.conditions.binary_search(&condition)));
        Entry {
            actions: numbers(&grant.actions),
            resources: numbers(&grant.resources),
            conditions: Set(conditions.collect()),
            needed_by: numbers(&grant.needed_by),
            reasons: numbers(&grant.reasons),
        }
    }

    pub(super) fn grant(&self, entry: &Entry) -> Grant {
        let texts = |set: &Set| set.iter().map(|number| self.text(*number).to_owned()).collect();
        let conditions = entry.conditions.iter();
        Grant {
            actions: texts(&entry.actions),
            resources: texts(&entry.resources),
            conditions: conditions
                .filter_map(|number| self.conditions.get(*number as usize))
                .map(|condition| (*condition).clone())
                .collect(),
            needed_by: texts(&entry.needed_by),
            reasons: texts(&entry.reasons),
        }
    }

    pub(super) fn text(&self, number: u32) -> &'a str {
        self.texts.get(number as usize).copied().unwrap_or_default()
    }

    /// The number of a text that one of the grants says.
    pub(super) fn number(&self, text: &str) -> Option<u32> {
        number(self.texts.binary_search(&text))
    }

    /// Whether what a text says is among what a pattern says.
    pub(super) fn like(&self, text: u32, pattern: u32) -> bool {
        let is_pattern = self.patterns.get(pattern as usize).is_some_and(|pattern| *pattern);
        is_pattern && super::pattern::like(self.text(text), self.text(pattern))
    }
}

fn number(found: Result<usize, usize>) -> Option<u32> {
    found.ok().and_then(|position| u32::try_from(position).ok())
}

impl Entry {
    /// Takes in what another has, all of it.
    pub(super) fn absorb(&mut self, other: &Self) {
        self.actions.absorb(&other.actions);
        self.resources.absorb(&other.resources);
        self.conditions.absorb(&other.conditions);
        self.needed_by.absorb(&other.needed_by);
        self.reasons.absorb(&other.reasons);
    }
}
