//! `OpenTofu`, as others write it.

mod examples;
mod facts;
mod rules;

use synth_reader::checks::{Finding, Options, example, tofu};
use synth_reader::read::{self, Document};

/// The files of an example; one by itself is `main.tf.json`.
fn documents(text: &str) -> Vec<Document> {
    let files = example::files(text).into_iter();
    let named = files.map(|(name, text)| (if name == "template.yaml" { "main.tf.json" } else { name }, text));
    named.map(|(name, text)| read::strict(name, text).unwrap()).collect()
}

fn judge(text: &str) -> Vec<Finding> {
    tofu::judge(&documents(text), &Options::default())
}

/// What one rule says of a module, one line a finding, each with what to do.
fn found(rule: &str, text: &str) -> String {
    assert!(
        tofu::RULES.iter().any(|known| known.name == rule),
        "no rule is named {rule}"
    );
    let findings = judge(text).into_iter().filter(|finding| finding.rule == rule);
    let lines = findings.map(|it| {
        let help = it.help.unwrap_or_default();
        format!("{}:{} {}: {}; {help}", it.line, it.column, it.level.name(), it.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}
