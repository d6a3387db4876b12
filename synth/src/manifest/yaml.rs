//! A tree as YAML: in blocks, in the order of its keys, and quoted wherever a reader of YAML 1.1 or 1.2 could see anything
//! but a text.

use std::fmt::Write;

use serde_json::Value as Json;

/// The text of a document.
#[must_use]
pub fn yaml(document: &Json) -> String {
    let mut out = String::new();
    match document {
        Json::Object(map) if !map.is_empty() => entries(&mut out, document, 0),
        Json::Array(items) if !items.is_empty() => entries(&mut out, document, 0),
        other => {
            out += &inline(other);
            out.push('\n');
        }
    }
    out
}

/// The text of several documents.
#[must_use]
pub fn documents<'a>(all: impl IntoIterator<Item = &'a Json>) -> String {
    let texts: Vec<String> = all.into_iter().map(yaml).collect();
    texts.join("---\n")
}

/// The entries of a map or a list that is not empty, each on lines of its own.
fn entries(out: &mut String, parent: &Json, indent: usize) {
    match parent {
        Json::Object(map) => {
            for (key, value) in map {
                out.push_str(&" ".repeat(indent));
                out.push_str(&text(key));
                out.push(':');
                after(out, value, indent + 2);
            }
        }
        Json::Array(items) => {
            for item in items {
                let mut inner = String::new();
                if is_block(item) {
                    entries(&mut inner, item, indent + 2);
                    // The first line stands beside the dash.
                    out.push_str(&" ".repeat(indent));
                    out.push_str("- ");
                    out.push_str(&inner[indent + 2..]);
                } else {
                    out.push_str(&" ".repeat(indent));
                    out.push('-');
                    after(out, item, indent + 2);
                }
            }
        }
        _ => {}
    }
}

fn is_block(value: &Json) -> bool {
    match value {
        Json::Object(map) => !map.is_empty(),
        Json::Array(items) => !items.is_empty(),
        _ => false,
    }
}

/// A value after its key or its dash.
fn after(out: &mut String, value: &Json, indent: usize) {
    if is_block(value) {
        out.push('\n');
        entries(out, value, indent);
        return;
    }
    if let Json::String(words) = value
        && is_literal(words)
    {
        literal(out, words, indent);
        return;
    }
    out.push(' ');
    out.push_str(&inline(value));
    out.push('\n');
}

/// Whether a text is kept in lines: more than one of them, and nothing in it that a block cannot hold.
fn is_literal(words: &str) -> bool {
    let plain = |c: char| {
        c == '\n' || (!c.is_control() && c != '\u{feff}' && c != '\u{2028}' && c != '\u{2029}' && c != '\u{85}')
    };
    let body = words.trim_end_matches('\n');
    body.contains('\n')
        && words.chars().all(plain)
        && !words.starts_with([' ', '\n'])
        && words.len() - body.len() <= 1
        && !body.lines().any(|line| line.ends_with(char::is_whitespace))
}

fn literal(out: &mut String, words: &str, indent: usize) {
    out.push_str(if words.ends_with('\n') { " |\n" } else { " |-\n" });
    for line in words.lines() {
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(line);
        out.push('\n');
    }
}

/// A value in one line.
fn inline(value: &Json) -> String {
    match value {
        Json::Object(_) => "{}".to_owned(),
        Json::Array(_) => "[]".to_owned(),
        Json::String(words) => text(words),
        other => other.to_string(),
    }
}

/// A text, quoted if it could be read as something else.
fn text(words: &str) -> String {
    if is_plain(words) {
        words.to_owned()
    } else {
        // JSON's quotes are YAML's, too; but what JSON leaves as it is and YAML cannot hold or ends a line at is escaped.
        let mut out = String::new();
        for c in Json::from(words).to_string().chars() {
            match c {
                c if c.is_control() || "\u{2028}\u{2029}\u{feff}\u{fffe}\u{ffff}".contains(c) => {
                    let _ = write!(out, "\\u{:04x}", u32::from(c));
                }
                c => out.push(c),
            }
        }
        out
    }
}

/// Words of letters that are no number, no truth and no null in any version of YAML, and stand for themselves.
fn is_plain(words: &str) -> bool {
    let first = words.chars().next();
    let begins = first.is_some_and(|c| c.is_ascii_alphabetic() || c == '/');
    let inside = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    begins && words.chars().all(inside) && !is_word_of_yaml(words)
}

/// What YAML 1.1 or 1.2 reads as a truth, a null or a number (yaml.org/type/bool.html, null.html, float.html).
fn is_word_of_yaml(words: &str) -> bool {
    let known = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
    ];
    known.contains(&words.to_ascii_lowercase().as_str())
}
