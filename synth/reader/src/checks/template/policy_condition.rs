//! The condition of a statement.

use crate::checks::Report;
use crate::read::template::branch::values;
use crate::read::template::function;
use crate::read::template::kind;
use crate::read::template::shape::is_open;
use crate::read::{Entry, Kind, Node};

const OPERATORS: [&str; 27] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnEquals",
    "ArnNotEquals",
    "ArnLike",
    "ArnNotLike",
    "Null",
];

/// Reports operators and keys that IAM does not know, and values of another form than they take.
pub(super) fn check<'a>(condition: &'a Node, report: &mut Report<'a>) {
    if function::of(condition).is_some() {
        return;
    }
    let Some(map) = condition.map() else {
        if !matches!(condition.kind, Kind::Null) {
            report.value(
                condition,
                format!("a condition is a map, found {}", condition.kind_name()),
            );
        }
        return;
    };
    for operator in map.iter().filter(|operator| !operator.key.starts_with("Fn::")) {
        let base = base(&operator.key);
        if !OPERATORS.iter().any(|known| known.eq_ignore_ascii_case(base)) {
            let draft = report.key(operator, format!("there is no operator `{}`", operator.key));
            if let Some(near) = crate::schema::nearest(base, OPERATORS.into_iter()) {
                draft.help(format!("did you mean `{near}`?"));
            }
        }
        keys(operator, base, report);
    }
}

/// An operator without what can be set before and behind it.
fn base(operator: &str) -> &str {
    let operator = operator.strip_prefix("ForAnyValue:").unwrap_or(operator);
    let operator = operator.strip_prefix("ForAllValues:").unwrap_or(operator);
    operator.strip_suffix("IfExists").unwrap_or(operator)
}

fn keys<'a>(operator: &'a Entry, base: &str, report: &mut Report<'a>) {
    let Some(map) = operator.value.map() else {
        if !matches!(operator.value.kind, Kind::Null) {
            let found = operator.value.kind_name();
            report.value(
                &operator.value,
                format!("`{}` takes a map of keys, found {found}", operator.key),
            );
        }
        return;
    };
    if kind::is_open(map) || function::of(&operator.value).is_some() {
        return;
    }
    for key in map {
        if !key.key.contains(':') && !is_open(&key.key) {
            report
                .key(key, format!("`{}` is not a key of conditions", key.key))
                .help("a key has a prefix, such as `aws:SourceArn`");
        }
        for value in values(&key.value)
            .into_iter()
            .filter(|value| function::of(value).is_none())
        {
            if value.map().is_some() {
                report.value(value, format!("`{}` is compared with strings, found a map", key.key));
            } else if matches!(base, "Bool" | "Null") && value.as_bool().is_none() && !value.text().is_some_and(is_open)
            {
                report.value(value, format!("`{base}` compares with true or false"));
            }
        }
    }
}
