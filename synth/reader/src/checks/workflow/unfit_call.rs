//! Calls of workflows: they exist, and get what they ask for.

use super::view::{Job, View};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "unfit-call",
    why: "GitHub refuses to start a workflow that calls another one which is not there, or with inputs that it does \
          not have or without those that it requires.",
    link: "https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations",
    level: Level::Error,
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
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for job in set.workflows.iter().flat_map(|view| &view.jobs) {
        let Some(path) = job.call() else { continue };
        if let Some(called) = set.workflows.iter().find(|view| view.document.file == path) {
            inputs(called, job, path, report);
        } else {
            report
                .key(
                    job.entry,
                    format!("job `{}` calls `{path}`, which is not there", job.id()),
                )
                .help("call a workflow of this repository");
        }
    }
}

fn inputs<'a>(called: &View<'a>, job: &Job<'a>, path: &str, report: &mut Report<'a>) {
    let Some(on) = called.document.root.dig(&["on", "workflow_call"]) else {
        report
            .key(
                job.entry,
                format!("job `{}` calls `{path}`, which nothing can call", job.id()),
            )
            .help("give it the trigger `workflow_call`");
        return;
    };
    let takes = on.get("inputs").unwrap_or(on);
    let (declared, given) = (entries(on.get("inputs")), entries(job.get("with")));
    let has = |list: &[(&str, bool)], name: &str| list.iter().any(|(one, _)| *one == name);
    let mut say = |problem: String, help: &str| {
        report
            .key(job.entry, format!("job `{}` {problem}", job.id()))
            .also(takes, "what it takes")
            .help(help);
    };
    for (name, _) in given.iter().filter(|(name, _)| !has(&declared, name)) {
        say(format!("gives `{name}`, which `{path}` does not take"), "leave it out");
    }
    let required = declared.iter().filter(|(_, required)| *required);
    for (name, _) in required.filter(|(name, _)| !has(&given, name)) {
        say(format!("does not give `{name}`, which `{path}` requires"), "give it");
    }
}

/// The inputs of a map, and whether each is required.
fn entries(node: Option<&Node>) -> Vec<(&str, bool)> {
    let required = |node: &Node| node.get("required").and_then(Node::as_bool).unwrap_or(false);
    let map = node.and_then(Node::map).into_iter().flat_map(|map| map.iter());
    map.map(|entry| (entry.key.as_str(), required(&entry.value))).collect()
}
