//! What functions come to where a template is plain JSON and has no places.
//!
//! Two rooms work on such: permissions and pages are computed of templates that are not text yet, and a review keeps of
//! thousands of files the form in which it compares them, not their trees. To read either as a text again would cost
//! more than all that is asked of it.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::function::{self, NO_VALUE, Part};

/// The name and the argument of the function that a value is.
#[must_use]
pub fn function(value: &Json) -> Option<(&str, &Json)> {
    let map = value.as_object().filter(|map| map.len() == 1)?;
    let (name, argument) = map.iter().next()?;
    (name == "Ref" || name.starts_with("Fn::")).then_some((name.as_str(), argument))
}

/// The condition and the branches of an `Fn::If`.
#[must_use]
pub fn choice(value: &Json) -> Option<(&Json, &Json, &Json)> {
    match function(value)? {
        ("Fn::If", Json::Array(all)) => match all.as_slice() {
            [condition, yes, no] => Some((condition, yes, no)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a value is taken away before it is deployed.
#[must_use]
pub fn is_absent(value: &Json) -> bool {
    matches!(function(value), Some(("Ref", Json::String(name))) if name == NO_VALUE)
}

/// The items of a list, or a value that stands alone; of each branch of a choice, without what is taken away.
#[must_use]
pub fn values(value: &Json) -> Vec<&Json> {
    if let Json::Array(items) = value {
        return items.iter().flat_map(values).collect();
    }
    match choice(value) {
        Some((_, yes, no)) => [yes, no].into_iter().flat_map(values).collect(),
        None if is_absent(value) => Vec::new(),
        None => vec![value],
    }
}

/// What a `Ref` or `Fn::GetAtt` names.
#[must_use]
pub fn target(value: &Json) -> Option<(&str, Option<&str>)> {
    match function(value)? {
        ("Ref", name) => Some((name.as_str()?, None)),
        ("Fn::GetAtt", Json::String(text)) => text.split_once('.').map(|(name, attribute)| (name, Some(attribute))),
        ("Fn::GetAtt", Json::Array(parts)) => Some((parts.first()?.as_str()?, Some(parts.get(1)?.as_str()?))),
        _ => None,
    }
}

/// The text of an `Fn::Sub` in its parts, and the variables that it brings.
#[must_use]
pub fn sub(argument: &Json) -> Option<(Vec<Part<'_>>, Option<&Json>)> {
    let (text, variables) = match argument {
        Json::Array(all) => (all.first()?.as_str()?, all.get(1)),
        other => (other.as_str()?, None),
    };
    Some((function::parts(text), variables))
}

/// A scalar as the string that it is where one is wanted.
#[must_use]
pub fn scalar(value: &Json) -> Option<Cow<'_, str>> {
    match value {
        Json::String(text) => Some(Cow::Borrowed(text)),
        Json::Bool(value) => Some(Cow::Owned(value.to_string())),
        Json::Number(value) => Some(Cow::Owned(value.to_string())),
        _ => None,
    }
}

/// The text that a value is known to be, given what is known of names.
#[must_use]
pub fn text<'a>(value: &'a Json, lookup: &dyn Fn(&str) -> Option<&'a Json>) -> Option<Cow<'a, str>> {
    if let Some(text) = scalar(value) {
        return Some(text);
    }
    match function(value)? {
        ("Ref", Json::String(name)) => scalar(lookup(name)?),
        ("Fn::Join", Json::Array(arguments)) => {
            let [delimiter, Json::Array(items)] = arguments.as_slice() else {
                return None;
            };
            let items: Option<Vec<Cow<'_, str>>> = items.iter().map(|item| text(item, lookup)).collect();
            Some(Cow::Owned(items?.join(delimiter.as_str()?)))
        }
        _ => None,
    }
}
