//! Somebody has read the actions.

use super::view::View;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::schema::github::pins;

pub(super) const RULE: Rule = Rule {
    name: "unlisted-action",
    why: "An action runs with the job's token and credentials. Only those that somebody has read are used.",
    link: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
    level: Level::Error,
    family: Family::Practice,
    example: r"
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - uses: somebody/setup-buildx@37fe631027851001ddb9b187196cc803df7f5f0e # v1.0.0
",
    instead: r"
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for action in set.workflows.iter().flat_map(View::actions) {
        if pins::find(action.name).is_none() {
            let known: Vec<_> = pins::PINS.iter().map(|pin| pin.name).collect();
            let message = format!("action `{}` is not in the registry of pins", action.name);
            report
                .value(action.uses, message)
                .help(format!("add a pin for it, or use one of {}", known.join(", ")));
        }
    }
}
