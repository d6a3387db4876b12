//! The example of each rule breaks it alone, and what is to be written instead breaks none.

use super::{Finding, Options, all, documents, given, is_manifest};
use synth_reader::checks::{self, Level, across, manifest};

fn names(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn the_example_of_every_rule_breaks_it_alone_and_what_to_write_instead_breaks_none() {
    let mut wrong = Vec::new();
    for rule in across::RULES {
        let (fires, silent) = (all(rule.example), all(rule.instead));
        if names(&fires) != [rule.name] || !silent.is_empty() {
            let told: Vec<_> = fires.iter().chain(&silent).map(|it| (it.rule, &it.message)).collect();
            wrong.push(format!("{}: {told:?}", rule.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_example_of_every_rule_breaks_it_for_whoever_validates_and_is_a_warning() {
    for rule in across::RULES {
        let found: Vec<_> = given(rule.example).iter().map(|it| (it.rule, it.level)).collect();
        assert_eq!(found, [(rule.name, Level::Warning)]);
        assert_eq!(given(rule.instead), []);
    }
}

#[test]
fn no_example_is_refused_by_either_language_alone() {
    for rule in across::RULES {
        for text in [rule.example, rule.instead] {
            let (manifests, templates): (Vec<_>, Vec<_>) = documents(text)
                .into_iter()
                .partition(|document| is_manifest(&document.root));
            let options = Options::default();
            let found = checks::judge(&templates, &options).into_iter();
            let found = found.chain(manifest::judge(&manifests, &options));
            let refused: Vec<_> = found
                .filter(|it| it.level == Level::Error)
                .map(|it| it.message)
                .collect();
            assert_eq!(refused, [""; 0], "{}", rule.name);
        }
    }
}

#[test]
fn one_language_alone_breaks_no_rule() {
    for rule in across::RULES {
        let (manifests, templates): (Vec<_>, Vec<_>) = documents(rule.example)
            .into_iter()
            .partition(|document| is_manifest(&document.root));
        for alone in [manifests, templates] {
            assert_eq!(across::run(&alone, &Options::default()), [], "{}", rule.name);
        }
    }
}

#[test]
fn each_finding_points_at_the_other_language_and_says_what_to_do() {
    for rule in across::RULES {
        let documents = documents(rule.example);
        let is_manifest = |file: &str| {
            let mut its = documents.iter().filter(|document| document.file == file);
            its.any(|document| is_manifest(&document.root))
        };
        for finding in all(rule.example) {
            let also = finding.also.unwrap();
            assert_ne!(is_manifest(&finding.file), is_manifest(&also.file), "{}", rule.name);
            assert!(finding.help.is_some(), "{}", rule.name);
        }
    }
}
