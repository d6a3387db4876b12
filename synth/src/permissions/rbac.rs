//! What somebody may do inside of a cluster: computed from what steps apply and ask, as grants are on AWS.

use std::collections::{BTreeMap, BTreeSet};

/// Verbs that are allowed on objects of one kind in one namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// The group of the kind, such as `apps`; nothing for the first one.
    pub group: String,
    /// The kind as rights name it, such as `deployments` or `pods/log`.
    pub resource: String,
    /// The names of the objects; none means all of the namespace.
    pub names: BTreeSet<String>,
    /// The verbs.
    pub verbs: BTreeSet<String>,
    /// What needs it: steps as `workflow / step`.
    pub needed_by: BTreeSet<String>,
}

impl Rule {
    /// Verbs on all objects of a kind.
    #[must_use]
    pub fn new<'a>(group: &str, resource: &str, verbs: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            group: group.to_owned(),
            resource: resource.to_owned(),
            names: BTreeSet::new(),
            verbs: verbs.into_iter().map(str::to_owned).collect(),
            needed_by: BTreeSet::new(),
        }
    }

    /// The same on one object.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.names.insert(name.to_owned());
        self
    }

    /// The same, with something that needs it.
    #[must_use]
    pub fn needed_by(mut self, what: impl Into<String>) -> Self {
        self.needed_by.insert(what.into());
        self
    }
}

/// Rules that say the same in as few as possible, sorted: one for each kind with the same verbs on the same names. What is
/// allowed on all objects of a kind is not said again of one.
#[must_use]
pub fn merge_rules(rules: impl IntoIterator<Item = Rule>) -> Vec<Rule> {
    let mut by_object: BTreeMap<(String, String, Option<String>), (BTreeSet<String>, BTreeSet<String>)> =
        BTreeMap::new();
    for rule in rules {
        let names: Vec<Option<String>> = if rule.names.is_empty() {
            vec![None]
        } else {
            rule.names.into_iter().map(Some).collect()
        };
        for name in names {
            let key = (rule.group.clone(), rule.resource.clone(), name);
            let (verbs, needed) = by_object.entry(key).or_default();
            verbs.extend(rule.verbs.iter().cloned());
            needed.extend(rule.needed_by.iter().cloned());
        }
    }
    let everywhere: BTreeMap<(String, String), BTreeSet<String>> = by_object
        .iter()
        .filter(|((.., name), _)| name.is_none())
        .map(|((group, resource, _), (verbs, _))| ((group.clone(), resource.clone()), verbs.clone()))
        .collect();
    let mut merged: BTreeMap<(String, String, BTreeSet<String>), Rule> = BTreeMap::new();
    for ((group, resource, name), (mut verbs, needed_by)) in by_object {
        if let Some(known) = everywhere
            .get(&(group.clone(), resource.clone()))
            .filter(|_| name.is_some())
        {
            verbs.retain(|verb| !known.contains(verb));
        }
        if verbs.is_empty() {
            continue;
        }
        let of_all = name.is_none();
        let key = (group.clone(), resource.clone(), verbs.clone());
        let rule = merged.entry(key).or_insert_with(|| Rule {
            group,
            resource,
            names: BTreeSet::new(),
            verbs,
            needed_by: BTreeSet::new(),
        });
        debug_assert!(!of_all || rule.names.is_empty());
        rule.names.extend(name);
        rule.needed_by.extend(needed_by);
    }
    merged.into_values().collect()
}
