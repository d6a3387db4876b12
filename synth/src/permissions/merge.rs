//! Fewer grants that say the same.

use std::collections::BTreeMap;

use super::Grant;
use super::numbered::{Book, Entry, Set};
use super::share::share;

/// Gathers the resources of each action, joins the actions on the same resources, takes out what another grant allows
/// already, and lets statements share where that allows no more.
///
/// Only grants with the same conditions are joined, so nothing is allowed that was not.
#[must_use]
pub fn merge(grants: impl IntoIterator<Item = Grant>) -> Vec<Grant> {
    let grants: Vec<Grant> = grants.into_iter().collect();
    let book = Book::of(grants.iter());
    let singles = grants.iter().flat_map(|grant| by_action(book.entry(grant)));
    let by_action = join(singles.collect(), |grant| (&grant.actions, &grant.conditions));
    let narrowed = by_action.into_iter().map(|grant| without_covered(&book, grant));
    let by_resource = join(narrowed.collect(), |grant| (&grant.resources, &grant.conditions));
    let mut merged = share(&book, prune(&book, by_resource));
    merged.sort_by(|a, b| (&a.resources, &a.conditions, &a.actions).cmp(&(&b.resources, &b.conditions, &b.actions)));
    merged.iter().map(|entry| book.grant(entry)).collect()
}

/// A grant for each action.
fn by_action(grant: Entry) -> Vec<Entry> {
    let singles: Vec<Set> = grant.actions.iter().map(|action| Set::of(*action)).collect();
    if singles.len() == 1 {
        return vec![grant];
    }
    let single = |actions: Set| Entry {
        actions,
        ..grant.clone()
    };
    singles.into_iter().map(single).collect()
}

/// A grant without the resources that others of it stand for: all of them beside `*`.
fn without_covered(book: &Book<'_>, mut grant: Entry) -> Entry {
    if let Some(everything) = book.number("*").filter(|number| grant.resources.contains(*number)) {
        grant.resources = Set::of(everything);
        return grant;
    }
    let all = grant.resources.clone();
    let others = |resource: u32| {
        all.iter()
            .any(|other| *other != resource && book.like(resource, *other))
    };
    grant.resources.retain(|resource| !others(resource));
    grant
}

/// Takes each action out of the grants whose resources are among those of another grant of it.
fn prune(book: &Book<'_>, mut grants: Vec<Entry>) -> Vec<Entry> {
    let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, grant) in grants.iter().enumerate() {
        for action in grant.actions.iter() {
            holders.entry(*action).or_default().push(index);
        }
    }
    let mut known: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for (action, holders) in holders.into_iter().filter(|(_, holders)| holders.len() > 1) {
        for &narrow in &holders {
            let wider = holders.iter().find(|&&wide| {
                let answer = || covers(book, &grants[wide], &grants[narrow]);
                wide != narrow && *known.entry((wide, narrow)).or_insert_with(answer)
            });
            if let Some(&wide) = wider {
                grants[narrow].actions.retain(|other| other != action);
                let needed_by = grants[narrow].needed_by.clone();
                grants[wide].needed_by.absorb(&needed_by);
            }
        }
    }
    grants.retain(|grant| !grant.actions.is_empty());
    grants
}

/// Takes out of grants what others allow already: for a role that has both.
#[must_use]
pub fn beside(grants: &[Grant], others: &[Grant]) -> Vec<Grant> {
    let book = Book::of(grants.iter().chain(others));
    let others: Vec<Entry> = others.iter().map(|other| book.entry(other)).collect();
    let rest = grants.iter().map(|grant| {
        let mut grant = book.entry(grant);
        let equal = |other: &Entry| other.resources == grant.resources && other.conditions == grant.conditions;
        let wider = others
            .iter()
            .filter(|other| equal(other) || covers(&book, other, &grant));
        let allowed: Vec<u32> = wider.flat_map(|other| other.actions.iter()).copied().collect();
        grant.actions.retain(|action| !allowed.contains(&action));
        grant
    });
    let rest = rest.filter(|grant| !grant.actions.is_empty());
    rest.map(|grant| book.grant(&grant)).collect()
}

/// Whether what one grant allows is more than what another does, its actions aside.
fn covers(book: &Book<'_>, wide: &Entry, narrow: &Entry) -> bool {
    let among = |narrow: &u32| {
        let mut wide = wide.resources.iter();
        wide.any(|wide| wide == narrow || book.like(*narrow, *wide))
    };
    let same = wide.resources == narrow.resources && wide.conditions == narrow.conditions;
    !same && wide.conditions.is_subset(&narrow.conditions) && narrow.resources.iter().all(among)
}

/// Joins what has the same key, in the order of the keys.
fn join(mut grants: Vec<Entry>, key: impl Fn(&Entry) -> (&Set, &Set)) -> Vec<Entry> {
    grants.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut joined: Vec<Entry> = Vec::new();
    for grant in grants {
        match joined.last_mut() {
            Some(last) if key(last) == key(&grant) => last.absorb(&grant),
            _ => joined.push(grant),
        }
    }
    joined
}
