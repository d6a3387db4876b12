//! Findings that quote the line and point into it.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::checks::finding::{Finding, Level};
use crate::read::{Document, Step};

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// With ANSI escapes.
    Always,
    /// Plain text.
    Never,
}

/// Longer lines are cut around the place that is pointed at.
const WIDTH: usize = 110;

/// Findings for a person, each with the line of its file if the file is among the documents.
#[must_use]
pub fn human(findings: &[Finding], documents: &[Document], color: Color) -> String {
    let mut lines: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for finding in findings {
        if let Some(document) = documents.iter().find(|document| document.file == finding.file) {
            lines
                .entry(&document.file)
                .or_insert_with(|| document.text.lines().collect());
        }
    }
    let paint = Paint { color };
    let mut out = String::new();
    for finding in findings {
        let line = lines
            .get(finding.file.as_str())
            .and_then(|lines| lines.get(finding.line.checked_sub(1)? as usize).copied());
        one(&mut out, finding, line, &paint);
    }
    out
}

struct Paint {
    color: Color,
}

impl Paint {
    fn style(&self, code: &str, text: &str) -> String {
        match self.color {
            Color::Always => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            Color::Never => text.to_owned(),
        }
    }

    fn level(&self, level: Level, text: &str) -> String {
        let code = match level {
            Level::Error => "1;31",
            Level::Warning => "1;33",
            Level::Info => "1;36",
        };
        self.style(code, text)
    }

    fn dim(&self, text: &str) -> String {
        self.style("1;34", text)
    }
}

fn one(out: &mut String, finding: &Finding, line: Option<&str>, paint: &Paint) {
    let title = format!("{}[{}]", finding.level.name(), finding.rule);
    let margin = " ".repeat(finding.line.to_string().len());
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{}: {}",
        paint.level(finding.level, &title),
        paint.style("1", &printable(&finding.message))
    );
    let arrow = paint.dim("-->");
    let file = printable(&finding.file);
    let _ = writeln!(out, "{margin}{arrow} {file}:{}:{}", finding.line, finding.column);
    let bar = paint.dim("|");
    if let Some(line) = line {
        let (quote, before, width) = cut(line, finding);
        let carets = paint.level(finding.level, &"^".repeat(width));
        let number = paint.dim(&finding.line.to_string());
        let _ = writeln!(out, "{margin} {bar}");
        let _ = writeln!(out, "{number} {bar} {quote}");
        let _ = writeln!(out, "{margin} {bar} {}{carets}", " ".repeat(before));
    }
    let equals = paint.dim("=");
    if !finding.path.is_empty() {
        let _ = writeln!(out, "{margin} {equals} at: {}", printable(&dotted(&finding.path)));
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(out, "{margin} {equals} help: {}", printable(help));
    }
    out.push('\n');
}

/// The part of the line to show, how far into it the place begins, and how wide it is.
fn cut(line: &str, finding: &Finding) -> (String, usize, usize) {
    let characters: Vec<char> = line.chars().collect();
    let start = (finding.column.max(1) as usize - 1).min(characters.len());
    let end = if finding.end_line == finding.line {
        (finding.end_column.max(1) as usize - 1).min(characters.len())
    } else {
        characters.len()
    };
    let from = if characters.len() <= WIDTH {
        0
    } else {
        start.saturating_sub(WIDTH / 3)
    };
    let to = characters.len().min(from + WIDTH);
    let quote: String = characters[from..to].iter().collect();
    let width = end.min(to).saturating_sub(start).max(1);
    (printable(quote.trim_end()), start - from, width)
}

/// A template must not move the cursor of a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// `Resources.Service.Properties.LoadBalancers[0]`
fn dotted(path: &[Step]) -> String {
    let mut out = String::new();
    for step in path {
        match step {
            Step::Key(key) if out.is_empty() => out.push_str(key),
            Step::Key(key) => {
                let _ = write!(out, ".{key}");
            }
            Step::Index(index) => {
                let _ = write!(out, "[{index}]");
            }
        }
    }
    out
}
