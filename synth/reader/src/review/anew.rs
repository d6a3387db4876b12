//! Templates that come back under another word: those of another system or environment.
//!
//! Where folder or file are named anew, and names and exports with them, nothing is updated: new stacks appear beside the
//! old ones, which stay, cost, and hold what they hold until somebody deletes them.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::spread::Pair;
use super::stack::{Item, Stack};
use super::verdict::{Refusal, ResourceChange, Verdict};
use super::{InterfaceChange, Review, Section, resource, unique};

/// What is said of a template whose stack stays beside a new one.
pub(super) const STAYS: &str = "another system: a new stack appears, and the old one stays until somebody deletes it";

/// A word and what stands in its place.
pub(super) type Words = (String, String);

/// The words by which two paths differ; none if they differ in another way.
pub(super) fn words(old: &str, new: &str) -> Vec<Words> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('/').collect(), new.split('/').collect());
    let mut found: Vec<Words> = Vec::new();
    if old.len() == new.len() {
        let differing = old.iter().zip(&new).filter(|(old, new)| old != new);
        found.extend(differing.filter_map(|(old, new)| differing_words(old, new)));
        found.sort_unstable();
        found.dedup();
    }
    found
}

/// What is left of two names without the words that both begin and end with.
fn differing_words(old: &str, new: &str) -> Option<Words> {
    let split = |name: &str| -> Vec<String> {
        let parts = name.split_inclusive(|c: char| !c.is_alphanumeric());
        parts.map(str::to_owned).collect()
    };
    let (old, new) = (split(old), split(new));
    let front = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[front..], &new[front..]);
    let back = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let rest = |parts: &[String]| {
        let text = parts[..parts.len() - back].concat();
        text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    };
    let (old, new) = (rest(old), rest(new));
    (!old.is_empty() && !new.is_empty()).then_some((old, new))
}

/// How many names and exports of templates have the words, and how many of those are there with the others.
pub(super) fn renamed(pairs: &[(&Stack, &Stack)], words: &[Words]) -> bool {
    let (mut had, mut have) = (0, 0);
    for (old, new) in pairs {
        let now = names(new);
        for name in names(old) {
            let replaced = put(&name, words);
            if replaced != name {
                had += 1;
                have += usize::from(now.contains(&replaced));
            }
        }
    }
    have > 0 && have * 2 > had
}

/// What a template exports, and what nobody else can have.
fn names(stack: &Stack) -> BTreeSet<String> {
    let exports = stack.exports().map(|(name, _)| export(&name));
    exports.chain(stack.items.values().filter_map(held)).collect()
}

/// What nobody else can have while a resource is there, if that is the same in all stacks.
fn held(item: &Item) -> Option<String> {
    let identity = unique::of(item)?;
    let is_same = identity.parts.iter().all(|(_, value)| !differs_by_stack(value));
    is_same.then(|| identity.key())
}

/// Whether a value may be another one in another stack.
fn differs_by_stack(value: &Json) -> bool {
    const SAME: [&str; 4] = ["AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix"];
    match value {
        Json::Array(items) => items.iter().any(differs_by_stack),
        Json::Object(map) => map.iter().any(|(name, value)| match name.as_str() {
            "Ref" => !value.as_str().is_some_and(|of| SAME.contains(&of)),
            "Fn::Join" => differs_by_stack(value),
            _ => true,
        }),
        _ => false,
    }
}

/// Makes of an old template what it would be under the other words.
pub(super) fn stays(stack: &mut Stack, words: &[Words]) {
    stack.stays = Some(names(stack));
    for item in stack.items.values_mut() {
        put_all(&mut item.properties, words);
        put_all(&mut item.attributes, words);
    }
    for section in [&mut stack.conditions, &mut stack.outputs, &mut stack.rules] {
        put_all(section, words);
    }
}

fn put_all(map: &mut Map<String, Json>, words: &[Words]) {
    map.values_mut().for_each(|value| put_in(value, words));
}

fn put_in(value: &mut Json, words: &[Words]) {
    match value {
        Json::String(text) => *text = put(text, words),
        Json::Array(items) => items.iter_mut().for_each(|item| put_in(item, words)),
        Json::Object(map) => put_all(map, words),
        _ => {}
    }
}

/// A text with other words in the place of its own, where they stand by themselves.
fn put(text: &str, words: &[Words]) -> String {
    let mut text = text.to_owned();
    for (old, new) in words {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for (at, _) in text.match_indices(old.as_str()) {
            let stands_alone = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
            let end = at + old.len();
            if stands_alone(text[..at].chars().next_back()) && stands_alone(text[end..].chars().next()) {
                out.push_str(&text[from..at]);
                out.push_str(new);
                from = end;
            }
        }
        out.push_str(&text[from..]);
        text = out;
    }
    text
}

/// What happens where a stack appears beside one that stays: all is created, but for what the old one still holds.
pub(super) fn judge(pair: &Pair<'_>, review: &mut Review) {
    let Some(stays) = &pair.old.stays else { return };
    let first = review.resources.len();
    resource::of_one(pair.new, true, &mut review.resources);
    for change in &mut review.resources[first..] {
        let item = pair.new.items.get(&change.id);
        if item.and_then(held).is_some_and(|name| stays.contains(&name)) {
            refuse(change, &pair.old.shown);
        } else if change.stateful.is_some() && pair.old.items.contains_key(&change.id) {
            let note = format!(
                "it starts empty: what the stack of {} holds stays there",
                pair.old.shown
            );
            change.notes.push(note);
        }
    }
    for (name, output) in pair.new.exports().filter(|(name, _)| stays.contains(&export(name))) {
        review.interface.push(InterfaceChange {
            files: vec![pair.new.file.clone()],
            section: Section::Export,
            old: None,
            new: pair
                .new
                .outputs
                .get(output)
                .and_then(|output| output.get("Value").cloned()),
            breaks: true,
            notes: vec![format!(
                "the stack of {} stays and still exports it, so that this one is refused",
                pair.old.shown
            )],
            name,
        });
    }
}

/// Makes a creation one that is refused, as the name is not free.
fn refuse(change: &mut ResourceChange, old: &str) {
    change.verdict = Verdict::Refuse;
    change.refusal = Some(Refusal {
        would: Verdict::Create,
        why: format!("the stack of {old} stays and still has what is called the same: this one already exists"),
        ways: vec![
            "give it a name of its own".to_owned(),
            "delete the old stack first, with what it holds".to_owned(),
        ],
    });
}

fn export(name: &str) -> String {
    format!("export {name}")
}
