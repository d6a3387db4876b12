//! Two sides of modules of `OpenTofu`: what a change does to what runs, as far as somebody has looked up what changes of
//! its kind do, and which ports get wider.
//!
//! Blocks are matched by folder, kind and name; a `moved` block says that one has another name. What a variable or a local
//! value comes to is not followed: a change there is told where it stands.

mod part;
mod wider;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::differ::{self, Difference, Step};
use super::verdict::{Effect, Language, PropertyChange, Reason, ResourceChange, Source, Verdict};
use super::wider::{Wider, holds};
use crate::read::Document;
use crate::read::tofu::ENDING;
use crate::schema::google;
use part::Part;
pub(super) use part::Parts;

/// Whether a document is part of a module.
pub(super) fn is_one(document: &Document) -> bool {
    document.file.ends_with(ENDING)
}

/// What changes in all blocks, and what gets wider by it.
pub(super) fn changes(old: &Parts, new: &Parts, resources: &mut Vec<ResourceChange>, told: &mut Vec<Wider>) {
    let (mut before, after) = (old.by_key(), new.by_key());
    if old.folders() == 1 && new.folders() == 1 {
        let folder = new.folder();
        before = before
            .into_iter()
            .map(|(key, part)| (key.within(folder), part))
            .collect();
    }
    new.follow_moves(&mut before);
    let gone: Vec<&Part> = before
        .iter()
        .filter(|(key, _)| !after.contains_key(*key))
        .map(|(_, part)| *part)
        .collect();
    let come: Vec<&Part> = after
        .iter()
        .filter(|(key, _)| !before.contains_key(*key))
        .map(|(_, part)| *part)
        .collect();
    for (key, after) in &after {
        if let Some(before) = before.get(key) {
            resources.extend(changed(before, after));
            wider::of(Some(before), after, told);
        }
    }
    for part in &gone {
        resources.push(removed(part, &come));
        wider::gone(part, told);
    }
    for part in come {
        let mut change = blank(part, Verdict::Create);
        change.renamed_from = gone.iter().find(|other| part.is_same(other)).map(|other| other.id());
        resources.push(change);
        wider::of(None, part, told);
    }
}

fn blank(part: &Part, verdict: Verdict) -> ResourceChange {
    let (title, id) = (part.title(), part.id());
    ResourceChange {
        stateful: part.holds(),
        ..ResourceChange::new(Language::Module, (&part.file, part.line), (&title, &id), verdict)
    }
}

fn removed(part: &Part, come: &[&Part]) -> ResourceChange {
    let verdict = if part.is_resource() {
        Verdict::Delete
    } else {
        Verdict::Remove
    };
    let mut change = blank(part, verdict);
    change.renamed_to = come.iter().find(|other| part.is_same(other)).map(|other| other.id());
    if let Some(to) = &change.renamed_to {
        change.notes.push(format!("a `moved` block to `{to}` keeps it"));
    }
    if part.is_resource() && part.prevents_destroy() {
        change
            .notes
            .push("its `prevent_destroy` goes with it, and protects nothing".to_owned());
    }
    change
}

/// What happens to a block that both sides have; nothing if it is the same.
fn changed(old: &Part, new: &Part) -> Option<ResourceChange> {
    let differences = differ::maps(&old.value, &new.value);
    let changes: Vec<PropertyChange> = differences
        .into_iter()
        .map(|difference| judged(new, difference))
        .collect();
    let worst = changes.iter().map(|change| change.effect).max()?;
    let mut change = blank(new, worst.into());
    if worst == Effect::Interrupt && new.value.get("allow_stopping_for_update") != Some(&Json::Bool(true)) {
        let note = "it fails unless `allow_stopping_for_update` is true: the machine has to be stopped";
        change.notes.push(note.to_owned());
    }
    if worst == Effect::Replace && new.prevents_destroy() {
        change.notes.push("its `prevent_destroy` refuses the plan".to_owned());
    }
    change.delete_first = worst == Effect::Replace && !new.creates_first();
    change.changes = changes;
    Some(change)
}

fn judged(part: &Part, difference: Difference) -> PropertyChange {
    let (effect, reason) = effect(part, &difference);
    PropertyChange {
        path: differ::dotted(&difference.path),
        old: difference.old,
        new: difference.new,
        reordered: difference.reordered,
        effect,
        reasons: reason
            .map(|text| Reason::new(Source::Provider, text))
            .into_iter()
            .collect(),
    }
}

/// What stands around the arguments of a resource and changes nothing that runs.
const AROUND: [&str; 5] = ["connection", "depends_on", "lifecycle", "provisioner", "timeouts"];

fn effect(part: &Part, difference: &Difference) -> (Effect, Option<String>) {
    let steps = difference.path.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    let steps: Vec<&str> = steps.collect();
    let first = steps.first().copied().unwrap_or_default();
    if !part.is_resource() {
        // Nobody follows here what it does to those that name it, so it is no small change.
        let note = part.note(first);
        let effect = if note.is_some() {
            Effect::Update
        } else {
            Effect::Nothing
        };
        return (effect, note);
    }
    if AROUND.contains(&first) {
        return (Effect::Nothing, None);
    }
    if part.ignores(first) {
        return (Effect::Nothing, Some("`ignore_changes` has it".to_owned()));
    }
    if ["count", "for_each"].contains(&first) {
        return (
            Effect::MayReplace,
            Some("it says how many there are, and which".to_owned()),
        );
    }
    of_argument(part, difference, &steps)
}

/// What the provider does about a change of an argument.
fn of_argument(part: &Part, difference: &Difference, steps: &[&str]) -> (Effect, Option<String>) {
    // Of a block that comes or goes it counts how many there are.
    let whole = difference.old.is_none() || difference.new.is_none();
    let end = if whole && is_block(&part.kind, steps) { "/#" } else { "" };
    let (effect, says) = match google::effect(&part.kind, &(steps.join("/") + end)) {
        None => (
            Effect::MayReplace,
            "nobody has looked up what a change of this kind does; see `tofu plan`",
        ),
        Some(google::Effect::InPlace) => return (Effect::Update, None),
        Some(google::Effect::Stop) => (Effect::Interrupt, "the machine stops and starts again"),
        Some(google::Effect::MayReplace) => (Effect::MayReplace, "no source says whether it is made anew"),
        Some(google::Effect::Replace) => (Effect::Replace, "the provider cannot change it"),
        Some(google::Effect::Shrink) => match (text(difference.old.as_ref()), text(difference.new.as_ref())) {
            (Some(old), Some(new)) if holds(new, old) => (Effect::Update, "the range grows"),
            _ => (
                Effect::Replace,
                "only a range that holds the old one is a change in place",
            ),
        },
    };
    (effect, Some(says.to_owned()))
}

fn text(value: Option<&Json>) -> Option<&str> {
    value?.as_str()
}

fn is_block(kind: &str, steps: &[&str]) -> bool {
    let mut block = google::resource(kind);
    for step in steps {
        block = block.and_then(|block| block.argument(step)?.block());
    }
    block.is_some()
}

/// Blocks of one side, by what they are known by.
type ByKey<'a> = BTreeMap<part::Key<'a>, &'a Part>;
