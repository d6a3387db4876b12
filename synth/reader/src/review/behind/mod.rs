//! What a service changes behind `CloudFormation`, and what it does beside what is written: an update of either is not
//! made in place.

mod egress;
mod grown;
mod rotated;
mod scaled;
mod traffic;

use serde_json::Value as Json;

use super::differ::{Step, dotted, first, is_within};
use super::spread::Pair;
use super::stack::{Item, Stack};
use super::verdict::{Effect, Reason, ResourceChange, Source, Verdict};
use crate::read::template::json::{function, target, values};

/// Tells it of the changes of one template, which begin at a place of the list; further ones are put behind them.
pub(super) fn judge(pair: &Pair<'_>, begin: usize, all: &mut Vec<ResourceChange>) {
    let changes = &mut all[begin..];
    if !changes.is_empty() {
        traffic::judge(pair, changes);
        scaled::judge(pair, changes);
        grown::judge(pair, changes);
        rotated::judge(pair, changes);
        egress::judge(pair, begin, all);
    }
}

/// Raises what a change of values below some paths does, and says why; of all values if no path is given.
fn raise(change: &mut ResourceChange, paths: &[&str], effect: Effect, source: Source, why: &str) {
    let below = |path: &str| paths.is_empty() || paths.iter().any(|name| is_within(path, name));
    let mut raised = false;
    for value in &mut change.changes {
        if below(&value.path) && value.effect < effect && value.effect != Effect::Nothing {
            value.effect = effect;
            value.reasons.push(Reason::new(source, why));
            raised = true;
        }
    }
    if raised {
        change.verdict = change.verdict.max(Verdict::from(effect));
    }
}

/// The resources of a template that a value names, at any depth.
fn named<'a>(stack: &'a Stack, value: &Json) -> Vec<&'a Item> {
    if let Some((id, _)) = target(value) {
        return stack.items.get(id).into_iter().collect();
    }
    match value {
        Json::Array(items) => items.iter().flat_map(|item| named(stack, item)).collect(),
        Json::Object(map) => map.values().flat_map(|value| named(stack, value)).collect(),
        _ => Vec::new(),
    }
}

/// The values at a path of keys below a value, through lists and both branches of a choice.
fn below<'a>(value: &'a Json, path: &[&str]) -> Vec<&'a Json> {
    let all = values(value)
        .into_iter()
        .filter(|one| !path.is_empty() || function(one).is_some() || !one.is_array());
    let Some((first, rest)) = path.split_first() else {
        return all.collect();
    };
    all.filter_map(|one| one.get(*first))
        .flat_map(|one| below(one, rest))
        .collect()
}

/// The values at a path of keys of a resource.
fn at<'a>(item: &'a Item, path: &[&str]) -> Vec<&'a Json> {
    let Some((first, rest)) = path.split_first() else {
        return Vec::new();
    };
    item.properties
        .get(*first)
        .map(|value| below(value, rest))
        .unwrap_or_default()
}

/// Whether a change is one of an item that is updated.
fn is_updated(change: &ResourceChange) -> bool {
    matches!(
        change.verdict,
        Verdict::Update | Verdict::Traffic | Verdict::Overwrite | Verdict::Interrupt | Verdict::MayReplace
    )
}

/// Whether a value at a path changes.
fn touches(change: &ResourceChange, name: &str) -> bool {
    change.changes.iter().any(|value| first(&value.path) == name)
}

/// A path as changes have it.
fn path_of(keys: &[&str]) -> String {
    let steps: Vec<Step> = keys.iter().map(|key| Step::Key((*key).to_owned())).collect();
    dotted(&steps)
}
