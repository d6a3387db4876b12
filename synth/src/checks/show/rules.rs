//! The rules themselves as text.

use std::fmt::Write;

use crate::checks::finding::{Family, Level, Rule};
use crate::checks::{RULES, UNREADABLE, workflow};

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

/// All rules as a page of Markdown: those about templates, then those about workflows.
#[must_use]
pub fn page() -> String {
    let mut out = "# Rules\n\n".to_owned();
    out += "<!-- Rendered by `synth explain --format markdown`; change the rule, not this page. -->\n\n";
    out += "A rule is named for what it forbids. An error stops rendering and fails `synth validate`; a warning and a \
            note do neither, unless `--deny` raises them. A resource, or a template as a whole, allows a rule with a \
            reason; an allowance without one allows nothing:\n\n\
            ```yaml\nMetadata:\n  synth:\n    allow:\n      open-port: a public web server\n```\n";
    for (family, says) in [
        (Family::Schema, "What AWS refuses."),
        (Family::Graph, "What does not fit together."),
        (Family::Practice, "What deploys and will hurt."),
    ] {
        let rules = RULES.iter().chain([&&UNREADABLE]).filter(|rule| rule.family == family);
        let rows = rules.map(|rule| (rule.name, rule.level, rule.why, rule.link));
        section(&mut out, family.name(), says, rows);
    }
    let rows = workflow::RULES
        .iter()
        .map(|rule| (rule.name, Level::Error, rule.why, rule.link));
    section(
        &mut out,
        "workflows",
        "What is wrong with a GitHub workflow that `synth` renders.",
        rows,
    );
    out
}

fn section<'a>(
    out: &mut String,
    name: &str,
    says: &str,
    rows: impl Iterator<Item = (&'a str, Level, &'a str, &'a str)>,
) {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|(name, ..)| *name);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "\n## {name}\n\n{says}\n\n| Rule | Level | Why |\n| --- | --- | --- |"
    );
    for (name, level, why, link) in rows {
        let why = why.replace('|', "\\|").replace('\n', " ");
        let _ = writeln!(out, "| `{name}` | {} | {why} ([source]({link})) |", level.name());
    }
}
