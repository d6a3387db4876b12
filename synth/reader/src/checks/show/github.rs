//! Annotations of GitHub Actions.

use std::fmt::Write;

use crate::checks::finding::{Finding, Level};

/// One workflow command a finding, which GitHub shows on the line of the pull request.
#[must_use]
pub fn github(findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "notice",
        };
        let help = finding
            .help
            .as_ref()
            .map_or(String::new(), |help| format!("\nhelp: {help}"));
        let also = finding.also.as_ref().map_or(String::new(), |place| {
            format!("\nsee {}:{}:{}: {}", place.file, place.line, place.column, place.label)
        });
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            property(&finding.file),
            finding.line,
            finding.end_line,
            finding.column,
            finding.end_column,
            property(finding.rule),
            data(&format!("{}{also}{help}", finding.message)),
        );
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
