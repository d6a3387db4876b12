//! Fewer grants that say the same.

use std::collections::BTreeMap;

use super::Grant;
use super::pattern::like;
use super::share::share;

/// Gathers the resources of each action, joins the actions on the same resources, takes out what another grant allows
/// already, and lets statements share where that allows no more.
///
/// Only grants with the same conditions are joined, so nothing is allowed that was not.
#[must_use]
pub fn merge(grants: impl IntoIterator<Item = Grant>) -> Vec<Grant> {
    let singles = grants.into_iter().flat_map(|grant| by_action(&grant));
    let by_action = join(singles, |grant| (grant.actions.clone(), grant.conditions.clone()));
    let narrowed = by_action.into_iter().map(without_covered);
    let by_resource = join(narrowed, |grant| (grant.resources.clone(), grant.conditions.clone()));
    let pruned = prune(by_resource);
    let mut merged = share(pruned);
    merged.sort_by(|a, b| (&a.resources, &a.conditions, &a.actions).cmp(&(&b.resources, &b.conditions, &b.actions)));
    merged
}

/// A grant for each action.
fn by_action(grant: &Grant) -> Vec<Grant> {
    let single = |action: &String| Grant {
        actions: [action.clone()].into(),
        ..grant.clone()
    };
    grant.actions.iter().map(single).collect()
}

/// A grant without the resources that others of it stand for: all of them beside `*`.
fn without_covered(mut grant: Grant) -> Grant {
    let all = grant.resources.clone();
    let others = |resource: &String| all.iter().any(|other| other != resource && like(resource, other));
    if all.contains("*") {
        grant.resources.retain(|resource| resource == "*");
    } else {
        grant.resources.retain(|resource| !others(resource));
    }
    grant
}

/// Takes each action out of the grants whose resources are among those of another grant of it.
fn prune(mut grants: Vec<Grant>) -> Vec<Grant> {
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, grant) in grants.iter().enumerate() {
        for action in &grant.actions {
            holders.entry(action.clone()).or_default().push(index);
        }
    }
    for (action, holders) in holders.into_iter().filter(|(_, holders)| holders.len() > 1) {
        for &narrow in &holders {
            let wider = holders
                .iter()
                .find(|&&wide| wide != narrow && covers(&grants[wide], &grants[narrow]));
            if let Some(&wide) = wider {
                grants[narrow].actions.remove(&action);
                let needed_by = grants[narrow].needed_by.clone();
                grants[wide].needed_by.extend(needed_by);
            }
        }
    }
    grants.retain(|grant| !grant.actions.is_empty());
    grants
}

/// Takes out of grants what others allow already: for a role that has both.
#[must_use]
pub fn beside(grants: Vec<Grant>, others: &[Grant]) -> Vec<Grant> {
    let covered = |grant: &Grant, action: &String| {
        let equal = |other: &&Grant| other.resources == grant.resources && other.conditions == grant.conditions;
        let holds = |other: &&Grant| other.actions.contains(action) && (equal(other) || covers(other, grant));
        others.iter().any(|other| holds(&other))
    };
    let rest = grants.into_iter().map(|grant| {
        let actions = grant
            .actions
            .iter()
            .filter(|action| !covered(&grant, action))
            .cloned()
            .collect();
        Grant { actions, ..grant }
    });
    rest.filter(|grant| !grant.actions.is_empty()).collect()
}

/// Whether what one grant allows is more than what another does, its actions aside.
fn covers(wide: &Grant, narrow: &Grant) -> bool {
    let among = |narrow: &String| wide.resources.iter().any(|wide| wide == narrow || like(narrow, wide));
    let resources = narrow.resources.iter().all(among);
    let same = wide.resources == narrow.resources && wide.conditions == narrow.conditions;
    resources && wide.conditions.is_subset(&narrow.conditions) && !same
}

fn join<K: Ord>(grants: impl IntoIterator<Item = Grant>, key: impl Fn(&Grant) -> K) -> Vec<Grant> {
    let mut joined: BTreeMap<K, Grant> = BTreeMap::new();
    for grant in grants {
        let key = key(&grant);
        joined.entry(key).or_default().absorb(grant);
    }
    joined.into_values().collect()
}
