//! SARIF 2.1.0, which code scanning services read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::checks::finding::{Finding, Level};
use crate::read::Span;

/// One SARIF log with one run.
#[must_use]
pub fn sarif(findings: &[Finding]) -> String {
    let names: BTreeSet<&str> = findings.iter().map(|finding| finding.rule).collect();
    let rules: Vec<Value> = names.iter().map(|name| rule(name)).collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "synth",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(name: &str) -> Value {
    match crate::checks::rule(name) {
        Some(rule) => json!({
            "id": name,
            "shortDescription": {"text": name.replace('-', " ")},
            "fullDescription": {"text": rule.why},
            "helpUri": rule.link,
            "defaultConfiguration": {"level": level(rule.level)},
        }),
        None => json!({"id": name}),
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

fn result(finding: &Finding) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}; {help}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.level),
        "message": {"text": text},
        "locations": [{"physicalLocation": location(&finding.file, finding.span())}],
        "properties": {"certainty": finding.certainty},
    });
    if let Some(place) = &finding.also {
        result["relatedLocations"] = json!([{
            "message": {"text": place.label},
            "physicalLocation": location(&place.file, place.span()),
        }]);
    }
    result
}

fn location(file: &str, at: Span) -> Value {
    json!({
        "artifactLocation": {"uri": uri(file)},
        "region": {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        },
    })
}

/// A path as a URI reference: what is neither plain nor a slash is escaped.
fn uri(path: &str) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
