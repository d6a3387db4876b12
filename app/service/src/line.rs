//! How a log line looks, as bytes.

use std::fmt::Write as _;

use crate::log::Level;

/// The value of a field of a line.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// Any text; it is escaped.
    Text(&'a str),
    /// Text known to need no escape: letters, digits, `-`, `_`, `.`, `/`, braces.
    Plain(&'a [u8]),
    /// A number.
    Number(u64),
}

/// Appends a line as one JSON object.
pub(crate) fn write_json(line: &mut Vec<u8>, now: &[u8], level: Level, message: &str, fields: &[(&str, Value)]) {
    line.extend_from_slice(b"{\"timestamp\":\"");
    line.extend_from_slice(now);
    line.extend_from_slice(b"\",\"level\":\"");
    line.extend_from_slice(level.name().as_bytes());
    line.extend_from_slice(b"\",\"message\":");
    quote(line, message);
    for (name, value) in fields {
        line.extend_from_slice(b",\"");
        line.extend_from_slice(name.as_bytes());
        line.extend_from_slice(b"\":");
        match value {
            Value::Text(text) => quote(line, text),
            Value::Number(number) => decimal(line, *number),
            Value::Plain(text) => {
                line.push(b'"');
                line.extend_from_slice(text);
                line.push(b'"');
            }
        }
    }
    line.extend_from_slice(b"}\n");
}

/// Appends a line for people.
pub(crate) fn write_text(line: &mut Vec<u8>, now: &[u8], level: Level, message: &str, fields: &[(&str, Value)]) {
    let mut text = format!("{} {:5} {message}", String::from_utf8_lossy(now), level.name());
    for (name, value) in fields {
        // Writing to a string does not fail.
        let _ = match value {
            Value::Text(value) => write!(text, " {name}={value:?}"),
            Value::Number(value) => write!(text, " {name}={value}"),
            Value::Plain(value) => write!(text, " {name}={}", String::from_utf8_lossy(value)),
        };
    }
    line.extend_from_slice(text.as_bytes());
    line.push(b'\n');
}

fn quote(line: &mut Vec<u8>, text: &str) {
    let plain = text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
    if plain {
        line.push(b'"');
        line.extend_from_slice(text.as_bytes());
        line.push(b'"');
    } else if let Ok(quoted) = serde_json::to_vec(text) {
        line.extend_from_slice(&quoted);
    }
}

fn decimal(line: &mut Vec<u8>, mut number: u64) {
    let mut text = [0; 20];
    let mut at = text.len();
    loop {
        at -= 1;
        text[at] = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        if number == 0 {
            break;
        }
    }
    line.extend_from_slice(&text[at..]);
}
