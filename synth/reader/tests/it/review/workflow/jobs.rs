//! Jobs: what they may read, wait for and run on.

use insta::assert_snapshot;

use super::super::told;
use super::{FILE, files, job, of_job, steps};
use synth_reader::review::FailOn;

#[test]
fn a_secret_that_a_job_reads_is_wider() {
    assert_snapshot!(steps("- run: make", "- run: make\n  env: {T: '${{ secrets.TOKEN }}'}"), @r#"
    job build: updated in place
      steps[make].env: - → {T: "${{ secrets.TOKEN }}"}
    wider build (permission): it reads secret TOKEN
    "#);
    assert_snapshot!(job("uses: ./a.yml", "uses: ./a.yml\nsecrets: inherit"), @"
    job build: updated in place
      secrets: - → inherit
    wider build (permission): it is given every secret
    ");
}

#[test]
fn a_word_that_is_no_secret_is_silent() {
    assert_snapshot!(steps("- run: cat secrets.yaml", "- run: |\n    cat secrets.yaml\n    cat secrets.TOKEN"), @"
    job build: updated in place
      steps[cat secrets.yaml].run:  → cat secrets.TOKEN
    ");
    assert_snapshot!(steps("- run: make '${{ secrets.A }}'", "- run: make '${{ secrets.A }}' '${{ secrets.GITHUB_TOKEN }}'"), @"
    job build: updated in place
      steps[make '${{ secrets.A }}' '${{ secrets.GIT…].run: make '${{ secrets.A }}' → make '${{ secrets.A }}' '${{ secrets.GITHUB_TOKEN }}'
    ");
}

#[test]
fn a_secret_in_plain_text_is_not_shown() {
    assert_snapshot!(job("runs-on: a", "runs-on: a\nenv: {PASSWORD: hunter2, DB_PASSWORD: '${{ secrets.DB }}'}"), @r#"
    job build: updated in place
      env: - → {PASSWORD: "****", DB_PASSWORD: "${{ secrets.DB }}"}
    wider build (permission): it reads secret DB
    "#);
}

#[test]
fn an_environment_that_goes_is_wider() {
    assert_snapshot!(job("runs-on: a\nenvironment: prod", "runs-on: a"), @r#"
    job build: updated in place
      environment: {name: "prod"} → -
    wider build (protection): the rules of environment prod (reviewers, branches, waiting) no longer hold for it
    "#);
}

#[test]
fn an_environment_that_comes_or_only_gets_an_address_is_not_wider() {
    assert_snapshot!(job("runs-on: a", "runs-on: a\nenvironment: prod"), @r#"
    job build: updated in place
      environment: - → {name: "prod"}; it waits for the rules of the environment, and has its secrets
    "#);
    assert_snapshot!(job("runs-on: a\nenvironment: prod", "runs-on: a\nenvironment: {name: prod, url: https://a}"), @r#"
    job build: updated in place
      environment: {name: "prod"} → {name: "prod", url: "https://a"}
    "#);
}

#[test]
fn a_condition_on_who_that_goes_is_wider() {
    assert_snapshot!(job("runs-on: a\nif: github.ref == 'refs/heads/main'", "runs-on: a"), @"
    job build: updated in place
      if: github.ref == 'refs/heads/main' → -; it always runs
    wider build (protection): its condition on github.ref is gone, so that it always runs
    ");
}

#[test]
fn a_condition_on_what_went_before_that_goes_is_not_wider() {
    assert_snapshot!(job("runs-on: a\nif: always()", "runs-on: a"), @"
    job build: updated in place
      if: always() → -; it always runs
    ");
}

#[test]
fn a_job_that_no_longer_waits_is_told() {
    assert_snapshot!(job("runs-on: a\nneeds: test", "runs-on: a"), @r#"
    job build: updated in place
      needs: ["test"] → -; it no longer waits for test, and runs even if that fails
    "#);
}

#[test]
fn a_job_that_waits_by_another_is_not_told_to_wait_no_longer() {
    let old = "on: push\njobs: {a: {runs-on: x}, b: {runs-on: x, needs: a}, c: {runs-on: x, needs: [a, b]}}\n";
    let new = "on: push\njobs: {a: {runs-on: x}, b: {runs-on: x, needs: a}, c: {runs-on: x, needs: b}}\n";
    assert_snapshot!(told(&super::super::review(FILE, old, new)), @r#"
    job c: updated in place
      needs: ["a", "b"] → ["b"]
    "#);
}

#[test]
fn runner_timeout_and_concurrency_are_told() {
    assert_snapshot!(job(
        "runs-on: ubuntu-24.04\ntimeout-minutes: 5\nconcurrency: {group: g}",
        "runs-on: [self-hosted, linux]\nconcurrency: {group: g, cancel-in-progress: true}",
    ), @r#"
    job build: updated in place
      runs-on: ["ubuntu-24.04"] → ["linux", "self-hosted"]; on a machine of one's own, where what it leaves stays
      concurrency.cancel-in-progress: - → true; a run in progress is cancelled by the next one
      timeout-minutes: 5 → -; GitHub ends it after 360 minutes
    "#);
}

#[test]
fn jobs_come_go_and_change_their_id() {
    assert_snapshot!(files(
        &[(FILE, "on: push\njobs: {a: {runs-on: x, steps: [{run: one}]}, b: {runs-on: x, steps: [{run: two}]}}\n")],
        &[(FILE, "on: push\njobs: {c: {runs-on: x, steps: [{run: one}]}, d: {runs-on: x, permissions: {packages: write}, steps: [{run: new}]}}\n")],
    ), @"
    job c from a: updated in place
      note: a branch rule that requires the check `a` waits for ever
    job b: removed
    job d: created
    wider d (permission): permissions: packages: write
    ");
}

#[test]
fn workflows_come_and_go() {
    let one = "on: push\njobs: {a: {runs-on: x}}\n";
    let other =
        "on: issue_comment\npermissions: {contents: write}\njobs: {b: {runs-on: x, env: {T: '${{ secrets.T }}'}}}\n";
    assert_snapshot!(files(&[("a.yml", one)], &[("b.yml", other), ("c.yml", one)]), @"
    workflow c: updated in place
      note: the file was `a.yml`; trusts and rules that name it no longer hold
    workflow b: created
    wider b (public exposure): on.issue_comment: whoever may comment sets it off, with the repository's secrets
    wider b (permission): permissions: contents: write
    wider b (permission): it reads secret T
    ");
    assert_snapshot!(files(&[("a.yml", one), ("b.yml", other)], &[("a.yml", one)]), @"workflow b: removed");
}

#[test]
fn a_pipeline_fails_on_what_gets_wider_and_not_on_a_job_that_goes() {
    let review = of_job(
        "runs-on: a\npermissions: {}",
        "runs-on: a\npermissions: {contents: write}",
    );
    assert!(review.fails_on(FailOn::Wider) && review.fails_on(FailOn::Any) && !review.fails_on(FailOn::Replace));
    let old = "on: push\njobs: {a: {runs-on: x}, b: {runs-on: x, steps: [{run: b}]}}\n";
    let review = super::super::review(FILE, old, "on: push\njobs: {a: {runs-on: x}}\n");
    assert!(!review.fails_on(FailOn::Delete) && review.fails_on(FailOn::Any));
}

#[test]
fn what_a_setting_means_is_told() {
    assert_snapshot!(job(
        "name: Old\nruns-on: a\nconcurrency: g",
        "name: New\nruns-on: a\ncontinue-on-error: true\nif: success()",
    ), @r#"
    job build: updated in place
      concurrency: {group: "g"} → -; runs can overlap
      continue-on-error: - → true; a failure no longer stops what follows
      if: - → success(); it is left out where the condition does not hold
      name: Old → New; rules and workflows that name it wait for the old name
    "#);
}

#[test]
fn a_condition_that_changes_but_still_guards_is_not_wider() {
    assert_snapshot!(job("runs-on: a\nif: github.ref == 'a'", "runs-on: a\nif: github.ref == 'b'"), @"
    job build: updated in place
      if: github.ref == 'a' → github.ref == 'b'
    ");
}

#[test]
fn a_job_that_becomes_a_call_loses_no_guard_that_is_known() {
    assert_snapshot!(job(
        "runs-on: a\nenvironment: prod\ntimeout-minutes: 5\nsteps: [{run: make}]",
        "uses: ./.github/workflows/deploy.yml",
    ), @r#"
    job build: updated in place
      environment: {name: "prod"} → -
      runs-on: ["a"] → -
      uses: - → ./.github/workflows/deploy.yml
      steps[make]: {run: "make"} → -; a step that goes
      note: it calls a workflow now, which may ask for the same; what that does is told of its own jobs
    "#);
}

#[test]
fn a_call_of_another_workflow_is_told() {
    assert_snapshot!(job("uses: ./.github/workflows/a.yml", "uses: ./.github/workflows/b.yml"), @"
    job build: updated in place
      uses: ./.github/workflows/a.yml → ./.github/workflows/b.yml; another workflow
    ");
}
