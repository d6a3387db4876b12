//! Two sides of a set of templates, manifests, modules and workflows: what changes, what that does, what gets wider.
//!
//! [`compare`] matches templates by file, looks at each value in one form (so that `!Sub` and `!Join` of the same
//! pieces are equal), asks the schema store what a change of each property does, and lets a replacement spread along
//! references. Workflows are compared by file and job, objects of Kubernetes by kind, namespace and name. It is pure;
//! [`source`] reads the two sides.

mod anew;
mod behind;
mod canon;
mod differ;
mod facts;
mod first;
mod globals;
mod image;
mod imports;
mod interface;
mod manifest;
mod moved;
mod once;
mod order;
mod policy;
mod refused;
mod rename;
mod resource;
mod secret;
pub mod show;
mod side;
pub mod source;
mod spread;
mod stack;
mod stateful;
mod tofu;
mod unique;
mod verdict;
mod wider;
mod workflow;

use std::collections::BTreeMap;

use serde::Serialize;

pub use first::First;
pub use interface::{InterfaceChange, Section};
pub use order::Step;
pub use policy::Fate;
pub use verdict::{Effect, Language, PropertyChange, Reason, Refusal, ResourceChange, Source, Verdict};
pub use wider::{Row, What, Wider};

use crate::read::Document;
pub use side::Side;
use spread::{Pair, Spread};
use stack::Stack;

/// A policy that protects less than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Weaker {
    /// The templates in which it does.
    pub files: Vec<String>,
    /// The logical id.
    pub id: String,
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The line of the logical id in the new template.
    pub line: u32,
    /// `DeletionPolicy` or `UpdateReplacePolicy`.
    pub attribute: &'static str,
    /// What happened to the resource before, AWS's default included.
    pub old: Fate,
    /// What happens to it now.
    pub new: Fate,
    /// What the resource holds that cannot be made again.
    pub stateful: Option<&'static str>,
}

/// What a reviewer should know, the most dangerous first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// What is to be known, or done, before all else.
    pub first: Vec<First>,
    /// What happens to resources.
    pub resources: Vec<ResourceChange>,
    /// Policies that protect less.
    pub weaker: Vec<Weaker>,
    /// What more is allowed, reachable or unprotected.
    pub wider: Vec<Wider>,
    /// Parameters, outputs, exports, conditions and mappings that change.
    pub interface: Vec<InterfaceChange>,
    /// The steps that get there where a deployment in plain order, exporters first, would be refused.
    pub order: Vec<Step>,
}

/// What a pipeline can fail on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailOn {
    /// A resource is replaced, or may be, or is deleted; or its change is refused.
    Replace,
    /// A change is refused, by `CloudFormation` or by the API server, or needs an order of its own.
    Refused,
    /// A resource is deleted, also when it is renamed, or may be; or a policy protects less.
    Delete,
    /// Something gets wider.
    Wider,
    /// Anything changes.
    Any,
}

impl Review {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty() && self.weaker.is_empty() && self.wider.is_empty() && self.interface.is_empty()
    }

    /// The resources whose content is in danger.
    pub fn danger(&self) -> impl Iterator<Item = &ResourceChange> {
        self.resources.iter().filter(|change| change.endangers())
    }

    /// Whether a pipeline that fails on this fails.
    #[must_use]
    pub fn fails_on(&self, what: FailOn) -> bool {
        let any = |verdicts: &[Verdict]| self.resources.iter().any(|change| verdicts.contains(&change.verdict));
        let deletes = [Verdict::Delete, Verdict::Snapshot, Verdict::MayDelete];
        let would = |change: &ResourceChange| change.refusal.as_ref().is_some_and(|no| deletes.contains(&no.would));
        match what {
            FailOn::Replace => any(&deletes) || any(&[Verdict::Replace, Verdict::MayReplace, Verdict::Refuse]),
            FailOn::Refused => any(&[Verdict::Refuse]) || self.interface.iter().any(InterfaceChange::is_refused),
            FailOn::Delete => any(&deletes) || self.resources.iter().any(would) || !self.weaker.is_empty(),
            FailOn::Wider => !self.wider.is_empty(),
            FailOn::Any => !self.is_empty(),
        }
    }
}

