//! Templates that have another name than before.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::anew;
use super::canon::same;
use super::stack::{Item, Stack};
use super::{InterfaceChange, Section};

/// Comparing each with each takes the product of their numbers; with more than this only equal file names are.
const MOST: usize = 40_000;

/// Gives templates that moved the name that they have now, and tells so.
pub(super) fn follow(before: &mut [Stack], after: &[Stack]) -> Vec<InterfaceChange> {
    let names = |stacks: &[Stack]| -> Vec<String> { stacks.iter().map(|stack| stack.file.clone()).collect() };
    let (old, new) = (names(before), names(after));
    let lonely = |own: &[String], other: &[String]| -> Vec<usize> {
        let mut other: Vec<&String> = other.iter().collect();
        other.sort_unstable();
        let gone = own
            .iter()
            .enumerate()
            .filter(|(_, name)| other.binary_search(name).is_err());
        gone.map(|(at, _)| at).collect()
    };
    let (gone, come) = (lonely(&old, &new), lonely(&new, &old));
    let few = gone.len() * come.len() <= MOST;
    // All of them stand under one name if they are few.
    let group = |name: &str| if few { String::new() } else { base(name).to_owned() };
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for to in come {
        groups.entry(group(&new[to])).or_default().push(to);
    }
    let mut candidates = Vec::new();
    for from in gone {
        for to in groups.get(&group(&old[from])).into_iter().flatten() {
            if let Some(alike) = alike(&before[from], &after[*to]) {
                let near = common_end(&old[from], &new[*to]);
                candidates.push((Reverse(alike), Reverse(near), from, *to));
            }
        }
    }
    let matches = best(candidates, (before.len(), after.len()));
    let another = another(before, after, &matches);
    for (from, to) in &matches {
        before[*from].file.clone_from(&new[*to]);
    }
    let told = matches.iter().zip(another);
    told.map(|((from, to), another)| tell(&old[*from], &new[*to], another))
        .collect()
}

/// How much two templates have in common, how much their names have, and which they are.
type Candidate = (Reverse<(usize, usize)>, Reverse<usize>, usize, usize);

/// Of all that may belong together those that have most in common, each once.
fn best(mut candidates: Vec<Candidate>, (before, after): (usize, usize)) -> Vec<(usize, usize)> {
    candidates.sort_unstable();
    let mut matches = Vec::new();
    let (mut used_old, mut used_new) = (vec![false; before], vec![false; after]);
    for (.., from, to) in candidates {
        if !used_old[from] && !used_new[to] {
            (used_old[from], used_new[to]) = (true, true);
            matches.push((from, to));
        }
    }
    matches
}

/// Which of the templates that moved are those of another system now. All that the same words tell apart are judged
/// together, as not each has a name.
fn another(before: &mut [Stack], after: &[Stack], matches: &[(usize, usize)]) -> Vec<bool> {
    let mut groups: BTreeMap<Vec<anew::Words>, Vec<(usize, usize)>> = BTreeMap::new();
    for (from, to) in matches {
        let words = anew::words(&before[*from].file, &after[*to].file);
        groups.entry(words).or_default().push((*from, *to));
    }
    for (words, group) in groups {
        let pairs: Vec<(&Stack, &Stack)> = group.iter().map(|(from, to)| (&before[*from], &after[*to])).collect();
        if anew::renamed(&pairs, &words) {
            for (from, _) in &group {
                anew::stays(&mut before[*from], &words);
            }
        }
    }
    matches.iter().map(|(from, _)| before[*from].stays.is_some()).collect()
}

fn tell(old: &str, new: &str, another: bool) -> InterfaceChange {
    let moved = "compared with the template that it was; a stack named after the file would be another";
    InterfaceChange {
        files: vec![new.to_owned()],
        section: Section::Template,
        name: new.to_owned(),
        old: Some(old.into()),
        new: Some(new.into()),
        breaks: another,
        notes: vec![if another { anew::STAYS } else { moved }.to_owned()],
    }
}

/// How much two templates have in common, if at least half of their resources have the same id and type: the number of
/// those, and of those that are the same.
fn alike(old: &Stack, new: &Stack) -> Option<(usize, usize)> {
    let both = new.items.values().filter_map(|after| {
        let before = old.items.get(&after.id)?;
        (before.kind == after.kind).then_some((before, after))
    });
    let (shared, equal) = both.fold((0, 0), |(shared, all), (before, after)| {
        (shared + 1, all + usize::from(equal(before, after)))
    });
    let union = old.items.len() + new.items.len() - shared;
    (shared > 0 && shared * 2 >= union).then_some((shared, equal))
}

fn equal(before: &Item, after: &Item) -> bool {
    before.properties.len() == after.properties.len()
        && before.properties.iter().all(|(name, value)| {
            let now = after.properties.get(name);
            now.is_some_and(|now| same(value, now))
        })
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// How many characters two names have in common at their ends.
fn common_end(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count()
}
