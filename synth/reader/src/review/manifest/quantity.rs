//! Amounts of something: `500m` of a processor, `1Gi` of memory.

/// Whether two texts are the same amount; <https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || nano(one).zip(nano(other)).is_some_and(|(one, other)| one == other)
}

/// Whether the first is less than the second, if both can be read.
pub(super) fn is_less(one: &str, other: &str) -> Option<bool> {
    Some(nano(one)? < nano(other)?)
}

const NANO: i128 = 1_000_000_000;

/// The amount in billionths.
fn nano(text: &str) -> Option<i128> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || "+-.".contains(c)));
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if part.len() > 9 || number.len() > 24 {
        return None;
    }
    let is_negative = whole.starts_with('-');
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let fraction: i128 = format!("{part:0<9}").parse().ok()?;
    let base = whole.checked_mul(NANO)? + if is_negative { -fraction } else { fraction };
    let (factor, divisor) = unit_of(unit)?;
    Some(base.checked_mul(factor)? / divisor)
}

fn unit_of(unit: &str) -> Option<(i128, i128)> {
    let index = |letters: &str| {
        letters
            .find(unit.chars().next()?)
            .and_then(|at| u32::try_from(at + 1).ok())
    };
    match unit {
        "" => Some((1, 1)),
        "n" => Some((1, NANO)),
        "u" => Some((1, 1_000_000)),
        "m" => Some((1, 1000)),
        "k" | "M" | "G" | "T" | "P" | "E" => Some((1000_i128.pow(index("kMGTPE")?), 1)),
        "Ki" | "Mi" | "Gi" | "Ti" | "Pi" | "Ei" => Some((1024_i128.pow(index("KMGTPE")?), 1)),
        _ => {
            let exponent: u32 = unit.strip_prefix(['e', 'E'])?.parse().ok()?;
            Some((10_i128.checked_pow(exponent)?, 1))
        }
    }
}
