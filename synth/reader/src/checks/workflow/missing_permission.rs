//! A job's token may do what its steps need.

use super::token::{Access, Granted, granted, needed};
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "missing-permission",
    why: "A step whose token lacks a permission fails when it runs, which for a deployment is late.",
    link: "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions",
    level: Level::Error,
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
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (view, job) in set
        .workflows
        .iter()
        .flat_map(|view| view.jobs.iter().map(move |job| (view, job)))
    {
        let Granted::Scopes(granted) = granted(view, job) else {
            continue;
        };
        for (scope, needed) in needed(set, job) {
            let has = granted.get(scope).map_or(Access::None, |(access, _)| *access);
            if has < needed {
                let (id, has, needed) = (job.id(), has.name(), needed.name());
                report
                    .key(
                        job.entry,
                        format!("job `{id}` has `{scope}: {has}` and needs `{needed}`"),
                    )
                    .help(format!("add `{scope}: {needed}` to its permissions"));
            }
        }
    }
}
