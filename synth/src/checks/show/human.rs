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

/// A finding and the line of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The finding.
    pub finding: Finding,
    /// What to show of the line, if the file is at hand.
    pub quote: Option<Quote>,
}

/// The part of a line that a finding points into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    text: String,
    /// How far into the text the place begins.
    before: usize,
    /// How wide the place is.
    width: usize,
}

/// Takes from documents what a person must see of them, so that they need not be kept.
#[must_use]
pub fn quoted(findings: Vec<Finding>, documents: &[Document]) -> Vec<Quoted> {
    let mut lines: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for finding in &findings {
        if let Some(document) = documents.iter().find(|document| document.file == finding.file) {
            lines
                .entry(&document.file)
                .or_insert_with(|| document.text.lines().collect());
        }
    }
    let quote = |finding: &Finding| {
        let lines = lines.get(finding.file.as_str())?;
        Some(Quote::new(lines.get(finding.line.checked_sub(1)? as usize)?, finding))
    };
    findings
        .into_iter()
        .map(|finding| Quoted {
            quote: quote(&finding),
            finding,
        })
        .collect()
}

/// Findings for a person, each with the line of its file if the file is among the documents.
#[must_use]
pub fn human(findings: &[Finding], documents: &[Document], color: Color) -> String {
    text(&quoted(findings.to_vec(), documents), color)
}

/// Findings for a person.
#[must_use]
pub fn text(findings: &[Quoted], color: Color) -> String {
    let paint = Paint { color };
    let mut out = String::new();
    for Quoted { finding, quote } in findings {
        one(&mut out, finding, quote.as_ref(), &paint);
    }
    out
}

/// Text in a colour, if there are colours.
pub(super) fn paint(color: Color, code: &str, text: &str) -> String {
    match color {
        Color::Always => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        Color::Never => text.to_owned(),
    }
}

struct Paint {
    color: Color,
}

impl Paint {
    fn style(&self, code: &str, text: &str) -> String {
        paint(self.color, code, text)
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

fn one(out: &mut String, finding: &Finding, quote: Option<&Quote>, paint: &Paint) {
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
    if let Some(Quote { text, before, width }) = quote {
        let carets = paint.level(finding.level, &"^".repeat(*width));
        let number = paint.dim(&finding.line.to_string());
        let _ = writeln!(out, "{margin} {bar}");
        let _ = writeln!(out, "{number} {bar} {text}");
        let _ = writeln!(out, "{margin} {bar} {}{carets}", " ".repeat(*before));
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

impl Quote {
    /// Cuts a long line around the place that is pointed at.
    #[must_use]
    pub fn new(line: &str, finding: &Finding) -> Self {
        // A line can be a whole file, and each of its findings asks for it.
        let length = if line.is_ascii() {
            line.len()
        } else {
            line.chars().count()
        };
        let start = (finding.column.max(1) as usize - 1).min(length);
        let end = if finding.end_line == finding.line {
            (finding.end_column.max(1) as usize - 1).min(length)
        } else {
            length
        };
        let from = if length <= WIDTH {
            0
        } else {
            start.saturating_sub(WIDTH / 3)
        };
        let to = length.min(from + WIDTH);
        let text: String = if line.is_ascii() {
            line[from..to].to_owned()
        } else {
            line.chars().skip(from).take(to - from).collect()
        };
        Self {
            text: printable(text.trim_end()),
            before: start - from,
            width: end.min(to).saturating_sub(start).max(1),
        }
    }
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
