//! Jobs: they end.

use super::view::{Job, View};
use super::{Objection, Rule, Set};
use crate::checks::Family;

pub(super) static ENDLESS_JOB: Rule = Rule {
    name: "endless-job",
    why: "A job that hangs is ended after six hours, which holds its concurrency group and costs its minutes.",
    link: "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes",
    family: Family::Practice,
    example: r"
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
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
    steps:
      - run: cargo test
",
    check: endless_job,
};

fn endless_job(_: &Set<'_>, view: &View<'_>) -> Vec<Objection> {
    let is_endless = |job: &&Job<'_>| job.node.get("uses").is_none() && job.node.get("timeout-minutes").is_none();
    let object = |job: &Job<'_>| {
        let message = format!("job `{}` has no time limit", job.id);
        Objection::new(job.spot.clone(), message, "add `timeout-minutes`")
    };
    view.jobs.iter().filter(is_endless).map(object).collect()
}
