//! Scripts, of which only what differs is shown.

use serde_json::Value as Json;

/// The lines of two scripts between what they share at the beginning and at the end.
pub(super) fn differing(old: &str, new: &str) -> Option<(Json, Json)> {
    let lines = |text: &str| -> Vec<String> { text.lines().map(|line| line.trim_end().to_owned()).collect() };
    let (old, new) = (lines(old.trim_end()), lines(new.trim_end()));
    if old == new {
        return None;
    }
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev());
    let tail = tail.take_while(|(a, b)| a == b).count();
    let middle = |lines: &[String]| Json::from(lines[head..lines.len() - tail].join("\n"));
    Some((middle(&old), middle(&new)))
}

/// Whether two scripts are mostly the same: half of the lines of the longer one.
pub(super) fn alike(old: &str, new: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    let (old, mut rest) = (lines(old), lines(new));
    let longest = old.len().max(rest.len());
    let shared = old.iter().filter(|line| {
        let found = rest.iter().position(|other| other == *line);
        found.map(|at| rest.swap_remove(at)).is_some()
    });
    shared.count() * 2 >= longest && longest > 0
}
