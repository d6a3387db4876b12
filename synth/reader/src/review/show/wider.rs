//! What gets wider, for a terminal.

use std::fmt::Write;

use super::files;
use super::paint::{Paint, WIDTH, clean};
use crate::review::Wider;

pub(super) fn wider(out: &mut String, wider: &Wider, paint: &Paint) {
    let _ = writeln!(
        out,
        "! {}  {}  {}",
        clean(&wider.id),
        clean(&wider.kind),
        paint.style("1;33", &format!("{}: {}", wider.what.words(), clean(&wider.text)))
    );
    let path = if wider.path.is_empty() {
        String::new()
    } else {
        format!("  {}", wider.path)
    };
    let _ = writeln!(
        out,
        "    {}:{}{}",
        clean(&files(&wider.files)),
        wider.line,
        clean(&path)
    );
    let Some(row) = &wider.row else { return };
    let _ = writeln!(out, "    {}", row.effect);
    for (name, values) in [
        ("principal", &row.principal),
        ("action", &row.action),
        ("resource", &row.resource),
        ("condition", &row.condition),
    ] {
        for (at, text) in wrapped(values).iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            let _ = writeln!(out, "      {name:<10} {text}");
        }
    }
}

/// Values with commas between, in lines of a fair length: nobody may miss the one action that matters.
pub(super) fn wrapped(values: &[String]) -> Vec<String> {
    /// More is told by its number.
    const MOST: usize = 100;
    let mut lines: Vec<String> = Vec::new();
    let mut shown: Vec<String> = values.iter().take(MOST).map(|value| clean(value)).collect();
    if values.len() > MOST {
        shown.push(format!("and {} more", values.len() - MOST));
    }
    let last = shown.len().saturating_sub(1);
    for (at, value) in shown.iter().enumerate() {
        let comma = if at == last { "" } else { "," };
        match lines.last_mut() {
            Some(line) if line.chars().count() + value.chars().count() < WIDTH - 20 => {
                line.push(' ');
                line.push_str(value);
                line.push_str(comma);
            }
            _ => lines.push(format!("{value}{comma}")),
        }
    }
    lines
}
