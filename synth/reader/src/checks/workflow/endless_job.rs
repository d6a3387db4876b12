//! Jobs end.

use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "endless-job",
    why: "A job that hangs is ended after six hours, which holds its concurrency group and costs its minutes.",
    link: "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes",
    level: Level::Error,
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
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for job in set.workflows.iter().flat_map(|view| &view.jobs) {
        if job.get("uses").is_none() && job.get("timeout-minutes").is_none() {
            report
                .key(job.entry, format!("job `{}` has no time limit", job.id()))
                .help("add `timeout-minutes`");
        }
    }
}
