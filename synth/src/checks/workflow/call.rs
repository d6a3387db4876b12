//! Calls of workflows: they exist, and get what they ask for.

use super::view::{Job, View};
use super::{Objection, Rule, Set};
use crate::checks::Family;
use crate::read::Node;

pub(super) static UNFIT_CALL: Rule = Rule {
    name: "unfit-call",
    why: "GitHub refuses to start a workflow that calls another one which is not there, or with inputs that it does \
          not have or without those that it requires.",
    link: "https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations",
    family: Family::Graph,
    example: r"
--- # .github/workflows/deploy.yml
on: {workflow_call: {inputs: {stage: {type: string, required: true}}}}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {}
    steps:
      - run: ./deploy.sh
--- # .github/workflows/release.yml
on: push
permissions: {}
jobs:
  release:
    uses: ./.github/workflows/deploy.yml
",
    instead: r"
--- # .github/workflows/deploy.yml
on: {workflow_call: {inputs: {stage: {type: string, required: true}}}}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {}
    steps:
      - run: ./deploy.sh
--- # .github/workflows/release.yml
on: push
permissions: {}
jobs:
  release:
    uses: ./.github/workflows/deploy.yml
    with: {stage: prod}
",
    check: unfit_call,
};

fn unfit_call(set: &Set<'_>, view: &View<'_>) -> Vec<Objection> {
    let mut objections = Vec::new();
    for job in &view.jobs {
        let Some(path) = job.call() else { continue };
        if let Some(called) = set.views.iter().find(|view| view.document.file == path) {
            objections.extend(inputs(called, job, path));
        } else {
            let message = format!("job `{}` calls `{path}`, which is not there", job.id);
            objections.push(Objection::new(
                job.spot.clone(),
                message,
                "call a workflow of this repository",
            ));
        }
    }
    objections
}

fn inputs(called: &View<'_>, job: &Job<'_>, path: &str) -> Vec<Objection> {
    let Some(on) = called.document.root.dig(&["on", "workflow_call"]) else {
        let message = format!("job `{}` calls `{path}`, which nothing can call", job.id);
        return vec![Objection::new(
            job.spot.clone(),
            message,
            "give it the trigger `workflow_call`",
        )];
    };
    let entries = |node: Option<&Node>| -> Vec<(String, bool)> {
        let required = |node: &Node| node.get("required").and_then(Node::as_bool).unwrap_or(false);
        let map = node.and_then(Node::map).into_iter().flat_map(|map| map.iter());
        map.map(|entry| (entry.key.clone(), required(&entry.value))).collect()
    };
    let (declared, given) = (entries(on.get("inputs")), entries(job.node.get("with")));
    let has = |list: &[(String, bool)], name: &str| list.iter().any(|(one, _)| one == name);
    let unknown = given.iter().filter(|(name, _)| !has(&declared, name));
    let missing = declared
        .iter()
        .filter(|(name, required)| *required && !has(&given, name));
    let unknown = unknown.map(|(name, _)| (format!("gives `{name}`, which `{path}` does not take"), "leave it out"));
    let missing = missing.map(|(name, _)| (format!("does not give `{name}`, which `{path}` requires"), "give it"));
    let object =
        |(problem, help): (String, &str)| Objection::new(job.spot.clone(), format!("job `{}` {problem}", job.id), help);
    unknown.chain(missing).map(object).collect()
}
