//! The example of each rule breaks it and no other, and what is to be written instead breaks none.

use synth::checks::{self, Finding, Options, Rule, Subject, UNREADABLE, example, workflow};
use synth::read::File;
use synth::read::{self, Document};

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
    workflow::run(&files)
}

/// What judges the example of each rule; those over manifests and modules are tried where these are.
fn judged() -> impl Iterator<Item = (fn(&str) -> Vec<Finding>, &'static Rule)> {
    let readable = Subject::rules().filter(|(_, rule)| rule.name != UNREADABLE.name);
    readable.filter_map(|(subject, rule)| match subject {
        Subject::Templates => Some((of_templates as fn(&str) -> Vec<Finding>, rule)),
        Subject::Workflows => Some((of_workflows, rule)),
        Subject::Manifests | Subject::Modules | Subject::Across | Subject::Queries => None,
    })
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
    let mut wrong = Vec::new();
    for (judge, rule) in judged() {
        let (fires, silent) = (judge(rule.example), judge(rule.instead));
        if broken(rule.name, &fires) != [rule.name] || !broken(rule.name, &silent).is_empty() {
            let told: Vec<_> = fires.iter().chain(&silent).map(|it| (it.rule, &it.message)).collect();
            wrong.push(format!("{}: {told:?}", rule.name));
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
    for (_, rule) in Subject::rules() {
        for text in [rule.example, rule.instead] {
            let (name, lines) = (rule.name, text.trim().lines().count());
            assert!(lines <= 35, "{name} has {lines} lines");
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

#[test]
fn a_finding_with_two_ends_points_at_both() {
    let mut told = String::new();
    for (judge, rule) in judged() {
        for finding in judge(rule.example).into_iter().filter(|it| it.rule == rule.name) {
            let Some(also) = finding.also else { continue };
            let (here, there) = (finding.line, also.line);
            let file = if also.file == finding.file {
                ""
            } else {
                also.file.as_str()
            };
            let line = format!("{}:{here} -> {file}:{there} {}\n", rule.name, also.label);
            told.push_str(&line);
        }
    }
    insta::assert_snapshot!(told);
}
