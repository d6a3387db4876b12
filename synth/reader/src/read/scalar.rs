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
    let text = text.strip_prefix('+').unwrap_or(text);
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let first = unsigned.bytes().next()?;
    if !(first.is_ascii_digit() || first == b'.') {
        return None;
    }
    if let Some(digits) = unsigned.strip_prefix("0x") {
        return whole(digits, 16, text);
    }
    let digits = unsigned.bytes().all(|b| b.is_ascii_digit());
    // An account id such as 012345678901 is text; only an octal number may begin with zero.
    if digits && unsigned.len() > 1 && unsigned.starts_with('0') {
        return whole(unsigned, 8, text);
    }
    // A number of so many digits is a name: as a number it would lose some of them.
    if digits && text.parse::<i64>().is_err() && text.parse::<u64>().is_err() {
        return None;
    }
    let float = unsigned.contains('.');
    let allowed = |b: u8| b.is_ascii_digit() || (float && matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    if !unsigned.bytes().all(allowed) || !unsigned.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    super::number(text)
}

fn whole(digits: &str, radix: u32, text: &str) -> Option<serde_json::Number> {
    // `from_str_radix` takes a sign of its own.
    let plain = digits.bytes().all(|b| b.is_ascii_hexdigit());
    let number = i64::from_str_radix(digits, radix).ok().filter(|_| plain)?;
    let number = if text.starts_with('-') {
        number.checked_neg()?
    } else {
        number
    };
    Some(number.into())
}
