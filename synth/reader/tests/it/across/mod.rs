//! Rules that hold templates and manifests against each other: each fires once and is silent once.

mod access;
mod alarms;
mod examples;
mod identity;
mod names;
mod network;
mod placeholders;
mod queries;

use synth_reader::checks::{Finding, Options, across, example};
use synth_reader::read::manifest::is_manifest;
use synth_reader::read::{self, Document};

/// The documents of the files of an example.
fn documents(text: &str) -> Vec<Document> {
    let files = example::files(text).into_iter();
    let documents = files.flat_map(|(name, text)| read::documents(name, text).unwrap());
    documents.collect()
}

/// What all rules say of files that are all that is deployed.
fn all(text: &str) -> Vec<Finding> {
    across::run(&documents(text), &Options::default())
}

/// What they say of files that somebody gave together.
fn given(text: &str) -> Vec<Finding> {
    across::judge(&documents(text), &Options::default())
}

/// What one rule says of what its example should be, with some texts of it replaced: a line a finding.
fn with(rule: &str, changes: &[(&str, &str)]) -> String {
    lines(rule, all(&changed(rule, changes)))
}

/// The same for whoever validates files that need not be all.
fn validated(rule: &str, changes: &[(&str, &str)]) -> String {
    lines(rule, given(&changed(rule, changes)))
}

/// What one rule says of what the example of another should be.
fn others(example: &str, rule: &str, changes: &[(&str, &str)]) -> String {
    lines(rule, all(&changed(example, changes)))
}

/// What the example of a rule should be, with some texts replaced.
fn changed(rule: &str, changes: &[(&str, &str)]) -> String {
    let known = across::RULES.iter().find(|known| known.name == rule).unwrap();
    changes.iter().fold(known.instead.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{rule} has no {from}");
        text.replace(from, to)
    })
}

fn lines(rule: &str, findings: Vec<Finding>) -> String {
    let findings = findings.into_iter().filter(|finding| finding.rule == rule);
    let lines = findings.map(|it| format!("{}:{} {}: {}", it.file, it.line, it.level.name(), it.message));
    lines.collect::<Vec<_>>().join("\n")
}
