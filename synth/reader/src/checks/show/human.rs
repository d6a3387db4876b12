//! Findings that quote the line and point into it.

use std::fmt::Write;

use super::quote::{Quote, Quoted, printable, quoted};
use crate::checks::finding::{Certainty, Finding, Level, Place};
use crate::read::{Document, Step};

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// With ANSI escapes.
    Always,
    /// Plain text.
    Never,
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
    for told in findings {
        one(&mut out, told, &paint);
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

fn one(out: &mut String, told: &Quoted, paint: &Paint) {
    let finding = &told.finding;
    let title = format!("{}[{}]", finding.level.name(), finding.rule);
    let last = finding.also.as_ref().map_or(0, |place| place.line).max(finding.line);
    let margin = " ".repeat(last.to_string().len());
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
    if let Some(quote) = &told.quote {
        let carets = paint.level(finding.level, &"^".repeat(quote.width));
        snippet(out, (finding.line, quote), &margin, &carets, paint);
    }
    if let Some(place) = &finding.also {
        also(out, place, told.also.as_ref(), &margin, paint);
    }
    let equals = paint.dim("=");
    if !finding.path.is_empty() {
        let _ = writeln!(out, "{margin} {equals} at: {}", printable(&dotted(&finding.path)));
    }
    if finding.certainty == Certainty::Likely {
        let _ = writeln!(
            out,
            "{margin} {equals} likely: a parameter, a macro or another version can make it otherwise"
        );
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(out, "{margin} {equals} help: {}", printable(help));
    }
    out.push('\n');
}

/// The line, and below it what marks the place.
fn snippet(out: &mut String, (line, quote): (u32, &Quote), margin: &str, mark: &str, paint: &Paint) {
    let bar = paint.dim("|");
    let number = paint.dim(&format!("{line:width$}", width = margin.len()));
    let _ = writeln!(out, "{margin} {bar}");
    let _ = writeln!(out, "{number} {bar} {}", quote.text);
    let _ = writeln!(out, "{margin} {bar} {}{mark}", " ".repeat(quote.before));
}

/// The second place, with what is there.
fn also(out: &mut String, place: &Place, quote: Option<&Quote>, margin: &str, paint: &Paint) {
    let (file, label) = (printable(&place.file), printable(&place.label));
    let colons = paint.dim(":::");
    let head = format!("{margin}{colons} {file}:{}:{}", place.line, place.column);
    let Some(quote) = quote else {
        let _ = writeln!(out, "{head}: {label}");
        return;
    };
    let _ = writeln!(out, "{head}");
    let mark = paint.dim(&format!("{} {label}", "-".repeat(quote.width)));
    snippet(out, (place.line, quote), margin, &mark, paint);
}

/// A path as people read it: `Resources.Service.Properties.LoadBalancers[0]`.
#[must_use]
pub fn dotted(path: &[Step]) -> String {
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
