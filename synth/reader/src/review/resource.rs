//! What happens to each resource of one template.

use serde_json::Value as Json;

use super::canon::same;
use super::differ::{self, Difference, dotted};
use super::policy::{self, Fate};
use super::rename;
use super::spread::{Changes, Found, Pair, Spread, Symbol};
use super::stack::{Item, Stack};
use super::verdict::{Effect, Language, PropertyChange, Reason, ResourceChange, Source, Verdict};
use super::{Weaker, facts, secret, stateful};
use crate::read::template::json::function;

/// What happens to the resources of a template that both sides have.
pub(super) fn of_pair(pair: &Pair<'_>, spread: &Spread<'_>, changes: &Changes, out: &mut Vec<ResourceChange>) {
    let (old, new) = (&pair.old.items, &pair.new.items);
    let gone: Vec<&Item> = old.values().filter(|item| !new.contains_key(&item.id)).collect();
    let come: Vec<&Item> = new.values().filter(|item| !old.contains_key(&item.id)).collect();
    let renamed = rename::pairs(&gone, &come);
    for (at, item) in gone.iter().enumerate() {
        let to = renamed.iter().find(|pair| pair.0 == at).map(|pair| come[pair.1]);
        out.push(removed(&pair.old.shown, item, to));
    }
    for (at, item) in come.iter().enumerate() {
        let from = renamed.iter().find(|pair| pair.1 == at).map(|pair| gone[pair.0]);
        out.push(added(&pair.new.file, item, from));
    }
    for (id, after) in new {
        let Some(before) = old.get(id) else { continue };
        let key = (pair.new.file.clone(), id.clone());
        let found = changes.get(&key).map_or(&[][..], Vec::as_slice);
        out.extend(changed(pair, spread, before, after, found));
    }
}

/// What happens to the resources of a template that only one side has.
pub(super) fn of_one(stack: &Stack, is_new: bool, out: &mut Vec<ResourceChange>) {
    for item in stack.items.values() {
        let mut change = if is_new {
            added(&stack.file, item, None)
        } else {
            removed(&stack.file, item, None)
        };
        if !is_new {
            change
                .notes
                .push("the template is gone; a stack made from it stays until it is deleted".to_owned());
        }
        out.push(change);
    }
}

fn blank(file: &str, item: &Item, verdict: Verdict) -> ResourceChange {
    let named = (item.kind.as_str(), item.id.as_str());
    ResourceChange {
        stateful: stateful::holds(&item.kind),
        ..ResourceChange::new(Language::Template, (file, item.line), named, verdict)
    }
}

fn removed(file: &str, item: &Item, to: Option<&Item>) -> ResourceChange {
    let verdict = match policy::removed(item) {
        Fate::Delete => Verdict::Delete,
        Fate::Snapshot => Verdict::Snapshot,
        Fate::Retain => Verdict::Retain,
    };
    let mut change = blank(file, item, verdict);
    if let Some(to) = to {
        change.renamed_to = Some(to.id.clone());
        if change.stateful.is_some() {
            change.notes.push(format!(
                "to CloudFormation `{}` is a new resource beside this one",
                to.id
            ));
        }
    }
    if change.stateful.is_some() && !item.attributes.contains_key("DeletionPolicy") {
        change.notes.push(match verdict {
            Verdict::Snapshot => "it has no `DeletionPolicy`; AWS's default for it is `Snapshot`".to_owned(),
            _ => "it has no `DeletionPolicy`; AWS's default is `Delete`".to_owned(),
        });
    }
    change
}

fn added(file: &str, item: &Item, from: Option<&Item>) -> ResourceChange {
    let mut change = blank(file, item, Verdict::Create);
    if let Some(from) = from {
        change.renamed_from = Some(from.id.clone());
        if change.stateful.is_some() {
            change
                .notes
                .push(format!("it starts empty: what `{}` holds does not come along", from.id));
        }
    }
    change
}

