//! What a service changes behind `CloudFormation`, and what it does beside what is written: an update of either is not
//! made in place.

mod egress;
mod grown;
mod rotated;
mod scaled;
mod traffic;

use serde_json::Value as Json;

use super::differ::dotted;
use super::spread::Pair;
use super::stack::{Item, Stack};
use super::verdict::{Effect, Reason, ResourceChange, Source, Verdict};
use crate::read::template::json::{function, target, values};

/// Tells it of the changes of one template, which begin at a place of the list; further ones are put behind them.
pub(super) fn judge(pair: &Pair<'_>, first: usize, all: &mut Vec<ResourceChange>) {
    let changes = &mut all[first..];
    if !changes.is_empty() {
        traffic::judge(pair, changes);
        scaled::judge(pair, changes);
        grown::judge(pair, changes);
        rotated::judge(pair, changes);
        egress::judge(pair, first, all);
    }
}

/// Raises what a change of values below some paths does, and says why; of all values if no path is given.
fn raise(change: &mut ResourceChange, paths: &[&str], effect: Effect, source: Source, why: &str) {
    let is_inside = |path: &str, name: &str| {
        let rest = path.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let below = |path: &str| paths.is_empty() || paths.iter().any(|name| is_inside(path, name));
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
    change
        .changes
        .iter()
        .any(|value| value.path.split(['.', '[']).next() == Some(name))
}

/// A number that a template says, also as a text.
fn number(stack: &Stack, value: &Json) -> Option<f64> {
    stack.known(value)?.trim().parse().ok()
}

/// A path as changes have it.
fn path_of(keys: &[&str]) -> String {
    let steps: Vec<super::differ::Step> = keys
        .iter()
        .map(|key| super::differ::Step::Key((*key).to_owned()))
        .collect();
    dotted(&steps)
}
