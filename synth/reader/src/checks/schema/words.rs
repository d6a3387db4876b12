//! The errors of a validator in words.

use std::collections::BTreeSet;
use std::fmt::Write;

use jsonschema::JsonType;
use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value as Json;

use super::Broken;

pub(super) fn listed(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The kind of an error and a sentence about it.
pub(super) fn words(error: &ValidationError<'_>, subject: &str) -> (Broken, String) {
    let kind = error.kind();
    let saw = brief(error.instance());
    if let Some(message) = beside(error, subject).or_else(|| combination(kind, subject)) {
        return (Broken::Combination, message);
    }
    if let Some(message) = bound(kind, subject, &saw) {
        return (Broken::Value, message);
    }
    match kind {
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            (Broken::Missing, format!("{subject} needs `{name}`"))
        }
        Kind::Type { kind } => (Broken::Type, format!("{subject} wants {}, found {saw}", wanted(kind))),
        Kind::Enum { options } => {
            let message = format!("{subject} is {saw}; it can be {}", options_listed(options));
            (Broken::Value, message)
        }
        // The only keyword of ours.
        Kind::Custom { message: pattern, .. } => {
            let message = format!("{subject} is {saw}, which does not match `{pattern}`");
            (Broken::Value, message)
        }
        _ => (Broken::Value, format!("{subject}: {error}")),
    }
}

/// What a property cannot stand beside, if a schema says so.
fn beside(error: &ValidationError<'_>, subject: &str) -> Option<String> {
    let path = error.schema_path().as_str();
    let steps: Vec<&str> = path.rsplit('/').take(4).collect();
    match (error.kind(), steps.as_slice()) {
        (Kind::FalseSchema, [_, "properties", other, "dependencies"]) => {
            Some(format!("{subject} cannot stand beside `{other}`"))
        }
        _ => None,
    }
}

fn combination(kind: &Kind, subject: &str) -> Option<String> {
    Some(match kind {
        Kind::FalseSchema => format!("{subject} cannot stand here"),
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            format!("{subject} fits none of its forms{}", branches(context))
        }
        Kind::OneOfMultipleValid { .. } => format!("{subject} mixes forms of which only one can be"),
        Kind::Not { .. } => format!("{subject} has a combination that AWS refuses"),
        _ => return None,
    })
}

/// Types in the words of the reader.
fn wanted(kind: &TypeKind) -> String {
    let word = |kind: JsonType| match kind {
        JsonType::Array => "a list",
        JsonType::Boolean => "a boolean",
        JsonType::Integer => "a whole number",
        JsonType::Null => "nothing",
        JsonType::Number => "a number",
        JsonType::Object => "a map",
        JsonType::String => "a string",
    };
    match kind {
        TypeKind::Single(one) => word(*one).to_owned(),
        TypeKind::Multiple(many) => many.iter().map(word).collect::<Vec<_>>().join(" or "),
    }
}

/// Bounds of numbers, texts and lists.
fn bound(kind: &Kind, subject: &str, saw: &str) -> Option<String> {
    Some(match kind {
        Kind::Minimum { limit } => format!("{subject} is {saw}; the least is {limit}"),
        Kind::Maximum { limit } => format!("{subject} is {saw}; the most is {limit}"),
        Kind::MinLength { limit } => format!("{subject} is {saw}; it has at least {limit} characters"),
        Kind::MaxLength { limit } => format!("{subject} is {saw}; it has at most {limit} characters"),
        Kind::MinItems { limit } => format!("{subject} has at least {limit} items"),
        Kind::MaxItems { limit } => format!("{subject} has at most {limit} items"),
        Kind::UniqueItems => format!("{subject} has an item twice"),
        _ => return None,
    })
}

/// What each form lacks, if that is all there is to say.
fn branches(context: &[Vec<ValidationError<'static>>]) -> String {
    let lacks: Option<Vec<String>> = context
        .iter()
        .map(|errors| {
            let names: Option<Vec<&str>> = errors
                .iter()
                .map(|error| match error.kind() {
                    Kind::Required { property } => property.as_str(),
                    _ => None,
                })
                .collect();
            names.map(|names| listed(&names))
        })
        .collect();
    lacks.map_or_else(String::new, |lacks| format!(": it needs {}", lacks.join(" or ")))
}

/// The values that are allowed; the schema has those that look alike (256 and `"256"`) only once.
fn options_listed(options: &Json) -> String {
    const SHOWN: usize = 12;
    let mut seen = BTreeSet::new();
    let mut options: Vec<String> = options.as_array().into_iter().flatten().map(brief).collect();
    options.retain(|option| seen.insert(option.trim_matches('"').to_owned()));
    let mut text = options.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if options.len() > SHOWN {
        // Writing to a string cannot fail.
        let _ = write!(text, " and {} more", options.len() - SHOWN);
    }
    text
}

/// A value in a few characters.
fn brief(value: &Json) -> String {
    match value {
        Json::Object(_) => "a map".to_owned(),
        Json::Array(_) => "a list".to_owned(),
        Json::String(text) if text.chars().count() > 60 => {
            format!("\"{}…\"", text.chars().take(60).collect::<String>())
        }
        other => other.to_string(),
    }
}
