//! Workflows of GitHub's.

use insta::assert_snapshot;

use super::{document, told};
use synth_reader::review::{self, FailOn, Review};

const FILE: &str = ".github/workflows/ci.yml";

/// The review of a workflow that changes from one set of lines above its jobs to another.
fn above(old: &str, new: &str) -> String {
    let whole = |text: &str| format!("{text}\njobs: {{build: {{runs-on: a, steps: [{{run: make}}]}}}}\n");
    told(&super::review(FILE, &whole(old), &whole(new)))
}

fn of_job(old: &str, new: &str) -> Review {
    let whole = |text: &str| {
        format!(
            "on: push\njobs:\n  test: {{runs-on: a}}\n  build:\n    {}\n",
            text.trim().replace('\n', "\n    ")
        )
    };
    super::review(FILE, &whole(old), &whole(new))
}

/// The review of a job that changes.
fn job(old: &str, new: &str) -> String {
    told(&of_job(old, new))
}

fn steps(old: &str, new: &str) -> String {
    job(
        &format!("runs-on: a\nsteps:\n{old}"),
        &format!("runs-on: a\nsteps:\n{new}"),
    )
}

fn files(old: &[(&str, &str)], new: &[(&str, &str)]) -> String {
    let side = |files: &[(&str, &str)]| -> Vec<_> { files.iter().map(|(file, text)| document(file, text)).collect() };
    told(&review::compare(&side(old), &side(new)))
}

#[test]
fn spellings_of_one_workflow_change_nothing() {
    let old = "on: [push, pull_request]\npermissions: {contents: read, id-token: write}\njobs:\n  a: {runs-on: x, \
               needs: [c, b], environment: prod, if: '${{ github.actor }}', concurrency: g, steps: [{run: \"make\\n\"}]}\n";
    let new = "on:\n  pull_request:\n  push:\npermissions:\n  id-token: write\n  contents: read\njobs:\n  a:\n    \
               steps:\n      - run: make\n    needs:\n      - b\n      - c\n    environment:\n      name: prod\n    \
               if: github.actor\n    runs-on: [x]\n    concurrency: {group: g}\n";
    assert_snapshot!(told(&super::review(FILE, old, new)), @"");
}

