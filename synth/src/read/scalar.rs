//! What a plain YAML scalar is: the types of YAML 1.1 that templates use.

use super::node::Kind;

pub(super) fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => {
            return Kind::Bool(true);
        }
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            return Kind::Bool(false);
        }
        _ => {}
    }
    number(text).map_or_else(|| Kind::Text(text.to_owned()), Kind::Number)
}

fn number(text: &str) -> Option<serde_json::Number> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let first = unsigned.bytes().next()?;
    if !(first.is_ascii_digit() || first == b'.') {
        return None;
    }
    if let Some(digits) = unsigned.strip_prefix("0x") {
        return i64::from_str_radix(digits, 16).ok().map(Into::into);
    }
    // An account id such as 012345678901 is text; only an octal number may begin with zero.
    if unsigned.len() > 1 && unsigned.starts_with('0') && unsigned.bytes().all(|b| b.is_ascii_digit()) {
        return i64::from_str_radix(unsigned, 8).ok().map(Into::into);
    }
    let float = unsigned.contains('.');
    let allowed = |b: u8| b.is_ascii_digit() || (float && matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    if !unsigned.bytes().all(allowed) || !unsigned.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    super::number(text.strip_prefix('+').unwrap_or(text))
}
