//! What each keyword says of a value, without looking further into schemas.

use serde_json::{Map, Value as Json};

use super::super::pattern::describes;
use super::{Answer, Unsure};
use crate::schema::entry;

/// Numbers beyond are not told from their neighbours.
const EXACT: f64 = 9e15;

pub(super) fn dependencies(table: &Map<String, Json>, object: &Map<String, Json>) -> Answer {
    for (_, needs) in table.iter().filter(|(name, _)| object.contains_key(*name)) {
        let names = needs.as_array().ok_or(Unsure)?;
        if !names.iter().all(|name| has(object, name)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether none of the properties is there that others exclude.
pub(super) fn excluded(table: &Map<String, Json>, object: &Map<String, Json>) -> bool {
    let there = table.iter().filter(|(name, _)| object.contains_key(*name));
    let mut never = there.filter_map(|(_, others)| others.as_array()).flatten();
    !never.any(|name| has(object, name))
}

pub(super) fn has(object: &Map<String, Json>, name: &Json) -> bool {
    name.as_str().is_some_and(|name| entry(object, name).is_some())
}

pub(super) fn string(keyword: &str, argument: &Json, text: &str, value: &Json) -> Option<Answer> {
    Some(match keyword {
        "minLength" => Ok(argument.as_f64()? <= length(text.chars().count())),
        "maxLength" => Ok(argument.as_f64()? >= length(text.chars().count())),
        "pattern" => Ok(describes(argument.as_str()?, value)),
        "enumCaseInsensitive" => {
            let mut options = argument.as_array()?.iter().filter_map(Json::as_str);
            Ok(options.any(|option| option.eq_ignore_ascii_case(text)))
        }
        _ => return None,
    })
}

pub(super) fn bounds(keyword: &str, argument: &Json, number: Option<f64>) -> Option<Answer> {
    let compare: fn(f64, f64) -> bool = match keyword {
        "minimum" => |number, bound| number >= bound,
        "maximum" => |number, bound| number <= bound,
        "exclusiveMinimum" => |number, bound| number > bound,
        "exclusiveMaximum" => |number, bound| number < bound,
        "multipleOf" => return Some(Err(Unsure)),
        _ => return None,
    };
    let exact = number.zip(argument.as_f64()).filter(|(number, _)| number.abs() < EXACT);
    Some(exact.map(|(number, bound)| compare(number, bound)).ok_or(Unsure))
}

#[expect(clippy::cast_precision_loss, reason = "no text and no list is that long")]
pub(super) fn length(length: usize) -> f64 {
    length as f64
}

pub(super) fn has_type(wanted: &Json, value: &Json) -> bool {
    match wanted {
        Json::Array(some) => some.iter().any(|one| has_type(one, value)),
        Json::String(name) => match name.as_str() {
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "number" => value.is_number(),
            "integer" => value.is_i64() || value.is_u64(),
            "null" => value.is_null(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            _ => false,
        },
        _ => false,
    }
}

pub(super) fn holds_fraction(value: &Json) -> bool {
    match value {
        Json::Number(number) => number.is_f64(),
        Json::Array(items) => items.iter().any(holds_fraction),
        Json::Object(map) => map.values().any(holds_fraction),
        _ => false,
    }
}

/// Whether a value is an option, or what [`super::prune`] takes for it.
pub(super) fn same(option: &Json, value: &Json) -> bool {
    match (option, value) {
        (Json::Number(number), Json::String(text)) => number.to_string() == *text,
        (Json::String(text), Json::Number(number)) => {
            text.parse().is_ok_and(|known: i64| number.as_i64() == Some(known))
        }
        (Json::Bool(truth), Json::String(text)) => truth.to_string() == *text,
        _ => option == value,
    }
}
