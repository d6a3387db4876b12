//! What stands above the jobs: triggers and permissions.

use insta::assert_snapshot;

use super::super::told;
use super::{FILE, above, job};

#[test]
fn spellings_of_one_workflow_change_nothing() {
    let old = "on: [push, pull_request]\npermissions: {contents: read, id-token: write}\njobs:\n  a: {runs-on: x, \
               needs: [c, b], environment: prod, if: '${{ github.actor }}', concurrency: g, steps: [{run: \"make\\n\"}]}\n";
    let new = "on:\n  pull_request:\n  push:\npermissions:\n  id-token: write\n  contents: read\njobs:\n  a:\n    \
               steps:\n      - run: make\n    needs:\n      - b\n      - c\n    environment:\n      name: prod\n    \
               if: github.actor\n    runs-on: [x]\n    concurrency: {group: g}\n";
    assert_snapshot!(told(&super::super::review(FILE, old, new)), @"");
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
    assert_snapshot!(told(&super::super::review(FILE, old, new)), @r#"
    job a: updated in place
      permissions: - → {contents: "write"}
    workflow ci: updated in place
      permissions.contents: write → -
    "#);
}
