//! Names that are not free: `CloudFormation` creates first and deletes last.

use std::collections::BTreeMap;

use super::super::differ::{Step, dotted};
use super::super::facts;
use super::super::policy::{self, Fate};
use super::super::spread::{Pair, Spread};
use super::super::stack::Item;
use super::super::unique::{self, Identity};
use super::super::verdict::{Effect, ResourceChange, Verdict};
use super::{refuse, says_of, then};

/// Finds what would be made while another one of the same name is still there.
pub(super) fn judge(pair: &Pair<'_>, spread: &Spread<'_>, changes: &mut [ResourceChange]) {
    let leaving = leaving(pair, changes);
    for change in changes {
        let Some(item) = pair.new.items.get(&change.id) else {
            continue;
        };
        let Some(identity) = unique::of(item) else { continue };
        match change.verdict {
            Verdict::Replace | Verdict::MayReplace if keeps(change, &identity) => own(change, item, &identity),
            Verdict::Create | Verdict::Replace => {
                let holder = leaving.get(&identity.key()).filter(|old| old.id != item.id);
                let same_place = || identity.parts.iter().all(|(_, value)| !spread.touches(pair, value));
                if let Some(old) = holder.filter(|old| !excluded(old, item) && same_place()) {
                    taken(change, old, &identity);
                }
            }
            _ => {}
        }
    }
}

/// What is there while the update lasts and goes when it is cleaned up, by what tells it from others.
fn leaving<'a>(pair: &Pair<'a>, changes: &[ResourceChange]) -> BTreeMap<String, &'a Item> {
    let goes = |change: &&ResourceChange| {
        let gone = !pair.new.items.contains_key(&change.id);
        gone || change.changes.iter().any(|value| value.effect == Effect::Replace)
    };
    let items = changes
        .iter()
        .filter(goes)
        .filter_map(|change| pair.old.items.get(&change.id));
    items.filter_map(|item| Some((unique::of(item)?.key(), item))).collect()
}

/// Of two resources under different conditions one may be there only where the other is not.
fn excluded(old: &Item, new: &Item) -> bool {
    let condition = |item: &Item| item.attributes.get("Condition").cloned();
    condition(old).zip(condition(new)).is_some_and(|(old, new)| old != new)
}

/// Whether a replacement leaves the name as it is.
fn keeps(change: &ResourceChange, identity: &Identity<'_>) -> bool {
    identity.is_name && !change.delete_first && !identity.parts.iter().any(|(path, _)| says_of(change, path))
}

/// A resource that must be replaced and keeps its name.
fn own(change: &mut ResourceChange, item: &Item, identity: &Identity<'_>) {
    let name = name_of(identity);
    if change.verdict == Verdict::MayReplace {
        let text = format!(
            "where it has to be replaced CloudFormation refuses, as `{name}` stays the same; another name lets it through"
        );
        change.notes.push(text);
        return;
    }
    let old_one = policy::replaced(item);
    let mut ways = vec![format!(
        "change `{name}` in the same update, or leave it out: the new one is made, and {}",
        then(old_one, change.stateful.is_some())
    )];
    if change.stateful.is_some() && old_one != Fate::Retain {
        ways.push("to move what it holds, set `UpdateReplacePolicy: Retain` with the new name".to_owned());
    }
    let why = format!(
        "it has to be replaced and keeps its `{name}`: CloudFormation cannot update a custom-named resource so, as the new \
         one would be made while the old one still has the name"
    );
    refuse(change, why, ways);
}

/// A resource under another logical id that has the same name.
fn taken(change: &mut ResourceChange, old: &Item, identity: &Identity<'_>) {
    if facts::deletes_first(&change.kind) && change.verdict == Verdict::Replace {
        return;
    }
    let id = &old.id;
    let why = format!(
        "`{id}` has the same {} until the update is cleaned up: CloudFormation creates first and deletes last, so that this \
         one already exists",
        all_of(identity)
    );
    let mut ways = Vec::new();
    if old.kind == change.kind && change.verdict == Verdict::Create {
        ways.push(format!("keep the logical id `{id}`"));
        ways.push(format!(
            "rename `{id}` in the stack with `aws cloudformation create-stack-refactor`, which touches no resource"
        ));
    }
    if identity.is_name {
        ways.push(format!("change `{}` too", name_of(identity)));
    }
    ways.push(format!("take `{id}` out in one update, and bring this one in the next"));
    refuse(change, why, ways);
}

/// Of many parts the first say enough.
fn all_of(identity: &Identity<'_>) -> String {
    let parts = identity.parts.iter().map(|(path, _)| format!("`{}`", dotted(path)));
    let shown: Vec<String> = parts.take(3).collect();
    let more = if identity.parts.len() > shown.len() {
        " and so on"
    } else {
        ""
    };
    format!("{}{more}", shown.join(", "))
}

fn name_of(identity: &Identity<'_>) -> String {
    let first: &[Step] = identity.parts.first().map_or(&[], |(path, _)| path);
    dotted(first)
}
