//! Quantities: `500m`, `128Mi`, `1e3`.

use crate::read::{Kind, Node};

/// What the letters behind a number multiply it with.
const UNITS: [(&str, f64); 14] = [
    ("Ki", 1024.0),
    ("Mi", 1_048_576.0),
    ("Gi", 1_073_741_824.0),
    ("Ti", 1_099_511_627_776.0),
    ("Pi", 1_125_899_906_842_624.0),
    ("Ei", 1_152_921_504_606_846_976.0),
    ("n", 1e-9),
    ("u", 1e-6),
    ("m", 1e-3),
    ("k", 1e3),
    ("M", 1e6),
    ("G", 1e9),
    ("T", 1e12),
    ("P", 1e15),
];

/// The number that a quantity is; nothing if it is none.
pub(super) fn value(text: &str) -> Option<f64> {
    let end = text.find(|character: char| !(character.is_ascii_digit() || matches!(character, '+' | '-' | '.')));
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    if !number.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: f64 = number.parse().ok()?;
    let factor = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor);
    match unit {
        "" => Some(number),
        "E" => Some(number * 1e18),
        _ => factor.map(|factor| number * factor).or_else(|| exponent(number, unit)),
    }
}

/// `1e3` and `1E3`.
fn exponent(number: f64, unit: &str) -> Option<f64> {
    let exponent: i32 = unit.strip_prefix(['e', 'E'])?.parse().ok()?;
    Some(number * 10_f64.powi(exponent))
}

/// The same of a node.
pub(super) fn of(node: &Node) -> Option<f64> {
    match &node.kind {
        Kind::Number(number) => number.as_f64(),
        Kind::Text(text) => value(text),
        _ => None,
    }
}
