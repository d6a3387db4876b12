//! Whether one condition of a statement is at least as narrow as another.

use std::cmp::Ordering;

use serde_json::Value as Json;

use super::super::canon::same;
use super::super::show::brief;
use super::cover::glob;
use super::network::holds;

/// An operator of a condition, taken apart.
struct Operator<'a> {
    quantifier: Option<&'a str>,
    base: &'a str,
    if_exists: bool,
}

impl<'a> Operator<'a> {
    fn of(name: &'a str) -> Self {
        let (quantifier, rest) = match name.split_once(':') {
            Some((quantifier, rest)) => (Some(quantifier), rest),
            None => (None, name),
        };
        let base = rest.strip_suffix("IfExists");
        Self {
            quantifier,
            base: base.unwrap_or(rest),
            if_exists: base.is_some(),
        }
    }
}

/// How an operator compares.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Family {
    Text,
    Number,
    Date,
    Address,
    Other,
}

fn family(base: &str) -> Family {
    match base {
        _ if base.starts_with("String") || base.starts_with("Arn") => Family::Text,
        _ if base.starts_with("Numeric") => Family::Number,
        _ if base.starts_with("Date") => Family::Date,
        "IpAddress" | "NotIpAddress" => Family::Address,
        _ => Family::Other,
    }
}

/// An operator and its values, of one key.
pub(super) type Test<'a> = (&'a str, &'a [Json]);

/// Whether whoever passes the one passes the other.
pub(super) fn implies(narrow: Test<'_>, wide: Test<'_>) -> bool {
    let (new, old) = (Operator::of(narrow.0), Operator::of(wide.0));
    // A single value passes with either quantifier if it passes without.
    let quantified = new.quantifier.is_none() || new.quantifier == old.quantifier;
    let kind = family(new.base);
    if !quantified || (new.if_exists && !old.if_exists) || kind != family(old.base) {
        return false;
    }
    let not = |base: &str| base.contains("Not");
    if not(new.base) != not(old.base) || (kind == Family::Other && new.base != old.base) {
        return false;
    }
    if let (Some(a), Some(b)) = (Bound::of(new.base), Bound::of(old.base)) {
        let within = |value: &Json| wide.1.iter().any(|limit| a.within(value, b, limit, kind));
        return narrow.1.iter().all(within);
    }
    // One that sets a bound does not compare with one that names values.
    if Bound::of(new.base).is_some() != Bound::of(old.base).is_some() {
        return false;
    }
    if not(new.base) {
        let excluded = |value: &Json| narrow.1.iter().any(|by| accepts(new.base, by, old.base, value));
        return wide.1.iter().all(excluded);
    }
    let accepted = |value: &Json| wide.1.iter().any(|by| accepts(old.base, by, new.base, value));
    narrow.1.iter().all(accepted)
}

/// Whether what matches the value under its operator matches the pattern under its own.
fn accepts(operator: &str, pattern: &Json, of_value: &str, value: &Json) -> bool {
    let patterns = |base: &str| base.contains("Like") || base.starts_with("Arn");
    if family(operator) == Family::Address {
        return same(pattern, value) || holds(&brief(pattern), &brief(value));
    }
    if family(operator) != Family::Text {
        return same(pattern, value);
    }
    let (pattern, value) = (brief(pattern), brief(value));
    if patterns(operator) {
        return glob(&pattern, &value);
    }
    if patterns(of_value) && value.contains(['*', '?']) {
        return false;
    }
    pattern == value || (operator.ends_with("IgnoreCase") && pattern.eq_ignore_ascii_case(&value))
}

/// A bound of numbers or dates.
#[derive(Clone, Copy)]
struct Bound {
    upper: bool,
    inclusive: bool,
}

impl Bound {
    fn of(base: &str) -> Option<Self> {
        let upper = base.contains("LessThan");
        (upper || base.contains("GreaterThan")).then(|| Self {
            upper,
            inclusive: base.ends_with("Equals"),
        })
    }

    /// Whether what keeps to this bound at a value keeps to the other at its limit.
    fn within(self, value: &Json, other: Self, limit: &Json, kind: Family) -> bool {
        if self.upper != other.upper {
            return false;
        }
        let order = if kind == Family::Number {
            let number = |value: &Json| brief(value).trim().parse::<f64>().ok();
            number(value)
                .zip(number(limit))
                .and_then(|(value, limit)| value.partial_cmp(&limit))
        } else {
            // Dates of one form are in the order of their texts.
            let (value, limit) = (brief(value), brief(limit));
            (value.len() == limit.len()).then(|| value.cmp(&limit))
        };
        match order {
            Some(Ordering::Equal) => other.inclusive || !self.inclusive,
            Some(Ordering::Less) => self.upper,
            Some(Ordering::Greater) => !self.upper,
            None => same(value, limit) && (other.inclusive || !self.inclusive),
        }
    }
}
