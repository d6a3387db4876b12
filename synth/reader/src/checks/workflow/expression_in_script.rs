//! The text of a script is a constant.

use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "expression-in-script",
    why: "GitHub pastes the value of an expression into the script before the shell reads it, so a branch name or \
          an input with a quote in it becomes code. A variable stays a text.",
    link: "https://docs.github.com/en/actions/reference/security/secure-use#use-an-intermediate-environment-variable",
    level: Level::Error,
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
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let jobs = set.workflows.iter().flat_map(|view| &view.jobs);
    for run in jobs.flat_map(|job| job.steps).filter_map(|step| step.get("run")) {
        let Some((_, after)) = run.text().and_then(|text| text.split_once("${{")) else {
            continue;
        };
        let expression = after.split("}}").next().unwrap_or_default().trim();
        report
            .value(run, format!("the script contains the value of `{expression}`"))
            .help("set a variable under `env` and use that");
    }
}
