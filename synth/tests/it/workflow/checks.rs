//! The rules over workflows: each fires once and is silent once.

use synth::checks::Options;
use synth::checks::workflow::{RULES, judge, run};
use synth::read::File;
use synth::workflow::{all, render};

use super::sample::{pipeline, service};

const CHECKOUT: &str = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";

fn file(name: &str, text: &str) -> File {
    File {
        path: format!(".github/workflows/{name}.yml"),
        text: text.to_owned(),
    }
}

/// One line a finding: where, which rule, what, what to do.
fn view(files: &[File]) -> String {
    let line = |one: &synth::checks::Finding| {
        let help = one.help.as_deref().unwrap_or_default();
        format!("{}:{}: {}: {}; {help}", one.line, one.column, one.rule, one.message)
    };
    run(files).iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What is said of a workflow with one job of one step.
fn job(permissions: &str, step: &str) -> String {
    let text = format!(
        "on: push\npermissions: {{}}\njobs:\n  one:\n    permissions: {permissions}\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - {step}\n"
    );
    view(&[file("one", &text)])
}

fn calls(with: &str) -> String {
    let called = "on:\n  workflow_call:\n    inputs:\n      tag:\n        type: string\n        required: true\njobs:\n  do:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    permissions: {}\n    steps:\n      - run: date\n";
    let calling = format!(
        "on: push\npermissions: {{}}\njobs:\n  one:\n    uses: ./.github/workflows/called.yml\n    with:\n      {with}\n"
    );
    view(&[file("called", called), file("calling", &calling)])
}

#[test]
fn what_we_render_breaks_no_rule() {
    insta::assert_snapshot!(view(&render(&all(&pipeline())).unwrap()), @"");
}

#[test]
fn values_that_yaml_would_read_as_something_else_are_read_back_as_they_are() {
    let odd = [
        "A=b: c # d",
        "on",
        "'x'",
        "\"x\"",
        "- y",
        "0123",
        "{z}",
        "*a",
        "\\d",
        "a'b\"c",
        "é",
    ];
    let mut pipeline = pipeline();
    service(&mut pipeline).cluster = odd.join("|");
    pipeline.image.build_args = odd.map(str::to_owned).to_vec();
    insta::assert_snapshot!(view(&render(&all(&pipeline)).unwrap()), @"");
    let mut files = render(&all(&pipeline)).unwrap().into_iter();
    let release = files.find(|file| file.path.ends_with("/release.yml")).unwrap();
    let root = synth::read::document(&release.path, &release.text).unwrap().root;
    let cluster = root
        .dig(&["jobs", "dev", "with", "cluster"])
        .and_then(|node| node.text());
    assert_eq!(cluster, Some(odd.join("|").as_str()));
}

#[test]
fn every_rule_has_its_own_name_in_order() {
    let names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
}

#[test]
fn refused_workflow_fires_on_a_misspelt_key() {
    let text =
        "on: push\npermissions: {}\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    stepz: []\n";
    insta::assert_snapshot!(view(&[file("one", text)]), @r#"
    1:1: refused-workflow: it does not parse as a workflow: jobs: data did not match any variant of untagged enum Job at line 4 column 3; see the workflow syntax of GitHub Actions
    5:5: refused-workflow: the schema of workflows refuses it: {"runs-on":"ubuntu-24.04","timeout-minutes":5,"stepz":[]} is not valid under any of the schemas listed in the 'oneOf' keyword; see the workflow syntax of GitHub Actions
    "#);
}

#[test]
fn refused_workflow_fires_on_a_text_that_is_not_yaml() {
    insta::assert_snapshot!(view(&[file("one", "on: [push\n")]), @"2:1: refused-workflow: while parsing a flow sequence, expected ',' or ']';");
}

#[test]
fn refused_workflow_is_silent_on_a_workflow() {
    insta::assert_snapshot!(job("{}", "run: date"), @"");
}

#[test]
fn unlisted_action_fires_on_one_without_a_pin() {
    insta::assert_snapshot!(job("{}", "uses: somebody/thing@v1"), @"9:15: unlisted-action: action `somebody/thing` is not in the registry of pins; add a pin for it, or use one of actions/checkout, actions/attest, actions/download-artifact, actions/upload-artifact, anchore/sbom-action, aquasecurity/trivy-action, aws-actions/amazon-ecr-login, aws-actions/configure-aws-credentials, docker/build-push-action, docker/login-action, docker/setup-buildx-action, github/codeql-action/upload-sarif, sigstore/cosign-installer, Swatinem/rust-cache");
}

#[test]
fn unlisted_action_is_silent_on_one_with_a_pin() {
    insta::assert_snapshot!(job("{ contents: read }", &format!("uses: {CHECKOUT}")), @"");
}

#[test]
fn unpinned_action_fires_on_a_tag() {
    insta::assert_snapshot!(job("{ contents: read }", "uses: actions/checkout@v7"), @"9:15: unpinned-action: action `actions/checkout` is at `v7` with the comment ``; write `actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1`");
}

#[test]
fn unpinned_action_fires_on_another_tag_in_the_comment() {
    let uses = format!("uses: {}", CHECKOUT.replace("v7.0.1", "v6.0.0"));
    insta::assert_snapshot!(job("{ contents: read }", &uses), @"9:15: unpinned-action: action `actions/checkout` is at `3d3c42e5aac5ba805825da76410c181273ba90b1` with the comment `v6.0.0`; write `actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1`");
}

#[test]
fn unpinned_action_is_silent_on_the_commit_with_its_tag() {
    insta::assert_snapshot!(job("{ contents: read }", &format!("uses: {CHECKOUT}")), @"");
}

#[test]
fn unknown_input_fires_on_a_misspelt_input() {
    let step = format!("uses: {CHECKOUT}\n        with:\n          persist-credential: false");
    insta::assert_snapshot!(job("{ contents: read }", &step), @"11:11: unknown-input: action `actions/checkout` is not known to take `persist-credential`; use one of persist-credentials, fetch-depth, ref, allow-unsafe-pr-checkout");
}

#[test]
fn unknown_input_is_silent_on_a_known_one() {
    let step = format!("uses: {CHECKOUT}\n        with:\n          persist-credentials: false");
    insta::assert_snapshot!(job("{ contents: read }", &step), @"");
}

#[test]
fn missing_permission_fires_on_an_action_that_needs_one() {
    insta::assert_snapshot!(job("{}", &format!("uses: {CHECKOUT}")), @"4:3: missing-permission: job `one` has `contents: none` and needs `read`; add `contents: read` to its permissions");
}

#[test]
fn missing_permission_fires_on_a_script_that_needs_one() {
    insta::assert_snapshot!(job("{}", "run: cosign sign --yes \"$IMAGE\""), @"4:3: missing-permission: job `one` has `id-token: none` and needs `write`; add `id-token: write` to its permissions");
}

#[test]
fn missing_permission_is_silent_when_it_is_there() {
    insta::assert_snapshot!(job("{ id-token: write }", "run: cosign sign --yes \"$IMAGE\""), @"");
}

#[test]
fn excess_permission_fires_on_what_no_step_needs() {
    insta::assert_snapshot!(job("{ contents: write }", &format!("uses: {CHECKOUT}")), @"5:20: excess-permission: job `one` has `contents: write` and no step needs it; make it `read`, or leave it out");
}

#[test]
fn excess_permission_fires_on_all_at_once() {
    insta::assert_snapshot!(job("write-all", "run: date"), @"5:18: excess-permission: job `one` does not name its permissions one by one; write `permissions: {}` at the top and what it needs here");
}

#[test]
fn excess_permission_is_silent_on_what_a_step_needs() {
    insta::assert_snapshot!(job("{ contents: read }", &format!("uses: {CHECKOUT}")), @"");
}

#[test]
fn missing_permission_fires_on_a_comparison_of_commits() {
    insta::assert_snapshot!(job("{}", "run: gh api repos/a/b/compare/c...d"), @"4:3: missing-permission: job `one` has `contents: none` and needs `read`; add `contents: read` to its permissions");
}

#[test]
fn missing_permission_is_silent_where_commits_may_be_compared() {
    insta::assert_snapshot!(job("{ contents: read }", "run: gh api repos/a/b/compare/c...d"), @"");
}

#[test]
fn missing_permission_knows_what_is_asked_of_attestations_commits_and_deployments() {
    let asked = [
        ("attestations", "gh attestation verify oci://a@b --repo c/d"),
        ("contents", "gh api repos/a/b/git/commits/c"),
        ("deployments", "gh api repos/a/b/deployments?environment=prod"),
    ];
    for (scope, script) in asked {
        let told = job("{}", &format!("run: {script}"));
        assert!(
            told.contains(&format!("add `{scope}: read` to its permissions")),
            "{told}"
        );
        assert_eq!(job(&format!("{{ {scope}: read }}"), &format!("run: {script}")), "");
    }
}

#[test]
fn expression_in_script_fires_on_a_branch_name() {
    insta::assert_snapshot!(job("{}", "run: echo \"${{ github.head_ref }}\""), @"9:14: expression-in-script: the script contains the value of `github.head_ref`; set a variable under `env` and use that");
}

#[test]
fn expression_in_script_is_silent_on_a_variable() {
    insta::assert_snapshot!(job("{}", "run: echo \"$BRANCH\"\n        env: { BRANCH: \"${{ github.head_ref }}\" }"), @"");
}

#[test]
fn endless_job_fires_without_a_time_limit() {
    let text = "on: push\npermissions: {}\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: date\n";
    insta::assert_snapshot!(view(&[file("one", text)]), @"4:3: endless-job: job `one` has no time limit; add `timeout-minutes`");
}

#[test]
fn endless_job_is_silent_with_one() {
    insta::assert_snapshot!(job("{}", "run: date"), @"");
}

#[test]
fn options_leave_out_rules_about_workflows_as_those_about_templates() {
    let endless = "on: push\npermissions: {}\njobs: {one: {runs-on: ubuntu-24.04, steps: [{run: date}]}}\n";
    let said = |options: &Options| judge(&[file("one", endless)], options).len();
    let allow = ["endless-job"].into();
    let only = ["unfit-call"].into();
    assert_eq!(said(&Options::default()), 1);
    assert_eq!(
        said(&Options {
            allow,
            ..Options::default()
        }),
        0
    );
    assert_eq!(
        said(&Options {
            only,
            ..Options::default()
        }),
        0
    );
}

#[test]
fn unfit_call_fires_on_an_unknown_input_and_on_a_missing_one() {
    insta::assert_snapshot!(calls("tags: x"), @"
    4:3: unfit-call: job `one` does not give `tag`, which `.github/workflows/called.yml` requires; give it
    4:3: unfit-call: job `one` gives `tags`, which `.github/workflows/called.yml` does not take; leave it out
    ");
}

#[test]
fn unfit_call_fires_on_a_workflow_that_is_not_there() {
    let text = "on: push\npermissions: {}\njobs:\n  one:\n    uses: ./.github/workflows/none.yml\n";
    insta::assert_snapshot!(view(&[file("one", text)]), @"4:3: unfit-call: job `one` calls `.github/workflows/none.yml`, which is not there; call a workflow of this repository");
}

#[test]
fn unfit_call_is_silent_when_it_gives_what_is_required() {
    insta::assert_snapshot!(calls("tag: x"), @"");
}
