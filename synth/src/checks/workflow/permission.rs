//! What a job's token may do: what its steps need, and no more.

use std::collections::BTreeMap;

use super::view::{Job, Spot, Step, View};
use super::{Objection, Rule, Set};
use crate::checks::Family;
use crate::read::Node;
use crate::workflow::pins;

pub(super) static MISSING_PERMISSION: Rule = Rule {
    name: "missing-permission",
    why: "A step whose token lacks a permission fails when it runs, which for a deployment is late.",
    link: "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions",
    family: Family::Graph,
    example: r"
on: push
permissions: {}
jobs:
  sign:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {}
    steps:
      - run: cosign sign --yes example/app@sha256:0123
",
    instead: r"
on: push
permissions: {}
jobs:
  sign:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {id-token: write}
    steps:
      - run: cosign sign --yes example/app@sha256:0123
",
    check: missing,
};

pub(super) static EXCESS_PERMISSION: Rule = Rule {
    name: "excess-permission",
    why: "Whoever takes over a step has its job's token. A permission that no step needs helps nobody else.",
    link: "https://docs.github.com/en/actions/reference/security/secure-use#use-the-principle-of-least-privilege",
    family: Family::Practice,
    example: r"
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {contents: write}
    steps:
      - run: cargo test
",
    instead: r"
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {}
    steps:
      - run: cargo test
",
    check: excess,
};

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
];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Access {
    None,
    Read,
    Write,
}

impl Access {
    fn name(self) -> &'static str {
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
enum Granted<'a> {
    /// Each scope, with the place of its name.
    Scopes(BTreeMap<&'a str, (Access, Spot)>),
    /// All of them at once, or nothing said, which leaves it to the repository's settings.
    Unbounded(Spot),
}

fn missing(set: &Set<'_>, view: &View<'_>) -> Vec<Objection> {
    let mut objections = Vec::new();
    for job in &view.jobs {
        let Granted::Scopes(granted) = granted(view, job) else {
            continue;
        };
        for (scope, needed) in needed(set, job) {
            let has = granted.get(scope).map_or(Access::None, |(access, _)| *access);
            if has < needed {
                let message = format!(
                    "job `{}` has `{scope}: {}` and needs `{}`",
                    job.id,
                    has.name(),
                    needed.name()
                );
                let help = format!("add `{scope}: {}` to its permissions", needed.name());
                objections.push(Objection::new(job.spot.clone(), message, help));
            }
        }
    }
    objections
}

fn excess(set: &Set<'_>, view: &View<'_>) -> Vec<Objection> {
    let mut objections = Vec::new();
    for job in &view.jobs {
        let needed = needed(set, job);
        match granted(view, job) {
            Granted::Unbounded(spot) => {
                let message = format!("job `{}` does not name its permissions one by one", job.id);
                objections.push(Objection::new(
                    spot,
                    message,
                    "write `permissions: {}` at the top and what it needs here",
                ));
            }
            Granted::Scopes(granted) => {
                for (scope, (has, spot)) in granted {
                    let needs = needed.get(scope).copied().unwrap_or(Access::None);
                    if has > needs {
                        let message = format!("job `{}` has `{scope}: {}` and no step needs it", job.id, has.name());
                        objections.push(Objection::new(
                            spot,
                            message,
                            format!("make it `{}`, or leave it out", needs.name()),
                        ));
                    }
                }
            }
        }
    }
    objections
}

fn granted<'a>(view: &View<'a>, job: &Job<'a>) -> Granted<'a> {
    let own = job
        .node
        .get("permissions")
        .map(|node| (node, job.below("permissions", node)));
    let shared = || {
        let node = view.document.root.get("permissions")?;
        Some((
            node,
            Spot {
                path: vec!["permissions".into()],
                at: node.at,
            },
        ))
    };
    let Some((node, spot)) = own.or_else(shared) else {
        return Granted::Unbounded(job.spot.clone());
    };
    let Some(map) = node.map() else {
        return Granted::Unbounded(spot);
    };
    let scope = |entry: &'a crate::read::Entry| {
        let path = [spot.path.as_slice(), &[entry.key.as_str().into()]].concat();
        (
            entry.key.as_str(),
            (Access::of(&entry.value), Spot { path, at: entry.key_at }),
        )
    };
    Granted::Scopes(map.iter().map(scope).collect())
}

/// A called workflow gets no more than the calling job has, so the call needs what its jobs need.
fn needed(set: &Set<'_>, job: &Job<'_>) -> BTreeMap<&'static str, Access> {
    let called = job
        .call()
        .and_then(|path| set.views.iter().find(|view| view.document.file == path));
    let jobs = called.into_iter().flat_map(|view| &view.jobs).chain([job]);
    let mut all = BTreeMap::new();
    for (scope, access) in jobs.flat_map(|job| &job.steps).flat_map(step_needs) {
        let most = all.entry(scope).or_insert(access);
        *most = access.max(*most);
    }
    all
}

fn step_needs(step: &Step<'_>) -> Vec<(&'static str, Access)> {
    let text = |key| step.node.get(key).and_then(Node::text).unwrap_or_default();
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
