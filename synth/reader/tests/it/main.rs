//! The reader as others use it: facts, reading, and the rules over manifests.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as the test does")]

mod across;
mod documents;
mod examples;
mod graph;
mod kubernetes;
mod kustomize;
mod manifests;
mod promql;
mod review;
mod silent;
mod tofu;

use synth_reader::checks::{Finding, Options, manifest};
use synth_reader::read::{self, Document};

/// The documents of a file.
fn documents(text: &str) -> Vec<Document> {
    read::documents("all.yaml", text).unwrap()
}

/// What all rules say of manifests.
fn all(text: &str) -> Vec<Finding> {
    manifest::judge(&documents(text), &Options::default())
}

/// What one rule says of manifests, one line a finding.
fn found(rule: &str, text: &str) -> String {
    assert!(
        manifest::RULES.iter().any(|known| known.name == rule),
        "no rule is named {rule}"
    );
    let findings = all(text).into_iter().filter(|finding| finding.rule == rule);
    let lines = findings.map(|it| format!("{}:{} {}: {}", it.line, it.column, it.level.name(), it.message));
    lines.collect::<Vec<_>>().join("\n")
}
