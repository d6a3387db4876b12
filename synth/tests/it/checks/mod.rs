//! The rules: each fires once and is silent once. The helpers here are all that knows the API.

mod allow;
mod circular_dependency;
mod colliding_export;
mod dangling_depends_on;
mod dangling_import;
mod dangling_reference;
mod duplicate_key;
mod malformed_template;
mod missing_property;
mod passed_limit;
mod read_only_property;
mod redundant_depends_on;
mod refused_combination;
mod refused_default;
mod refused_value;
mod show;
mod undefined_condition;
mod unknown_attribute;
mod unknown_property;
mod unknown_resource_type;
mod unused_parameter;
mod wrong_reference;
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
