//! The rules themselves as text.

use std::fmt::Write;

use crate::checks::RULES;
use crate::checks::finding::{Family, Rule};

/// One rule for a person at a terminal.
#[must_use]
pub fn explain(rule: &Rule) -> String {
    format!(
        "{} ({}, {})\n\n{}\n\nAWS: {}\n\nTo allow it for one resource, with a reason:\n  \"Metadata\": {{\"synth\": {{\"allow\": {{\"{}\": \"…\"}}}}}}\n",
        rule.name,
        rule.family.name(),
        rule.level.name(),
        rule.why,
        rule.link,
        rule.name,
    )
}

/// All rules as a page of Markdown.
#[must_use]
pub fn page() -> String {
    let mut out = "# Rules\n\n".to_owned();
    out.push_str("A rule is named for what it forbids. An error stops rendering; a warning does not. ");
    out.push_str("A resource allows one with a reason: ");
    out.push_str("`\"Metadata\": {\"synth\": {\"allow\": {\"<rule>\": \"<reason>\"}}}`.\n");
    for (family, says) in [
        (Family::Schema, "What AWS refuses."),
        (Family::Graph, "What does not fit together."),
        (Family::Practice, "What deploys and will hurt."),
    ] {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "\n## {}\n\n{says}\n\n| Rule | Level | Why |\n| --- | --- | --- |",
            family.name()
        );
        for rule in RULES.iter().filter(|rule| rule.family == family) {
            let why = rule.why.replace('|', "\\|").replace('\n', " ");
            let _ = writeln!(
                out,
                "| `{}` | {} | {why} ([AWS]({})) |",
                rule.name,
                rule.level.name(),
                rule.link
            );
        }
    }
    out
}
