//! What somebody may do inside of a cluster: computed from what steps apply and ask, as grants are on AWS.

use std::collections::{BTreeMap, BTreeSet};

/// Verbs that are allowed on objects of one kind in one namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// The namespace; nothing for the system's own.
    pub namespace: String,
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
            namespace: String::new(),
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

    /// The same in another namespace than the system's own.
    #[must_use]
    pub fn within(mut self, namespace: &str) -> Self {
        namespace.clone_into(&mut self.namespace);
        self
    }

    /// The same, with something that needs it.
    #[must_use]
    pub fn needed_by(mut self, what: impl Into<String>) -> Self {
        self.needed_by.insert(what.into());
        self
    }
}

/// An object by its namespace, its group, its kind, and its name; no name is all of them.
type Objects = (String, String, String, Option<String>);

/// Verbs, and what needs them.
type Allowed = (BTreeSet<String>, BTreeSet<String>);

/// Rules that say the same in as few as possible, sorted: one for each kind with the same verbs on the same names. What is
/// allowed on all objects of a kind is not said again of one.
#[must_use]
pub fn merge_rules(rules: impl IntoIterator<Item = Rule>) -> Vec<Rule> {
    let by_object = by_object(rules);
    let mut merged: BTreeMap<(String, String, String, BTreeSet<String>), Rule> = BTreeMap::new();
    for ((namespace, group, resource, name), (verbs, needed_by)) in &by_object {
        let all = by_object.get(&(namespace.clone(), group.clone(), resource.clone(), None));
        let known = all.filter(|_| name.is_some()).map(|(verbs, _)| verbs);
        let verbs: BTreeSet<String> = match known {
            Some(known) => verbs.difference(known).cloned().collect(),
            None => verbs.clone(),
        };
        if verbs.is_empty() {
            continue;
        }
        let key = (namespace.clone(), group.clone(), resource.clone(), verbs.clone());
        let rule = merged.entry(key).or_insert_with(|| Rule {
            namespace: namespace.clone(),
            group: group.clone(),
            resource: resource.clone(),
            names: BTreeSet::new(),
            verbs,
            needed_by: BTreeSet::new(),
        });
        rule.names.extend(name.clone());
        rule.needed_by.extend(needed_by.iter().cloned());
    }
    merged.into_values().collect()
}

fn by_object(rules: impl IntoIterator<Item = Rule>) -> BTreeMap<Objects, Allowed> {
    let mut by_object: BTreeMap<Objects, Allowed> = BTreeMap::new();
    for rule in rules {
        let mut names: Vec<Option<String>> = rule.names.into_iter().map(Some).collect();
        if names.is_empty() {
            names.push(None);
        }
        for name in names {
            let key = (rule.namespace.clone(), rule.group.clone(), rule.resource.clone(), name);
            let (verbs, needed) = by_object.entry(key).or_default();
            verbs.extend(rule.verbs.iter().cloned());
            needed.extend(rule.needed_by.iter().cloned());
        }
    }
    by_object
}
