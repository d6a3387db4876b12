//! Updates that `CloudFormation`, or the service behind it, refuses: why, and what goes through instead.

mod balancer;
mod named;
mod protected;
mod service;

use super::differ::{Step, dotted, is_within};
use super::policy::Fate;
use super::spread::{Pair, Spread};
use super::verdict::{Effect, Refusal, ResourceChange, Verdict};

/// Finds among the changes of one template those that are refused.
pub(super) fn judge(pair: &Pair<'_>, spread: &Spread<'_>, changes: &mut [ResourceChange]) {
    kinds(pair, changes);
    named::judge(pair, spread, changes);
    balancer::judge(pair, spread, changes);
    protected::judge(pair, changes);
    service::judge(pair, changes);
}

/// A logical id cannot become one of another type.
fn kinds(pair: &Pair<'_>, changes: &mut [ResourceChange]) {
    for change in changes {
        let (old, new) = (pair.old.items.get(&change.id), pair.new.items.get(&change.id));
        if old.zip(new).is_some_and(|(old, new)| old.kind != new.kind) {
            let ways = vec!["give the new resource a logical id of its own".to_owned()];
            refuse(
                change,
                "CloudFormation refuses to change the type of a logical id",
                ways,
            );
        }
    }
}

/// Makes a change one that is refused; the first reason that is found stays.
fn refuse(change: &mut ResourceChange, why: impl Into<String>, ways: Vec<String>) {
    if change.refusal.is_some() {
        return;
    }
    let mut effects = change.changes.iter().map(|value| value.effect);
    let replaced = effects.any(|effect| matches!(effect, Effect::Replace | Effect::Refuse));
    let would = if replaced { Verdict::Replace } else { change.verdict };
    change.verdict = Verdict::Refuse;
    change.refusal = Some(Refusal {
        would,
        why: why.into(),
        ways,
    });
}

/// Whether a change says anything of what stands at a path, or in it.
fn says_of(change: &ResourceChange, path: &[Step]) -> bool {
    let path = dotted(path);
    change
        .changes
        .iter()
        .any(|value| is_within(&value.path, &path) || is_within(&path, &value.path))
}

/// What is said of the old one where a replacement goes through.
fn then(fate: Fate, is_stateful: bool) -> &'static str {
    match fate {
        Fate::Retain => "the old one stays beside it, outside the stack",
        Fate::Snapshot => "the old one is deleted after a snapshot",
        Fate::Delete if is_stateful => "the old one is deleted with what it holds",
        Fate::Delete => "the old one is deleted",
    }
}
