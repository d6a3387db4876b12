//! JSON as a reviewer wants it: two spaces a level, what is small on one line, and what is judged one by one on a line
//! of its own.

use std::fmt::Write;

use serde_json::Value as Json;

/// A line is not made longer than this by putting an object or a list on one line.
const WIDTH: usize = 110;

/// The text of a JSON document, with a newline at the end.
///
/// An object or a list stands on one line if it fits there and holds nothing deeper than one more level; functions such
/// as `{ "Ref": "Vpc" }` are no level. So a template has a line for each thing that a reviewer thinks of as one.
///
/// Names with a colon in them (actions, ARNs, the subjects of a trust) each have a line wherever there are several: a
/// review is about every single one, and a diff shows the one that is new.
#[must_use]
pub fn pretty(json: &Json) -> String {
    let mut out = String::new();
    write(&mut out, json, 0, 0);
    out.push('\n');
    out
}

/// `taken` is how much of the line stands before the value.
fn write(out: &mut String, json: &Json, level: usize, taken: usize) {
    let start = out.len();
    if on_one_line(out, json, WIDTH.saturating_sub(taken), 2) {
        return;
    }
    out.truncate(start);
    match json {
        Json::Object(map) => {
            out.push_str("{\n");
            for (index, (key, value)) in map.iter().enumerate() {
                let start = out.len();
                indent(out, level + 1);
                text(out, key);
                out.push_str(": ");
                let taken = out.len() - start;
                write(out, value, level + 1, taken);
                out.push_str(if index + 1 < map.len() { ",\n" } else { "\n" });
            }
            indent(out, level);
            out.push('}');
        }
        Json::Array(items) => {
            out.push_str("[\n");
            for (index, value) in items.iter().enumerate() {
                indent(out, level + 1);
                write(out, value, level + 1, 2 * (level + 1));
                out.push_str(if index + 1 < items.len() { ",\n" } else { "\n" });
            }
            indent(out, level);
            out.push(']');
        }
        leaf => write_leaf(out, leaf),
    }
}

fn indent(out: &mut String, level: usize) {
    for _ in 0..level {
        out.push_str("  ");
    }
}

/// A text in quotes. Nearly none has anything to escape.
fn text(out: &mut String, text: &str) {
    let escaped = |found: bool, byte: u8| found || byte < b' ' || byte == b'"' || byte == b'\\';
    if text.bytes().fold(false, escaped) {
        let _ = write!(out, "{}", Json::from(text));
    } else {
        out.extend(["\"", text, "\""]);
    }
}

fn write_leaf(out: &mut String, leaf: &Json) {
    match leaf {
        Json::String(one) => text(out, one),
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

/// Writes the value on one line, if it is at most `room` bytes long and its containers nest at most `depth` deep. What
/// is written of one that is not, the caller takes away.
fn on_one_line(out: &mut String, json: &Json, room: usize, depth: usize) -> bool {
    let start = out.len();
    let fits = match json {
        Json::Object(map) if map.is_empty() => {
            out.push_str("{}");
            true
        }
        Json::Array(items) if items.is_empty() => {
            out.push_str("[]");
            true
        }
        Json::Object(map) => object(out, map, room, depth),
        Json::Array(items) if are_names(items) => false,
        Json::Array(items) => depth > 0 && list(out, items, room, depth - 1),
        // A leaf stands on its line however long it is.
        leaf => {
            write_leaf(out, leaf);
            return true;
        }
    };
    fits && (out.len() - start <= room || is_leaf(json))
}

/// Whether these are several names of which each is judged by itself.
fn are_names(items: &[Json]) -> bool {
    items.len() > 1
        && items
            .iter()
            .all(|item| name(item).is_some_and(|name| name.contains(':')))
}

/// A text, or the text that a function is of.
fn name(json: &Json) -> Option<&str> {
    match json {
        Json::Object(map) if is_function(map) => map.values().next().and_then(Json::as_str),
        other => other.as_str(),
    }
}

/// Whether it is a function of one text, such as `{ "Fn::Sub": "…" }`: to a reader that is a text too.
fn is_leaf(json: &Json) -> bool {
    json.as_object()
        .is_some_and(|map| is_function(map) && map.values().all(Json::is_string))
}

/// An object on one line.
fn object(out: &mut String, map: &serde_json::Map<String, Json>, room: usize, depth: usize) -> bool {
    let start = out.len();
    let function = is_function(map);
    if depth == 0 && !function {
        return false;
    }
    let inside = if function { depth } else { depth - 1 };
    out.push('{');
    for (index, (key, value)) in map.iter().enumerate() {
        out.push_str(if index == 0 { " " } else { ", " });
        let taken = out.len() - start;
        // What is too long already does not get shorter.
        if taken > room && !function {
            return false;
        }
        let room = room.saturating_sub(taken);
        text(out, key);
        out.push_str(": ");
        let fits = match value {
            Json::Array(arguments) if function => list(out, arguments, room, inside),
            value => on_one_line(out, value, room, inside),
        };
        if !fits {
            return false;
        }
    }
    out.push_str(" }");
    true
}

/// A list on one line.
fn list(out: &mut String, items: &[Json], room: usize, depth: usize) -> bool {
    let start = out.len();
    out.push('[');
    for (index, value) in items.iter().enumerate() {
        out.push_str(if index == 0 { "" } else { ", " });
        let Some(room) = room.checked_sub(out.len() - start) else {
            return false;
        };
        if !on_one_line(out, value, room, depth) {
            return false;
        }
    }
    out.push(']');
    true
}

/// Whether an object is an intrinsic function: one name with its arguments.
fn is_function(map: &serde_json::Map<String, Json>) -> bool {
    let mut keys = map.keys();
    let name = keys.next().filter(|_| keys.next().is_none());
    name.is_some_and(|name| name == "Ref" || name == "Condition" || name.starts_with("Fn::"))
}
