//! A resource that goes and one that comes, alike but for the logical id.

use super::canon::same;
use super::side::Item;

/// How much of two resources must be the same: three quarters of their properties.
const ENOUGH: (usize, usize) = (3, 4);

/// Pairs of what is gone with what is new, each used once: the indexes in both lists.
pub(super) fn pairs(gone: &[&Item], come: &[&Item]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (from, old) in gone.iter().enumerate() {
        for (to, new) in come.iter().enumerate() {
            if old.kind == new.kind
                && let Some(score) = alike(old, new)
            {
                candidates.push((std::cmp::Reverse(score), from, to));
            }
        }
    }
    candidates.sort_unstable();
    let (mut from_used, mut to_used) = (vec![false; gone.len()], vec![false; come.len()]);
    let mut found = Vec::new();
    for (_, from, to) in candidates {
        if !from_used[from] && !to_used[to] {
            (from_used[from], to_used[to]) = (true, true);
            found.push((from, to));
        }
    }
    found.sort_unstable();
    found
}

/// The thousandths of the properties that are the same, if they are enough.
fn alike(old: &Item, new: &Item) -> Option<usize> {
    let shared = old.properties.iter().filter(|(name, value)| {
        let other = new.properties.get(*name);
        other.is_some_and(|other| same(value, other))
    });
    let shared = shared.count();
    let only_new = new.properties.keys().filter(|name| !old.properties.contains_key(*name));
    let all = old.properties.len() + only_new.count();
    if all == 0 {
        return Some(1000);
    }
    (shared * ENOUGH.1 >= all * ENOUGH.0).then(|| shared * 1000 / all)
}
