//! What a job's token may do, and what its steps need.

use std::collections::BTreeMap;

use super::view::{Job, View};
use crate::checks::Set;
use crate::read::{Entry, Node};
use crate::schema::github::pins;

/// What commands in scripts do on GitHub: all words stand in the script.
const COMMANDS: &[(&[&str], &str, Access)] = &[
    (&["cosign sign"], "id-token", Access::Write),
    (
        &["gh api", "--method POST", "/comments"],
        "pull-requests",
        Access::Write,
    ),
    (&["gh api", "/compare/"], "contents", Access::Read),
    (&["gh api", "/actions/workflows/"], "actions", Access::Read),
    (&["gh api", "/git/commits/"], "contents", Access::Read),
    (&["gh api", "/deployments"], "deployments", Access::Read),
    (&["gh attestation verify"], "attestations", Access::Read),
];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Access {
    None,
    Read,
    Write,
}

impl Access {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Read => "read",
            Self::Write => "write",
        }
    }

    fn of(node: &Node) -> Self {
        match node.text() {
            Some("write") => Self::Write,
            Some("read") => Self::Read,
            _ => Self::None,
        }
    }
}

/// What a job says of its permissions.
pub(super) enum Granted<'a> {
    /// Each scope, with where it stands.
    Scopes(BTreeMap<&'a str, (Access, &'a Entry)>),
    /// All of them at once.
    Unbounded(&'a Node),
    /// Nothing, which leaves it to the repository's settings.
    Unsaid,
}

pub(super) fn granted<'a>(view: &View<'a>, job: &Job<'a>) -> Granted<'a> {
    let node = job.get("permissions").or_else(|| view.document.root.get("permissions"));
    let Some(node) = node else { return Granted::Unsaid };
    let Some(map) = node.map() else {
        return Granted::Unbounded(node);
    };
    let scope = |entry: &'a Entry| (entry.key.as_str(), (Access::of(&entry.value), entry));
    Granted::Scopes(map.iter().map(scope).collect())
}

/// A called workflow gets no more than the calling job has, so the call needs what its jobs need.
pub(super) fn needed(set: &Set<'_>, job: &Job<'_>) -> BTreeMap<&'static str, Access> {
    let called = job
        .call()
        .and_then(|path| set.workflows.iter().find(|view| view.document.file == path));
    let jobs = called.into_iter().flat_map(|view| &view.jobs).chain([job]);
    let mut all = BTreeMap::new();
    for (scope, access) in jobs.flat_map(|job| job.steps).flat_map(step_needs) {
        let most = all.entry(scope).or_insert(access);
        *most = access.max(*most);
    }
    all
}

fn step_needs(step: &Node) -> Vec<(&'static str, Access)> {
    let text = |key| step.get(key).and_then(Node::text).unwrap_or_default();
    let action = text("uses").split('@').next().and_then(pins::find);
    let of_action = action.into_iter().flat_map(|pin| pin.needs).map(|(scope, level)| {
        let access = if level.name() == "write" {
            Access::Write
        } else {
            Access::Read
        };
        (scope.name(), access)
    });
    let script = text("run");
    let of_script = COMMANDS
        .iter()
        .filter(|(words, ..)| words.iter().all(|word| script.contains(word)));
    of_action
        .chain(of_script.map(|(_, scope, access)| (*scope, *access)))
        .collect()
}
