//! Scripts: their text is a constant.

use super::view::View;
use super::{Objection, Rule, Set};
use crate::checks::Family;

pub(super) static EXPRESSION_IN_SCRIPT: Rule = Rule {
    name: "expression-in-script",
    why: "GitHub pastes the value of an expression into the script before the shell reads it, so a branch name or \
          an input with a quote in it becomes code. A variable stays a text.",
    link: "https://docs.github.com/en/actions/reference/security/secure-use#use-an-intermediate-environment-variable",
    family: Family::Practice,
    example: r#"
on: pull_request
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - run: echo "testing ${{ github.head_ref }}"
"#,
    instead: r#"
on: pull_request
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - run: echo "testing $BRANCH"
        env: {BRANCH: '${{ github.head_ref }}'}
"#,
    check: expression_in_script,
};

fn expression_in_script(_: &Set<'_>, view: &View<'_>) -> Vec<Objection> {
    let steps = view.jobs.iter().flat_map(|job| &job.steps);
    let object = |step: &super::view::Step<'_>| {
        let run = step.node.get("run")?;
        let (_, after) = run.text()?.split_once("${{")?;
        let expression = after.split("}}").next().unwrap_or_default().trim();
        let message = format!("the script contains the value of `{expression}`");
        Some(Objection::new(
            step.below("run", run),
            message,
            "set a variable under `env` and use that",
        ))
    };
    steps.filter_map(object).collect()
}
