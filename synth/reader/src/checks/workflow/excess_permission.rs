//! A job's token may do no more than its steps need.

use super::token::{Access, Granted, granted, needed};
use super::view::{Job, View};
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "excess-permission",
    why: "Whoever takes over a step has its job's token. A permission that no step needs helps nobody else.",
    link: "https://docs.github.com/en/actions/reference/security/secure-use#use-the-principle-of-least-privilege",
    level: Level::Error,
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
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for view in &set.workflows {
        for job in &view.jobs {
            excess(set, view, job, report);
        }
    }
}

fn excess<'a>(set: &Set<'a>, view: &View<'a>, job: &Job<'a>, report: &mut Report<'a>) {
    const NAME_THEM: &str = "write `permissions: {}` at the top and what it needs here";
    let unnamed = format!("job `{}` does not name its permissions one by one", job.id());
    let granted = match granted(view, job) {
        Granted::Unsaid => return report.key(job.entry, unnamed).help(NAME_THEM),
        Granted::Unbounded(node) => return report.value(node, unnamed).help(NAME_THEM),
        Granted::Scopes(granted) => granted,
    };
    let needed = needed(set, job);
    for (scope, (has, entry)) in granted {
        let needs = needed.get(scope).copied().unwrap_or(Access::None);
        if has > needs {
            let message = format!("job `{}` has `{scope}: {}` and no step needs it", job.id(), has.name());
            report
                .key(entry, message)
                .help(format!("make it `{}`, or leave it out", needs.name()));
        }
    }
}
