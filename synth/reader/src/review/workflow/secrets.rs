//! The secrets that a job reads.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

/// What stands for all of them.
pub(super) const ALL: &str = "*";

/// The names of the secrets that a value refers to; [`ALL`] where it takes them as a whole.
pub(super) fn read(value: &Json, found: &mut BTreeSet<String>) {
    match value {
        Json::String(text) => expressions(text).for_each(|expression| names(expression, found)),
        Json::Array(items) => items.iter().for_each(|item| read(item, found)),
        Json::Object(map) => of_map(map, found),
        _ => {}
    }
}

/// The same of all that a map holds.
pub(super) fn of_map(map: &Map<String, Json>, found: &mut BTreeSet<String>) {
    for (key, value) in map {
        match (key.as_str(), value) {
            ("secrets", Json::String(text)) if text == "inherit" => {
                found.insert(ALL.to_owned());
            }
            // A condition is an expression without the braces.
            ("if", Json::String(condition)) => names(condition, found),
            _ => read(value, found),
        }
    }
}

/// What stands between `${{` and `}}`.
fn expressions(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split("${{").skip(1);
    parts.filter_map(|part| part.split_once("}}").map(|(inner, _)| inner))
}

fn names(expression: &str, found: &mut BTreeSet<String>) {
    // Texts stand in single quotes, so that every second part is code.
    let quoted = |at: &usize| at % 2 == 1;
    let parts: Vec<&str> = expression.split('\'').collect();
    for (at, part) in parts.iter().enumerate().filter(|(at, _)| !quoted(at)) {
        for (start, word) in part.match_indices("secrets") {
            let before = part[..start].chars().next_back();
            if before.is_some_and(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)) {
                continue;
            }
            let rest = part[start + word.len()..].trim_start();
            let name = match rest.chars().next() {
                Some('.') => plain(&rest[1..]),
                Some('[') if rest[1..].trim().is_empty() => parts.get(at + 1).map(|name| (*name).to_owned()),
                Some(c) if c.is_ascii_alphanumeric() || "_-".contains(c) => continue,
                _ => None,
            };
            found.insert(name.unwrap_or_else(|| ALL.to_owned()));
        }
    }
    // Every workflow has it; what it may do is said by `permissions`.
    found.retain(|name| !name.eq_ignore_ascii_case("GITHUB_TOKEN"));
}

fn plain(rest: &str) -> Option<String> {
    let name: String = rest
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c))
        .collect();
    (!name.is_empty()).then_some(name)
}
