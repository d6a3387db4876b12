//! Fewer grants that say the same.

use std::collections::BTreeMap;

use super::Grant;

/// Joins the actions on the same resources, then the resources of the same actions.
///
/// Only grants with the same conditions are joined, so nothing is allowed that was not.
#[must_use]
pub fn merge(grants: impl IntoIterator<Item = Grant>) -> Vec<Grant> {
    let by_resource = join(grants, |grant| (grant.resources.clone(), grant.conditions.clone()));
    let mut merged = join(by_resource, |grant| (grant.actions.clone(), grant.conditions.clone()));
    merged.sort_by(|a, b| (&a.resources, &a.conditions).cmp(&(&b.resources, &b.conditions)));
    merged
}

fn join<K: Ord>(grants: impl IntoIterator<Item = Grant>, key: impl Fn(&Grant) -> K) -> Vec<Grant> {
    let mut joined: BTreeMap<K, Grant> = BTreeMap::new();
    for grant in grants {
        let key = key(&grant);
        joined.entry(key).or_default().absorb(grant);
    }
    joined.into_values().collect()
}
