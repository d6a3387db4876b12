//! Texts of a template for a terminal.

use super::cut;
use crate::checks::show::Color;
use crate::review::Verdict;

/// Longer values are cut.
pub(super) const WIDTH: usize = 140;

pub(super) struct Paint {
    pub(super) color: Color,
}

impl Paint {
    pub(super) fn style(&self, code: &str, text: &str) -> String {
        match self.color {
            Color::Always => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            Color::Never => text.to_owned(),
        }
    }

    pub(super) fn verdict(&self, verdict: Verdict, text: &str) -> String {
        let code = match verdict {
            Verdict::Delete | Verdict::Snapshot | Verdict::Replace | Verdict::Refuse => "1;31",
            Verdict::MayReplace
            | Verdict::MayDelete
            | Verdict::Interrupt
            | Verdict::Overwrite
            | Verdict::Roll
            | Verdict::Retain => "1;33",
            Verdict::Create => "32",
            Verdict::Update | Verdict::Traffic | Verdict::Remove | Verdict::Nothing => "36",
        };
        self.style(code, text)
    }
}

/// A template must not move the cursor of a terminal, nor turn the direction of its text.
pub(super) fn clean(text: &str) -> String {
    cut(&harmless(text), WIDTH)
}

pub(super) fn harmless(text: &str) -> String {
    let bad = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if bad(c) { ' ' } else { c }).collect()
}