/// Compares two sides of a set of templates.
///
/// Templates are matched by [`Document::file`]; if each side is one template, the two are compared whatever their
/// names.
#[must_use]
pub fn compare(old: &[Document], new: &[Document]) -> Review {
    let side = |documents: &[Document]| {
        let mut side = Side::default();
        for document in documents {
            side.push(document);
        }
        side
    };
    compare_sides(side(old), side(new))
}

/// [`compare`] for sides whose documents are no longer in memory.
#[must_use]
pub fn compare_sides(old: Side, new: Side) -> Review {
    let left_out = old.left_out || new.left_out;
    let (mut before, after) = (old.stacks, new.stacks);
    let (mut flows_before, flows_after) = (old.workflows, new.workflows);
    if let ([before], [after], false) = (before.as_mut_slice(), after.as_slice(), left_out) {
        before.file.clone_from(&after.file);
    }
    if let ([before], [after], false) = (flows_before.as_mut_slice(), flows_after.as_slice(), left_out) {
        before.file.clone_from(&after.file);
    }
    let moved = moved::follow(&mut before, &after);
    let mut review = of_stacks(&before, &after, moved);
    manifest::changes(&old.manifests, &new.manifests, &mut review.resources, &mut review.wider);
    tofu::changes(&old.parts, &new.parts, &mut review.resources, &mut review.wider);
    workflow::changes(&flows_before, &flows_after, &mut review.resources, &mut review.wider);
    once::tell(&mut review);
    review.first = first::find(&review, &by_file(&after));
    review
}

/// What changes in templates.
fn of_stacks(before: &[Stack], after: &[Stack], moved: Vec<InterfaceChange>) -> Review {
    let (of_before, of_after) = (by_file(before), by_file(after));
    let pairs = after.iter().filter_map(|new| {
        let old = of_before.get(new.file.as_str())?;
        Some(Pair { old, new })
    });
    let (pairs, beside): (Vec<Pair<'_>>, Vec<Pair<'_>>) = pairs.partition(|pair| pair.old.stays.is_none());
    let (spread, changes) = Spread::new(&pairs);
    // No stack of another system is updated.
    let updated: BTreeMap<&str, &Stack> = of_before
        .iter()
        .filter(|(_, stack)| stack.stays.is_none())
        .map(|(file, stack)| (*file, *stack))
        .collect();
    let mut review = Review {
        first: Vec::new(),
        resources: Vec::new(),
        weaker: Vec::new(),
        wider: Vec::new(),
        interface: moved,
        order: order::steps(&updated, &of_after, &spread),
    };
    let both = wider::Both::new(&of_before, &of_after);
    for pair in &pairs {
        let first = review.resources.len();
        resource::of_pair(pair, &spread, &changes, &mut review.resources);
        refused::judge(pair, &spread, &mut review.resources[first..]);
        behind::judge(pair, first, &mut review.resources);
    }
    for pair in &beside {
        anew::judge(pair, &mut review);
    }
    for pair in pairs.iter().chain(&beside) {
        resource::weaker(pair, &mut review.weaker);
        wider::of_pair(&both, pair, &mut review.wider);
    }
    alone(&of_before, &of_after, &both, &mut review);
    interface::changes(&updated, &of_after, &spread, &mut review.interface);
    review
}

/// The templates that only one side has.
fn alone<'a>(
    before: &BTreeMap<&'a str, &'a Stack>,
    after: &BTreeMap<&'a str, &'a Stack>,
    both: &wider::Both<'a>,
    review: &mut Review,
) {
    for stack in before.values().filter(|stack| !after.contains_key(stack.file.as_str())) {
        resource::of_one(stack, false, &mut review.resources);
    }
    for stack in after.values().filter(|stack| !before.contains_key(stack.file.as_str())) {
        resource::of_one(stack, true, &mut review.resources);
        wider::of_new(both, stack, &mut review.wider);
    }
}

fn by_file(stacks: &[Stack]) -> BTreeMap<&str, &Stack> {
    stacks.iter().map(|stack| (stack.file.as_str(), stack)).collect()
}
