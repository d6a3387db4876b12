//! Grants in numbers. Merging compares sets again and again, and numbers that are given in the order of the texts
//! compare as the texts do, only faster.

use std::collections::BTreeSet;

use super::{Condition, Grant};

/// Numbers for texts or conditions.
pub(super) type Set = BTreeSet<u32>;

/// What the numbers stand for.
pub(super) struct Book {
    texts: Vec<String>,
    conditions: Vec<Condition>,
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

impl Book {
    /// Gives numbers to everything that the grants say.
    pub(super) fn of<'a>(grants: impl Iterator<Item = &'a Grant> + Clone) -> Self {
        let texts = grants.clone().flat_map(|grant| {
            let sets = [&grant.actions, &grant.resources, &grant.needed_by, &grant.reasons];
            sets.into_iter().flatten()
        });
        let texts: BTreeSet<&String> = texts.collect();
        let conditions: BTreeSet<&Condition> = grants.flat_map(|grant| &grant.conditions).collect();
        Self {
            patterns: texts.iter().map(|text| text.contains('*')).collect(),
            texts: texts.into_iter().cloned().collect(),
            conditions: conditions.into_iter().cloned().collect(),
        }
    }

    pub(super) fn entry(&self, grant: &Grant) -> Entry {
        let numbers = |texts: &BTreeSet<String>| numbers(&self.texts, texts);
        Entry {
            actions: numbers(&grant.actions),
            resources: numbers(&grant.resources),
            conditions: self::numbers(&self.conditions, &grant.conditions),
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
                .cloned()
                .collect(),
            needed_by: texts(&entry.needed_by),
            reasons: texts(&entry.reasons),
        }
    }

    pub(super) fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", String::as_str)
    }

    /// The number of a text that one of the grants says.
    pub(super) fn number(&self, text: &str) -> Option<u32> {
        let position = self.texts.binary_search_by(|known| known.as_str().cmp(text));
        position.ok().and_then(|position| u32::try_from(position).ok())
    }

    /// Whether what a text says is among what a pattern says.
    pub(super) fn like(&self, text: u32, pattern: u32) -> bool {
        let is_pattern = self.patterns.get(pattern as usize).is_some_and(|pattern| *pattern);
        is_pattern && super::pattern::like(self.text(text), self.text(pattern))
    }
}

fn numbers<T: Ord>(all: &[T], some: &BTreeSet<T>) -> Set {
    let number = |one: &T| {
        all.binary_search(one)
            .ok()
            .and_then(|position| u32::try_from(position).ok())
    };
    some.iter().filter_map(number).collect()
}

impl Entry {
    /// Takes in what another has, all of it.
    pub(super) fn absorb(&mut self, other: Self) {
        self.actions.extend(other.actions);
        self.resources.extend(other.resources);
        self.conditions.extend(other.conditions);
        self.needed_by.extend(other.needed_by);
        self.reasons.extend(other.reasons);
    }
}
