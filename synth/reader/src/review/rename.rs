//! A resource that goes and one that comes, alike but for the logical id.

use std::collections::BTreeMap;

use super::canon::same;
use super::stack::Item;

/// How much of two resources must be the same: three quarters of their properties.
const ENOUGH: (usize, usize) = (3, 4);

/// Comparing each with each takes the product of their numbers; of a type with more than this nothing is paired.
const MOST: usize = 250_000;

/// Pairs of what is gone with what is new, each used once: the indexes in both lists.
pub(super) fn pairs(gone: &[&Item], come: &[&Item]) -> Vec<(usize, usize)> {
    let (of_gone, of_come) = (by_kind(gone), by_kind(come));
    let mut candidates = Vec::new();
    for (kind, from) in of_gone {
        let Some(to) = of_come.get(kind).filter(|to| to.len() * from.len() <= MOST) else {
            continue;
        };
        for old in from {
            let scored = to.iter().filter_map(|new| Some((alike(gone[old], come[*new])?, *new)));
            candidates.extend(scored.map(|(score, new)| (std::cmp::Reverse(score), old, new)));
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

fn by_kind<'a>(items: &[&'a Item]) -> BTreeMap<&'a str, Vec<usize>> {
    let mut found: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        found.entry(&item.kind).or_default().push(at);
    }
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
