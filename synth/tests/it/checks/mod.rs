//! The rules: each fires once and is silent once. The helpers here are all that knows the API.

mod allow;
mod duplicate_key;
mod missing_property;
mod read_only_property;
mod refused_combination;
mod refused_value;
mod show;
mod unknown_property;
mod unknown_resource_type;
mod wrong_type;

use synth::checks::{self, Finding};
use synth::read::{self, Document};

fn documents(texts: &[&str]) -> Vec<Document> {
    let named = texts.iter().enumerate();
    named
        .map(|(at, text)| read::document(&format!("{at}.yaml"), text).unwrap())
        .collect()
}

fn all(texts: &[&str]) -> Vec<Finding> {
    checks::run(&documents(texts))
}

/// What one rule says of templates that are deployed together, one line a finding.
fn together(rule: &str, texts: &[&str]) -> String {
    assert!(checks::rule(rule).is_some(), "no rule is named {rule}");
    let findings = all(texts).into_iter().filter(|finding| finding.rule == rule);
    findings
        .map(|f| format!("{}:{} {}\n", f.line, f.column, f.message))
        .collect()
}

/// What one rule says of a template.
fn found(rule: &str, text: &str) -> String {
    together(rule, &[text])
}
