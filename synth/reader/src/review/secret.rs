//! Values that a review must not spread: what a template hides, and what its name says is a secret.

use serde_json::{Map, Value as Json};

use super::canon::same;
use super::differ::Step;
use crate::read::template::json::function;
pub(super) use crate::schema::secret::is_named as is_secret;

/// What stands for a value that is hidden.
const HIDDEN: &str = "****";

/// The names under which lists keep a name and its value.
fn named(map: &Map<String, Json>) -> Option<&str> {
    ["Name", "Key", "ParameterKey", "name"]
        .iter()
        .find_map(|key| map.get(*key)?.as_str())
}

/// The value of a change at a path, without the secrets in it; `root` is where the path starts.
pub(super) fn hide(value: Option<&Json>, path: &[Step], root: &Map<String, Json>) -> Option<Json> {
    let mut secret = false;
    let mut here: Option<&Json> = None;
    for (at, step) in path.iter().enumerate() {
        if let Step::Key(key) = step {
            let holder = if at == 0 {
                Some(root)
            } else {
                here.and_then(Json::as_object)
            };
            secret |= is_secret(key) || (is_value(key) && holder.and_then(named).is_some_and(is_secret));
        }
        here = match (step, here) {
            (Step::Key(key), None) if at == 0 => root.get(key),
            (Step::Key(key), Some(value)) => value.get(key),
            (Step::Index(index), Some(value)) => value.get(*index),
            _ => None,
        };
    }
    value.map(|value| hidden(value, secret))
}

/// Whether a text is nothing but a reference of CloudFormation's or GitHub's.
fn refers(text: &str) -> bool {
    let expression = text.strip_prefix("${{").and_then(|rest| rest.split_once("}}"));
    text.starts_with("{{resolve:") || expression.is_some_and(|(_, rest)| rest.trim().is_empty())
}

fn is_value(key: &str) -> bool {
    matches!(key, "Value" | "ParameterValue" | "value")
}

/// A value in which every literal under the name of a secret is hidden.
fn hidden(value: &Json, secret: bool) -> Json {
    match value {
        // A reference tells where the secret is, not what it is; an empty text tells that there is none.
        Json::String(text) if secret && !text.is_empty() && !refers(text) => HIDDEN.into(),
        Json::Number(_) if secret => HIDDEN.into(),
        Json::Array(items) => items.iter().map(|item| hidden(item, secret)).collect(),
        Json::Object(_) if function(value).is_some_and(|(name, _)| name != "Fn::Join" && name != "Fn::If") => {
            value.clone()
        }
        Json::Object(map) => {
            let of_name = named(map).is_some_and(is_secret);
            let entries = map.iter().map(|(key, value)| {
                let secret = is_secret(key) || (of_name && is_value(key)) || (secret && key.starts_with("Fn::"));
                (key.clone(), hidden(value, secret))
            });
            Json::Object(entries.collect())
        }
        other => other.clone(),
    }
}

/// A parameter without the default that it hides.
pub(super) fn parameter(parameter: &Json) -> Json {
    let mut shown = parameter.clone();
    let hides = parameter
        .get("NoEcho")
        .is_some_and(|hides| same(hides, &Json::Bool(true)));
    if let Some(default) = shown.get_mut("Default").filter(|_| hides) {
        *default = HIDDEN.into();
    }
    shown
}
