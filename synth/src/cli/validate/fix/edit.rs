//! From a finding to the edit that is right without doubt, if there is one.
//!
//! An edit replaces some letters of a line or adds a line, so that everything else stays as somebody wrote it.

use std::ops::Range;

use crate::checks::{Certainty, Finding};
use crate::read::{self, Span};

/// Names of these rules are of a closed vocabulary: one that is a slip away is the one that was meant.
const NAMES: [&str; 5] = [
    "unknown-argument",
    "unknown-attribute",
    "unknown-block",
    "unknown-field",
    "unknown-property",
];

/// Values of these rules may be near to each other, so that only the case can be a slip.
const VALUES: [&str; 2] = ["refused-value", "unlisted-value"];

/// What to put in place of a stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) at: Range<usize>,
    pub(super) text: String,
}

/// The edit that a finding asks for.
pub(super) fn of(finding: &Finding, text: &str) -> Option<Edit> {
    let help = finding.help.as_deref()?;
    if finding.certainty != Certainty::Written {
        return None;
    }
    if let Some(meant) = help
        .strip_prefix("did you mean `")
        .and_then(|rest| rest.strip_suffix("`?"))
    {
        return spelling(finding, meant, text);
    }
    if help == "put it into quotes" {
        return quotes(finding, text);
    }
    let (first, second) = help.strip_prefix("add `DependsOn: ")?.split_once("` to `")?;
    dependency(finding, first, second.strip_suffix('`')?, text)
}

/// The name that is wrong stands once where the finding points to.
fn spelling(finding: &Finding, meant: &str, text: &str) -> Option<Edit> {
    let at = bytes(finding.span(), text)?;
    let slip = |wrong: &&str| {
        let case = wrong.eq_ignore_ascii_case(meant);
        NAMES.contains(&finding.rule) && (case || wrong.len() > 3 && is_a_slip(wrong, meant))
            || VALUES.contains(&finding.rule) && case
    };
    let wrong = finding.message.split('`').skip(1).step_by(2).find(slip)?;
    let mut places = text[at.clone()].match_indices(wrong);
    let (start, _) = places.next().filter(|_| places.next().is_none())?;
    let start = at.start + start;
    let is_letter = |letter: Option<char>| letter.is_some_and(|it| it.is_alphanumeric() || it == '_');
    let whole = !is_letter(text[..start].chars().next_back()) && !is_letter(text[start + wrong.len()..].chars().next());
    whole.then(|| Edit {
        at: start..start + wrong.len(),
        text: meant.to_owned(),
    })
}

/// Whether one letter more, less or other, or two that changed places, make one word of the other.
fn is_a_slip(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let before = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[before..], &other[before..]);
    let behind = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    match (&one[..one.len() - behind], &other[..other.len() - behind]) {
        ([] | [_], [_]) | ([_], []) => true,
        ([a, b], [c, d]) => (a, b) == (d, c),
        _ => false,
    }
}

/// A scalar that is written without quotes, and without anything that means something inside of them.
fn quotes(finding: &Finding, text: &str) -> Option<Edit> {
    let at = bytes(finding.span(), text)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".+-_".contains(&byte);
    let written = &text[at.clone()];
    (!written.is_empty() && written.bytes().all(plain)).then(|| Edit {
        text: format!("\"{written}\""),
        at,
    })
}

/// A line behind the one of the type, if the resource has each key on a line of its own.
fn dependency(finding: &Finding, first: &str, second: &str, text: &str) -> Option<Edit> {
    let document = read::document(&finding.file, text).ok()?;
    let resource = document.root.dig(&["Resources", second])?.map()?;
    if resource.get("DependsOn").is_some() {
        return None;
    }
    let of_type = resource.entry("Type")?;
    let start = place(of_type.key_at.line, 1, text)?;
    let end = start + text[start..].find('\n')?;
    let line = text[start..end].trim_end();
    let indent = &line[..line.len() - line.trim_start().len()];
    let added = match &line[indent.len()..] {
        line if line.starts_with("\"Type\"") && line.ends_with(',') => format!("\"DependsOn\": \"{first}\","),
        line if line.starts_with("Type:") && !line.ends_with(',') => format!("DependsOn: {first}"),
        _ => return None,
    };
    let ending = if text[..end].ends_with('\r') { "\r\n" } else { "\n" };
    Some(Edit {
        at: end + 1..end + 1,
        text: format!("{indent}{added}{ending}"),
    })
}

/// Where a stretch of one line is among the bytes of a text.
fn bytes(span: Span, text: &str) -> Option<Range<usize>> {
    let start = place(span.line, span.column, text)?;
    let end = place(span.end_line, span.end_column, text)?;
    (span.line == span.end_line && start <= end).then_some(start..end)
}

/// Where a line and a column are, which count from one.
fn place(line: u32, column: u32, text: &str) -> Option<usize> {
    let skipped = usize::try_from(line).ok()?.checked_sub(1)?;
    let start: usize = text.split_inclusive('\n').take(skipped).map(str::len).sum();
    let line = text[start..].split('\n').next()?;
    let column = usize::try_from(column).ok()?.checked_sub(1)?;
    let mut letters = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    letters.nth(column).map(|at| start + at)
}
