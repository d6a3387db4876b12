//! What is right though it looks like what a rule forbids: each rule is silent about it.

mod graph;
mod practice;
mod schema;

use std::collections::BTreeSet;

use synth_reader::checks::manifest;

use super::found;

/// A rule, and manifests that it says nothing about.
type Case = (&'static str, &'static str);

/// A pod with one container that has these fields.
macro_rules! container {
    ($fields:literal) => {
        concat!(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec:\n  containers:\n    - {name: web, \
             image: 'example/web:1.0', ",
            $fields,
            "}\n"
        )
    };
}

/// A Deployment whose own `spec` and that of its pods have these fields.
macro_rules! deployment {
    ($spec:literal, $pod:literal) => {
        concat!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  ",
            $spec,
            "\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, image: 'example/web:1.0'}], ",
            $pod,
            "}\n"
        )
    };
}

use {container, deployment};

fn silent(cases: &[Case]) {
    let loud: Vec<String> = cases
        .iter()
        .map(|(rule, text)| (rule, found(rule, text)))
        .filter(|(_, said)| !said.is_empty())
        .map(|(rule, said)| format!("{rule}: {said}"))
        .collect();
    assert!(loud.is_empty(), "{}", loud.join("\n"));
}

#[test]
fn each_rule_has_a_case_in_which_it_is_silent() {
    // These are told by the reader of kustomizations, and have their tests there.
    let elsewhere = ["idle-patch", "refused-kustomization", "unread-kustomization"];
    let all = [graph::CASES, practice::CASES, schema::CASES].concat();
    let cases: BTreeSet<&str> = all.iter().map(|(rule, _)| *rule).chain(elsewhere).collect();
    let rules: BTreeSet<&str> = manifest::RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(cases, rules);
}
