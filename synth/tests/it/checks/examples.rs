//! The example of each rule breaks it and no other, and what is to be written instead breaks none.

use synth::checks::{self, Finding, Options, RULES, UNREADABLE, example, workflow};
use synth::read::{self, Document};
use synth::workflow::File;

/// What rides along in a template that is as small as it can be: a network for a rule about networks has no flow log.
const BESIDE: [(&str, &str); 2] = [
    ("private-dns-without-hostnames", "missing-flow-logs"),
    ("subnet-outside-network", "missing-flow-logs"),
];

/// What all rules say of the files of an example.
fn of_templates(text: &str) -> Vec<Finding> {
    let files = example::files(text).into_iter();
    let documents: Vec<Document> = files.map(|(name, text)| read::document(name, text).unwrap()).collect();
    // The first line of an example may say how synth is called.
    match text.trim_start().strip_prefix("# synth validate --region ") {
        Some(rest) => {
            let options = Options {
                regions: rest.lines().take(1).map(str::to_owned).collect(),
                ..Options::default()
            };
            checks::judge(&documents, &options)
        }
        None => checks::run(&documents),
    }
}

fn of_workflows(text: &str) -> Vec<Finding> {
    let files = example::files(text).into_iter();
    let files: Vec<File> = files
        .map(|(name, text)| File {
            path: name.to_owned(),
            text: text.to_owned(),
        })
        .collect();
    workflow::check(&files)
}

/// The rules that are broken, each once, but those that ride along.
fn broken(rule: &str, findings: &[Finding]) -> Vec<&'static str> {
    let beside = |found: &&'static str| *found != rule && BESIDE.contains(&(rule, found));
    let mut names: Vec<_> = findings
        .iter()
        .map(|it| it.rule)
        .filter(|found| !beside(found))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn the_example_of_every_rule_breaks_it_alone_and_what_to_write_instead_breaks_none() {
    let of_templates = RULES.iter().map(|rule| {
        let judge: fn(&str) -> Vec<Finding> = of_templates;
        (rule.name, rule.example, rule.instead, judge)
    });
    let of_workflows = workflow::RULES.iter().map(|rule| {
        let judge: fn(&str) -> Vec<Finding> = of_workflows;
        (rule.name, rule.example, rule.instead, judge)
    });
    let mut wrong = Vec::new();
    for (rule, example, instead, judge) in of_templates.chain(of_workflows) {
        let (fires, silent) = (judge(example), judge(instead));
        if broken(rule, &fires) != [rule] || !broken(rule, &silent).is_empty() {
            let told: Vec<_> = fires.iter().chain(&silent).map(|it| (it.rule, &it.message)).collect();
            wrong.push(format!("{rule}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_example_of_what_cannot_be_read_cannot_be_read() {
    assert!(read::document("template.yaml", UNREADABLE.example).is_err());
    assert_eq!(of_templates(UNREADABLE.instead), []);
}

#[test]
fn an_example_fits_on_a_screen() {
    let examples = RULES.iter().map(|rule| (rule.name, rule.example, rule.instead));
    let of_workflows = workflow::RULES
        .iter()
        .map(|rule| (rule.name, rule.example, rule.instead));
    for (name, example, instead) in examples.chain(of_workflows) {
        for text in [example, instead] {
            assert!(text.lines().count() <= 36, "{name} has {} lines", text.lines().count());
            assert!(
                text.lines().all(|line| line.len() <= 116),
                "{name} has lines that do not fit"
            );
        }
    }
}

#[test]
fn lines_with_a_name_begin_the_files_of_an_example() {
    let several = "\n--- # a.yaml\nA: 1\n--- # b.yaml\nB: 2\n";
    assert_eq!(example::files(several), [("a.yaml", "A: 1\n"), ("b.yaml", "B: 2\n")]);
    assert_eq!(example::files("\nA: 1\n"), [("template.yaml", "A: 1\n")]);
}
