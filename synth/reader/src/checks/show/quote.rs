//! The lines that findings point into.

use std::collections::BTreeMap;

use crate::checks::finding::Finding;
use crate::read::{Document, Part, Span};

/// Longer lines are cut around the place that is pointed at.
const WIDTH: usize = 110;

/// A finding and the line of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The finding.
    pub finding: Finding,
    /// What to show of the line, if the file is at hand.
    pub quote: Option<Quote>,
    /// What to show of the line of the other end.
    pub also: Option<Quote>,
}

/// The part of a line that a finding points into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub(super) text: String,
    /// How far into the text the place begins.
    pub(super) before: usize,
    /// How wide the place is.
    pub(super) width: usize,
}

/// Takes from documents what a person must see of them, so that they need not be kept.
#[must_use]
pub fn quoted(findings: Vec<Finding>, documents: &[Document]) -> Vec<Quoted> {
    let mut lines = Lines {
        texts: BTreeMap::new(),
        of: BTreeMap::new(),
    };
    let mut parts: &[Part] = &[];
    for document in documents {
        lines.texts.entry(&document.file).or_insert(&document.text);
        // The documents of a rendering share their parts.
        if !std::ptr::eq(parts, document.parts.as_ref()) {
            parts = &document.parts;
            let texts = parts.iter().map(|part| (part.file.as_str(), &*part.text));
            texts.for_each(|(file, text)| _ = lines.texts.entry(file).or_insert(text));
        }
    }
    let tell = |finding: Finding| Quoted {
        quote: lines.quote(&finding.file, finding.span()),
        also: (finding.also.as_ref()).and_then(|place| lines.quote(&place.file, place.span())),
        finding,
    };
    findings.into_iter().map(tell).collect()
}

/// The lines of the documents that somebody asked for.
struct Lines<'a> {
    texts: BTreeMap<&'a str, &'a str>,
    of: BTreeMap<&'a str, Vec<&'a str>>,
}

impl Lines<'_> {
    fn quote(&mut self, file: &str, at: Span) -> Option<Quote> {
        let (file, text) = self.texts.get_key_value(file)?;
        let lines = self.of.entry(file);
        let lines = lines.or_insert_with(|| text.lines().collect());
        Some(Quote::new(lines.get(at.line.checked_sub(1)? as usize)?, at))
    }
}

impl Quote {
    /// Cuts a long line around the place that is pointed at.
    #[must_use]
    pub fn new(line: &str, at: Span) -> Self {
        // A line can be a whole file, and each of its findings asks for it.
        let length = if line.is_ascii() {
            line.len()
        } else {
            line.chars().count()
        };
        let start = (at.column.max(1) as usize - 1).min(length);
        let end = if at.end_line == at.line {
            (at.end_column.max(1) as usize - 1).min(length)
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
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
