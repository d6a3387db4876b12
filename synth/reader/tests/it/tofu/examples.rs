//! The example of each rule over modules breaks it and no other, and what is to be written instead breaks none.

use synth_reader::checks::{Finding, tofu};
use synth_reader::read;

use super::judge;

fn broken(findings: &[Finding]) -> Vec<&'static str> {
    let mut names: Vec<_> = findings.iter().map(|finding| finding.rule).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn the_example_of_every_rule_breaks_it_and_what_to_write_instead_does_not() {
    let mut wrong = Vec::new();
    for rule in tofu::RULES {
        let (fires, silent) = (judge(rule.example), judge(rule.instead));
        if broken(&fires) != [rule.name] || !silent.is_empty() {
            wrong.push(format!("{}\n  fires: {fires:#?}\n  silent: {silent:#?}", rule.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_example_of_what_cannot_be_read_cannot_be_read() {
    assert!(read::strict("a.tf.json", tofu::UNREADABLE.example).is_err());
    assert!(judge(tofu::UNREADABLE.instead).is_empty());
}

#[test]
fn every_finding_of_an_example_says_what_to_do() {
    let silent: Vec<String> = tofu::RULES
        .iter()
        .flat_map(|rule| judge(rule.example))
        .filter(|finding| finding.help.is_none())
        .map(|finding| format!("{}: {}", finding.rule, finding.message))
        .collect();
    assert_eq!(silent, [""; 0]);
}