fn changed(
    pair: &Pair<'_>,
    spread: &Spread<'_>,
    before: &Item,
    after: &Item,
    found: &[Found],
) -> Option<ResourceChange> {
    let mut change = blank(&pair.new.file, after, Verdict::Nothing);
    if before.kind != after.kind {
        change.changes.push(PropertyChange {
            path: "<Type>".to_owned(),
            old: Some(before.kind.clone().into()),
            new: Some(after.kind.clone().into()),
            reordered: false,
            effect: Effect::Refuse,
            reasons: vec![Reason::new(
                Source::Type,
                "CloudFormation refuses an update that changes the type of a logical id",
            )],
        });
        change.stateful = stateful::holds(&before.kind).or(change.stateful);
    }
    let shown = |found| property(found, before, after);
    change.changes.extend(found.iter().map(shown));
    attributes(before, after, &mut change);
    let worst = change.changes.iter().map(|change| change.effect).max();
    change.verdict = worst.map_or(Verdict::Nothing, Verdict::from);
    condition(pair, spread, before, after, &mut change);
    if change.changes.is_empty() && change.notes.is_empty() {
        return None;
    }
    if matches!(worst, Some(Effect::Replace | Effect::MayReplace)) {
        change.old_one = Some(policy::replaced(after));
        change.delete_first = facts::deletes_first(&after.kind);
    }
    change
        .changes
        .sort_by(|a, b| b.effect.cmp(&a.effect).then_with(|| a.path.cmp(&b.path)));
    Some(change)
}

fn property(found: &Found, before: &Item, after: &Item) -> PropertyChange {
    let (path, old) = (&found.difference.path, found.difference.old.as_ref());
    let gone = found.difference.new.is_none();
    let root = if gone { &before.properties } else { &after.properties };
    PropertyChange {
        path: dotted(path),
        old: secret::hide(old, path, root),
        new: secret::hide(found.difference.new.as_ref(), path, root),
        reordered: found.difference.reordered,
        effect: found.effect,
        reasons: found.reasons.clone(),
    }
}

/// Attributes beside the properties.
fn attributes(before: &Item, after: &Item, change: &mut ResourceChange) {
    let mut names: Vec<&String> = before.attributes.keys().chain(after.attributes.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (old, new) = (before.attributes.get(name), after.attributes.get(name));
        if old == new || old.zip(new).is_some_and(|(old, new)| same(old, new)) {
            continue;
        }
        let (effect, text) = match name.as_str() {
            "DependsOn" => (Effect::Nothing, "only the order of operations changes"),
            "Condition" => (Effect::Update, "the resource exists only where its condition holds"),
            _ => (Effect::Update, "recorded in the stack; what runs stays as it is"),
        };
        let parts = match (old, new) {
            (Some(Json::Object(old)), Some(Json::Object(new))) if function(&Json::Object(new.clone())).is_none() => {
                differ::maps(old, new)
            }
            _ => vec![Difference {
                path: Vec::new(),
                old: old.cloned(),
                new: new.cloned(),
                reordered: false,
            }],
        };
        change.changes.extend(parts.into_iter().map(|part| PropertyChange {
            path: match dotted(&part.path) {
                path if path.is_empty() => format!("<{name}>"),
                path => format!("<{name}>.{path}"),
            },
            old: part.old,
            new: part.new,
            reordered: part.reordered,
            effect,
            reasons: vec![Reason::new(Source::Attribute, text)],
        }));
    }
}

/// A resource goes away where its condition no longer holds.
fn condition(pair: &Pair<'_>, spread: &Spread<'_>, before: &Item, after: &Item, change: &mut ResourceChange) {
    let name = |item: &Item| {
        item.attributes
            .get("Condition")
            .and_then(Json::as_str)
            .map(str::to_owned)
    };
    let (old, new) = (name(before), name(after));
    let Some(new) = new else {
        if let Some(old) = old {
            change
                .notes
                .push(format!("it is created where condition `{old}` did not hold"));
        }
        return;
    };
    let symbol = Symbol::Condition(pair.new.file.clone(), new.clone());
    if old.as_ref() != Some(&new) || spread.changes(&symbol).is_some() {
        change.verdict = change.verdict.max(Verdict::MayDelete);
        let fate = policy::removed(before).word();
        let text = if old.as_ref() == Some(&new) {
            format!("condition `{new}` may come out differently; where it no longer holds, the resource is {fate}")
        } else {
            format!("where condition `{new}` does not hold, the resource is {fate}")
        };
        change.notes.push(text);
    }
}

/// Policies that protect less than before.
pub(super) fn weaker(pair: &Pair<'_>, out: &mut Vec<Weaker>) {
    for (id, after) in &pair.new.items {
        let Some(before) = pair.old.items.get(id) else { continue };
        for attribute in ["DeletionPolicy", "UpdateReplacePolicy"] {
            let (old, new) = (policy::under(before, attribute), policy::under(after, attribute));
            if new < old {
                out.push(Weaker {
                    files: vec![pair.new.file.clone()],
                    id: id.clone(),
                    kind: after.kind.clone(),
                    line: after.line,
                    attribute,
                    old,
                    new,
                    stateful: stateful::holds(&after.kind),
                });
            }
        }
    }
}