#[test]
fn a_trigger_that_comes_goes_or_changes_is_told() {
    assert_snapshot!(above("on: {push: {branches: [main]}, schedule: [{cron: 1}]}", "on: {push: {branches: [main, dev]}, workflow_dispatch: }"), @r#"
    workflow ci: updated in place
      on.push.branches: ["main"] → ["dev", "main"]; it runs in more cases
      on.workflow_dispatch: - → {}
      on.schedule: [{cron: 1}] → -; it no longer sets the workflow off
    "#);
}

#[test]
fn filters_in_another_order_are_no_change() {
    assert_snapshot!(above("on: {push: {branches: [main, dev]}}", "on: {push: {branches: [dev, main]}}"), @"");
    assert_snapshot!(above("on: {push: {branches: main}}", "on: {push: {branches: [main]}}"), @"");
}

#[test]
fn a_filter_that_takes_back_is_told_by_its_order() {
    assert_snapshot!(above("on: {push: {paths: ['**', '!docs/**']}}", "on: {push: {paths: ['!docs/**', '**']}}"), @r#"
    workflow ci: updated in place
      on.push.paths: ["**", "!docs/**"] → ["!docs/**", "**"]
    "#);
}

#[test]
fn an_input_that_is_asked_for_is_told() {
    assert_snapshot!(above("on: {workflow_call: {inputs: {a: {type: string}}}}", "on: {workflow_call: {inputs: {b: {type: string, required: true}}}}"), @r#"
    workflow ci: updated in place
      on.workflow_call.inputs.a: {type: "string"} → -; a caller that still gives it is refused
      on.workflow_call.inputs.b: - → {type: "string", required: true}; whoever starts it without this is refused
    "#);
}

#[test]
fn a_trigger_for_strangers_is_wider() {
    assert_snapshot!(above("on: push", "on: [push, pull_request_target]"), @"
    workflow ci: updated in place
      on.pull_request_target: - → {}
    wider ci (public exposure): on.pull_request_target: a pull request from a fork runs it with the repository's secrets
    ");
}

#[test]
fn a_trigger_for_strangers_that_was_there_is_silent() {
    assert_snapshot!(above("on: [pull_request_target]", "on: {pull_request_target: }"), @"");
}

#[test]
fn permissions_that_widen_are_wider() {
    assert_snapshot!(above("on: push\npermissions: {contents: read}", "on: push\npermissions: {contents: write, id-token: write}"), @"
    workflow ci: updated in place
      permissions.contents: read → write
      permissions.id-token: - → write
    wider ci (permission): permissions: contents: read → write
    wider ci (permission): permissions: id-token: none → write
    ");
    assert_snapshot!(above("on: push\npermissions: read-all", "on: push\npermissions: write-all"), @"
    workflow ci: updated in place
      permissions: read-all → write-all
    wider ci (permission): permissions: every scope: write
    ");
    assert_snapshot!(above("on: push\npermissions: {}", "on: push"), @"
    workflow ci: updated in place
      permissions: {} → -
    wider ci (permission): permissions: left to the repository's setting, which may be to write everything
    ");
}

#[test]
fn permissions_that_narrow_are_not_wider() {
    assert_snapshot!(above("on: push\npermissions: write-all", "on: push\npermissions: {contents: write}"), @r#"
    workflow ci: updated in place
      permissions: write-all → {contents: "write"}
    "#);
    assert_snapshot!(above("on: push", "on: push\npermissions: {contents: read}"), @r#"
    workflow ci: updated in place
      permissions: - → {contents: "read"}
    "#);
}

#[test]
fn permissions_of_a_job_count_from_what_it_had() {
    assert_snapshot!(job("runs-on: a\npermissions: {}", "runs-on: a\npermissions: {contents: write}"), @"
    job build: updated in place
      permissions.contents: - → write
    wider build (permission): permissions: contents: none → write
    ");
    let old = "on: push\npermissions: {contents: write}\njobs: {a: {runs-on: x}}\n";
    let new = "on: push\npermissions: {}\njobs: {a: {runs-on: x, permissions: {contents: write}}}\n";
    assert_snapshot!(told(&super::review(FILE, old, new)), @r#"
    job a: updated in place
      permissions: - → {contents: "write"}
    workflow ci: updated in place
      permissions.contents: write → -
    "#);
}

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
    assert_snapshot!(told(&super::review(FILE, old, new)), @r#"
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

const COMMIT: &str = "3d3c42e5aac5ba805825da76410c181273ba90b1";
const LATER: &str = "4d3c42e5aac5ba805825da76410c181273ba90b1";

#[test]
fn an_action_from_commit_to_tag_is_wider() {
    assert_snapshot!(steps(&format!("- uses: actions/checkout@{COMMIT} # v7.0.1"), "- uses: actions/checkout@v7"), @"
    job build: updated in place
      steps[actions/checkout].uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 → actions/checkout@v7; from a commit to a name, which can move to other code
    wider build (hardening): steps[actions/checkout].uses: from a commit to a name, which can move to other code
    ");
}

#[test]
fn an_action_at_another_commit_is_told_with_its_version_and_is_not_wider() {
    assert_snapshot!(steps(&format!("- uses: a/b@{COMMIT} # v1"), &format!("- uses: a/b@{LATER} # v2")), @"
    job build: updated in place
      steps[a/b].uses: a/b@3d3c42e5aac5ba805825da76410c181273ba90b1 → a/b@4d3c42e5aac5ba805825da76410c181273ba90b1; v1 → v2, as the comments say
    ");
    assert_snapshot!(steps("- uses: a/b@v1", &format!("- uses: a/b@{COMMIT}")), @"
    job build: updated in place
      steps[a/b].uses: a/b@v1 → a/b@3d3c42e5aac5ba805825da76410c181273ba90b1; from a name, which can move, to what never changes
    ");
}

#[test]
fn an_image_that_loses_its_digest_is_wider() {
    let digest = "0".repeat(64);
    assert_snapshot!(job(&format!("runs-on: a\ncontainer: rust:1@sha256:{digest}"), "runs-on: a\ncontainer: rust:1"), @"
    job build: updated in place
      container.image: rust:1@sha256:0000000000000000000000000000000000000000000000000000000000000000 → rust:1
    wider build (hardening): container.image: from a digest to a tag, which can move
    ");
}

#[test]
fn steps_come_go_and_change_their_scripts() {
    assert_snapshot!(steps(
        "- name: Build\n  run: |\n    make\n    make a\n    make z\n- run: ./lint\n- uses: a/b@v1",
        "- name: Build\n  run: |\n    make\n    make b\n    make z\n- uses: a/b@v1\n  with: {deep: true}\n- uses: c/d@v1",
    ), @r#"
    job build: updated in place
      steps[Build].run: make a → make b
      steps[a/b].with: - → {deep: true}
      steps[c/d]: - → {uses: "c/d@v1"}; a step that comes
      steps[./lint]: {run: "./lint"} → -; a step that goes
    "#);
}

#[test]
fn steps_in_another_order_are_told_once() {
    assert_snapshot!(steps("- run: a\n- run: b", "- run: b\n- run: a"), @"
    job build: updated in place
      note: its steps run in another order
    ");
}

#[test]
fn a_step_of_another_name_is_the_same_step() {
    assert_snapshot!(steps("- name: Old\n  uses: a/b@v1", "- name: New\n  uses: a/b@v1"), @"");
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
    let review = super::review(FILE, old, "on: push\njobs: {a: {runs-on: x}}\n");
    assert!(!review.fails_on(FailOn::Delete) && review.fails_on(FailOn::Any));
}
