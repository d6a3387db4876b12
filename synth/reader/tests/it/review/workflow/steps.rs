//! Steps, their actions and images.

use insta::assert_snapshot;

use super::{COMMIT, LATER, job, steps};

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
fn an_image_of_a_step_that_changes_its_tag_is_the_same_step() {
    assert_snapshot!(steps("- uses: docker://a/b:1", "- uses: docker://a/b:2"), @"
    job build: updated in place
      steps[docker://a/b].uses: docker://a/b:1 → docker://a/b:2
    ");
}

#[test]
fn another_action_under_the_same_name_is_told() {
    assert_snapshot!(steps("- name: Build\n  uses: a/b@v1", "- name: Build\n  uses: c/d@v1"), @"
    job build: updated in place
      steps[Build].uses: a/b@v1 → c/d@v1; another action
    ");
}
