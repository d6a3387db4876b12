//! JSON as a reviewer wants it: two spaces a level, and what is small on one line.

use std::fmt::Write;

use serde_json::Value as Json;

/// A line is not made longer than this by putting an object or a list on one line.
const WIDTH: usize = 110;

/// A list of more texts than this is set like a paragraph: a policy's actions would fill a screen otherwise, and
/// CloudFormation takes 51,200 bytes.
const FEW: usize = 5;

/// The text of a JSON document, with a newline at the end.
///
/// An object or a list stands on one line if it fits there and holds nothing deeper than one more level; functions such
/// as `{ "Ref": "Vpc" }` are no level. So a template has a line for each thing that a reviewer thinks of as one.
#[must_use]
pub fn pretty(json: &Json) -> String {
    let mut out = String::new();
    write(&mut out, json, 0, 0);
    out.push('\n');
    out
}

/// `taken` is how much of the line stands before the value.
fn write(out: &mut String, json: &Json, level: usize, taken: usize) {
    if let Some(line) = on_one_line(json, WIDTH.saturating_sub(taken), 2) {
        out.push_str(&line);
        return;
    }
    let indent = "  ".repeat(level + 1);
    match json {
        Json::Object(map) => {
            out.push_str("{\n");
            for (index, (key, value)) in map.iter().enumerate() {
                let start = out.len();
                let _ = write!(out, "{indent}{}: ", Json::from(key.as_str()));
                let taken = out.len() - start;
                write(out, value, level + 1, taken);
                out.push_str(if index + 1 < map.len() { ",\n" } else { "\n" });
            }
            let _ = write!(out, "{}}}", "  ".repeat(level));
        }
        Json::Array(items) if items.len() > FEW && items.iter().all(Json::is_string) => {
            let _ = write!(out, "[\n{}\n{}]", filled(items, &indent), "  ".repeat(level));
        }
        Json::Array(items) => {
            out.push_str("[\n");
            for (index, value) in items.iter().enumerate() {
                out.push_str(&indent);
                write(out, value, level + 1, indent.len());
                out.push_str(if index + 1 < items.len() { ",\n" } else { "\n" });
            }
            let _ = write!(out, "{}]", "  ".repeat(level));
        }
        leaf => {
            let _ = write!(out, "{leaf}");
        }
    }
}

/// Texts one after the other, in lines that are indented and full.
fn filled(items: &[Json], indent: &str) -> String {
    let mut lines = vec![indent.to_owned()];
    for (index, item) in items.iter().enumerate() {
        let text = format!("{item}{}", if index + 1 < items.len() { "," } else { "" });
        match lines.last_mut() {
            Some(line) if line.len() == indent.len() => line.push_str(&text),
            Some(line) if line.len() + 1 + text.len() <= WIDTH => {
                line.push(' ');
                line.push_str(&text);
            }
            _ => lines.push(format!("{indent}{text}")),
        }
    }
    lines.join("\n")
}

/// The value on one line, if it is at most `room` bytes long and its containers nest at most `depth` deep.
fn on_one_line(json: &Json, room: usize, depth: usize) -> Option<String> {
    let line = match json {
        Json::Object(map) if map.is_empty() => "{}".to_owned(),
        Json::Array(items) if items.is_empty() => "[]".to_owned(),
        Json::Object(map) => {
            let function = is_function(map);
            let inside = if function { depth } else { depth.checked_sub(1)? };
            let mut line = String::from("{");
            for (key, value) in map {
                line.push_str(if line.len() == 1 { " " } else { ", " });
                let room = room.saturating_sub(line.len());
                let value = match value {
                    Json::Array(arguments) if function => list(arguments, room, inside)?,
                    value => on_one_line(value, room, inside)?,
                };
                let _ = write!(line, "{}: {value}", Json::from(key.as_str()));
            }
            line + " }"
        }
        Json::Array(items) => list(items, room, depth.checked_sub(1)?)?,
        // A leaf stands on its line however long it is.
        leaf => return Some(leaf.to_string()),
    };
    (line.len() <= room || is_leaf(json)).then_some(line)
}

/// Whether it is a function of one text, such as `{ "Fn::Sub": "…" }`: to a reader that is a text too.
fn is_leaf(json: &Json) -> bool {
    json.as_object()
        .is_some_and(|map| is_function(map) && map.values().all(Json::is_string))
}

/// A list on one line.
fn list(items: &[Json], room: usize, depth: usize) -> Option<String> {
    let mut line = String::from("[");
    for value in items {
        line.push_str(if line.len() == 1 { "" } else { ", " });
        line.push_str(&on_one_line(value, room.checked_sub(line.len())?, depth)?);
    }
    Some(line + "]")
}

/// Whether an object is an intrinsic function: one name with its arguments.
fn is_function(map: &serde_json::Map<String, Json>) -> bool {
    let mut keys = map.keys();
    let name = keys.next().filter(|_| keys.next().is_none());
    name.is_some_and(|name| name == "Ref" || name == "Condition" || name.starts_with("Fn::"))
}
