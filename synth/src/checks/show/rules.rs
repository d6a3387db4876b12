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

/// What the page says of a rule.
struct Row {
    name: &'static str,
    level: Level,
    why: &'static str,
    link: &'static str,
    example: &'static str,
    instead: &'static str,
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
        let rows = rules.map(|rule| Row {
            name: rule.name,
            level: rule.level,
            why: rule.why,
            link: rule.link,
            example: rule.example,
            instead: rule.instead,
        });
        section(&mut out, family.name(), says, rows);
    }
    let rows = workflow::RULES.iter().map(|rule| Row {
        name: rule.name,
        level: Level::Error,
        why: rule.why,
        link: rule.link,
        example: rule.example,
        instead: rule.instead,
    });
    section(
        &mut out,
        "workflows",
        "What is wrong with a GitHub workflow that `synth` renders.",
        rows,
    );
    out
}

fn section(out: &mut String, name: &str, says: &str, rows: impl Iterator<Item = Row>) {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|row| row.name);
    let links: Vec<String> = rows.iter().map(|row| format!("[{0}](#{0})", row.name)).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\n## {name}\n\n{says}\n\n{}", links.join(" · "));
    for row in rows {
        let _ = writeln!(
            out,
            "\n### {}\n\n**{}**: {} ([source]({}))\n\n<details><summary>example</summary>\n\n{}\nWrite instead:\n\n{}\n</details>",
            row.name,
            row.level.name(),
            row.why.replace('\n', " "),
            row.link,
            fenced(row.example),
            fenced(row.instead),
        );
    }
}

fn fenced(text: &str) -> String {
    format!("```yaml\n{}\n```\n", text.trim())
}
