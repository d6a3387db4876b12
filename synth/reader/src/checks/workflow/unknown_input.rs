//! Actions get inputs that they take.

use super::view::View;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::schema::github::pins;

pub(super) const RULE: Rule = Rule {
    name: "unknown-input",
    why: "GitHub only warns about an input that an action does not take, and goes on without it.",
    link: "https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#inputs",
    level: Level::Error,
    family: Family::Graph,
    example: r"
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with: {persist-credential: false}
",
    instead: r"
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with: {persist-credentials: false}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for action in set.workflows.iter().flat_map(View::actions) {
        let inputs = action.step.get("with").and_then(Node::map);
        for input in inputs.into_iter().flat_map(|inputs| inputs.iter()) {
            let pin = pins::find(action.name).filter(|pin| !pin.inputs.contains(&input.key.as_str()));
            let Some(pin) = pin else { continue };
            report
                .key(
                    input,
                    format!("action `{}` is not known to take `{}`", pin.name, input.key),
                )
                .help(format!("use one of {}", pin.inputs.join(", ")));
        }
    }
}
