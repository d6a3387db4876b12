//! Amounts of something: `500m` of a processor, `128Mi` of memory, `1e3`.

use crate::read::{Kind, Node};

/// The digits behind the point that a number has here before its unit is counted in.
const DIGITS: usize = 18;

/// What a number with [`DIGITS`] is divided by to be in billionths.
const TO_BILLIONTHS: i128 = 1_000_000_000;

/// The greatest amount that the API server keeps.
const GREATEST: i128 = i64::MAX as i128 * 1_000_000_000;

/// An amount in billionths, as the API server keeps it: what is finer is rounded up, what is greater than 2⁶³ − 1 is
/// taken for that; <https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(i128);

impl Quantity {
    /// The amount that a text is; nothing if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let is_of_number = |character: char| character.is_ascii_digit() || character == '.';
        let end = unsigned.find(|character| !is_of_number(character));
        let (number, unit) = unsigned.split_at(end.unwrap_or(unsigned.len()));
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if part.contains('.') || (whole.is_empty() && part.is_empty()) {
            return None;
        }
        let (shift, factor) = unit_of(unit)?;
        let finest = shifted(whole, part, shift).saturating_mul(factor);
        let amount = (finest / TO_BILLIONTHS + i128::from(finest % TO_BILLIONTHS > 0)).min(GREATEST);
        Some(Self(if text.starts_with('-') { -amount } else { amount }))
    }

    /// The amount that a value is: a number, or a text with a unit.
    #[must_use]
    pub fn of(node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Number(number) => Self::parse(&number.to_string()),
            Kind::Text(text) => Self::parse(text),
            _ => None,
        }
    }
}

/// What a unit says: by how many digits the point moves to the right, and what the number is multiplied by then.
fn unit_of(unit: &str) -> Option<(i32, i128)> {
    let binary = |power: u32| Some((0, 1024_i128.pow(power)));
    match unit {
        "n" => Some((-9, 1)),
        "u" => Some((-6, 1)),
        "m" => Some((-3, 1)),
        "" => Some((0, 1)),
        "k" => Some((3, 1)),
        "M" => Some((6, 1)),
        "G" => Some((9, 1)),
        "T" => Some((12, 1)),
        "P" => Some((15, 1)),
        "E" => Some((18, 1)),
        "Ki" => binary(1),
        "Mi" => binary(2),
        "Gi" => binary(3),
        "Ti" => binary(4),
        "Pi" => binary(5),
        "Ei" => binary(6),
        _ => Some((unit.strip_prefix(['e', 'E'])?.parse().ok()?, 1)),
    }
}

/// A number with its point moved, as a whole number that counts its last of [`DIGITS`]; what is finer is rounded up.
fn shifted(whole: &str, part: &str, shift: i32) -> i128 {
    let digits = || whole.bytes().chain(part.bytes());
    let length = whole.len() + part.len();
    let wanted = whole.len().saturating_add(DIGITS);
    let wanted = if shift < 0 {
        wanted.saturating_sub(shift.unsigned_abs() as usize)
    } else {
        wanted.saturating_add(shift.unsigned_abs() as usize)
    };
    let tens = |number: i128, digit: u8| number.saturating_mul(10).saturating_add(i128::from(digit - b'0'));
    let number = digits().take(wanted).fold(0, tens);
    let zeros = u32::try_from(wanted.saturating_sub(length)).unwrap_or(u32::MAX);
    let number = match number {
        0 => 0,
        number => number.saturating_mul(10_i128.saturating_pow(zeros)),
    };
    let is_finer = digits().skip(wanted).any(|digit| digit != b'0');
    number.saturating_add(i128::from(is_finer))
}
