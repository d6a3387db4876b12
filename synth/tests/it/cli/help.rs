//! Help, completions, rules.

use super::run;
use crate::files::Temp;

#[test]
fn help_shows_examples_and_exit_codes() {
    insta::assert_snapshot!(run(&Temp::new(), "--help").out);
}

#[test]
fn an_unknown_option_is_bad_usage() {
    let temp = Temp::new();
    insta::assert_snapshot!(run(&temp, "--systems").all(&temp), @r"
    error: unexpected argument '--systems' found

      tip: a similar argument exists: '--system'

    Usage: synth --system <NAME>

    For more information, try '--help'.
    exit code 2
    ");
}

#[test]
fn there_are_completions_for_the_usual_shells() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let said = run(&Temp::new(), &format!("completions {shell}"));
        assert_eq!(said.code, 0);
        assert!(said.out.contains("completions"), "{shell}");
    }
}

#[test]
fn a_rule_is_explained() {
    let said = run(&Temp::new(), "explain duplicate-key");
    assert_eq!(said.code, 0);
    assert!(
        said.out.starts_with("duplicate-key: error (schema, templates)\n"),
        "{}",
        said.out
    );
}

#[test]
fn an_unknown_rule_is_an_error_with_the_nearest_name() {
    let temp = Temp::new();
    insta::assert_snapshot!(run(&temp, "explain duplicated-key").all(&temp), @r"
    error: there is no rule `duplicated-key` (did you mean `duplicate-key`?); `synth explain` lists them all
    exit code 2
    ");
}

#[test]
fn rules_are_found_by_words_and_those_come_first_whose_name_has_them() {
    let said = run(&Temp::new(), "explain open ports");
    assert_eq!(said.code, 0);
    let names: Vec<&str> = said.out.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.starts_with(&["open-port"]) && names.len() > 1, "{}", said.out);
    // The words are those of the reason, too.
    let said = run(&Temp::new(), "explain hangs six hours");
    assert!(said.out.starts_with("endless-job"), "{}", said.out);
}

#[test]
fn words_that_no_rule_has_are_an_error() {
    let temp = Temp::new();
    insta::assert_snapshot!(run(&temp, "explain port zeppelin").all(&temp), @"
    error: no rule has all of the words `port`, `zeppelin`; give fewer, `synth explain` lists all rules
    exit code 2
    ");
    let said = run(&temp, "explain zeppelin").all(&temp);
    assert!(said.starts_with("error: there is no rule `zeppelin`"), "{said}");
}

#[test]
fn every_rule_is_in_the_list() {
    let said = run(&Temp::new(), "explain --format json");
    let rules: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    // Three more tell of files that no rule can look at.
    let ours = synth::checks::RULES.len() + synth::checks::manifest::RULES.len() + synth::checks::tofu::RULES.len();
    let all = ours + 3 + synth::checks::workflow::RULES.len() + synth::checks::across::RULES.len();
    let all = all + synth::checks::across::queries::RULES.len();
    assert_eq!(rules.as_array().unwrap().len(), all);
    assert_eq!(synth::checks::Subject::rules().count(), all);
}

#[test]
fn a_name_that_a_rule_had_leads_to_it() {
    let said = run(&Temp::new(), "explain missing-part");
    assert!(said.out.starts_with("missing-property: error"), "{}", said.out);
}
