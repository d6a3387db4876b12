//! Findings as text, for people and for programs.

mod github;
mod human;
mod quote;
mod rules;
mod sarif;

pub use github::github;
pub use human::{Color, dotted, human, text};
pub use quote::{Quote, Quoted, quoted};
pub use rules::{explain, page};
pub use sarif::sarif;

use super::finding::Finding;

/// A JSON array of `{rule, level, certainty, message, help, file, path, line, column, end_line, end_column, also}`, of
/// which `also` is null or `{label, file, path, line, column, end_line, end_column}`.
#[must_use]
pub fn json(findings: &[Finding]) -> String {
    let mut text = serde_json::to_string_pretty(findings).unwrap_or_else(|_| "[]".to_owned());
    text.push('\n');
    text
}
