//! The example of each rule over manifests breaks it, and what is to be written instead does not.

use synth_reader::checks::{Family, Finding, Options, example, manifest};
use synth_reader::read;

use super::kustomize::rendered;

fn judge(text: &str) -> Vec<Finding> {
    let files = example::files(text);
    if files[0].0 == "kustomization.yaml" {
        return manifest::judge_rendering(&rendered(&files), &Options::default());
    }
    let files = files.into_iter();
    let documents = files.flat_map(|(name, text)| read::documents(name, text).unwrap());
    manifest::judge(&documents.collect::<Vec<_>>(), &Options::default())
}

/// The rules that are broken but those that the smallest of examples cannot keep: it has no limits, no probes.
fn broken(rule: &str, findings: &[Finding]) -> Vec<&'static str> {
    let family = |name: &str| {
        manifest::RULES
            .iter()
            .find(|known| known.name == name)
            .map(|known| known.family)
    };
    let counts = |name: &&str| *name == rule || family(name) != Some(Family::Practice);
    let mut names: Vec<_> = findings.iter().map(|finding| finding.rule).filter(counts).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn the_example_of_every_rule_breaks_it_and_what_to_write_instead_does_not() {
    let mut wrong = Vec::new();
    for rule in manifest::RULES {
        let (fires, silent) = (judge(rule.example), judge(rule.instead));
        if broken(rule.name, &fires) != [rule.name] || !broken(rule.name, &silent).is_empty() {
            let told = |findings: &[Finding]| -> Vec<String> {
                let told = findings
                    .iter()
                    .map(|it| format!("{}:{} {}", it.line, it.rule, it.message));
                told.filter(|line| line.contains(rule.name) || !line.is_empty())
                    .collect()
            };
            wrong.push(format!(
                "{}\n  fires: {:?}\n  silent: {:?}",
                rule.name,
                told(&fires),
                told(&silent)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_example_of_what_cannot_be_read_cannot_be_read() {
    assert!(read::documents("a.yaml", manifest::UNREADABLE.example).is_err());
    assert!(read::documents("a.yaml", manifest::UNREADABLE.instead).is_ok());
}

#[test]
fn a_rule_has_a_name_of_its_own_and_a_link() {
    let mut names: Vec<&str> = synth_reader::checks::Subject::rules()
        .map(|(_, rule)| rule.name)
        .collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    assert!(manifest::RULES.iter().all(|rule| rule.link.starts_with("https://")));
}

#[test]
fn every_finding_of_an_example_says_what_to_do() {
    let silent: Vec<String> = manifest::RULES
        .iter()
        .flat_map(|rule| judge(rule.example))
        .filter(|finding| finding.help.is_none())
        .map(|finding| format!("{}: {}", finding.rule, finding.message))
        .collect();
    assert_eq!(silent, [""; 0]);
}
