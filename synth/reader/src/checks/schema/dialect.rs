//! Keywords that cfn-lint adds to JSON Schema, in the words of draft 7.

use std::fmt::Write;

use serde_json::{Map, Value as Json, json};

use super::pattern::PATTERN;

/// The same as a keyword that draft 7 does not have.
pub(super) fn plain(keyword: &str, argument: &Json) -> Option<Json> {
    Some(match keyword {
        "requiredXor" => json!({"oneOf": each(argument, requires)}),
        "requiredOr" => json!({"anyOf": each(argument, requires)}),
        "dependentRequired" => json!({"dependencies": argument}),
        "dependentExcluded" => json!({"dependencies": excluded(argument)}),
        "enumCaseInsensitive" => json!({PATTERN: any_case(argument)}),
        "prefixItems" => json!({"items": argument}),
        _ => return None,
    })
}

fn each(argument: &Json, to: fn(&Json) -> Json) -> Vec<Json> {
    argument.as_array().into_iter().flatten().map(to).collect()
}

fn requires(name: &Json) -> Json {
    json!({"required": [name]})
}

fn excluded(argument: &Json) -> Map<String, Json> {
    let table = argument.as_object().into_iter().flatten();
    let entry = |(name, others): (&String, &Json)| {
        let never = others.as_array().into_iter().flatten().filter_map(Json::as_str);
        let never: Map<String, Json> = never.map(|other| (other.to_owned(), Json::Bool(false))).collect();
        (name.clone(), json!({"properties": never}))
    };
    table.map(entry).collect()
}

fn any_case(argument: &Json) -> String {
    let mut pattern = "(?i)^(".to_owned();
    for (at, option) in argument
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .enumerate()
    {
        if at > 0 {
            pattern.push('|');
        }
        for character in option.chars() {
            if !character.is_alphanumeric() {
                pattern.push('\\');
            }
            // Writing to a string cannot fail.
            let _ = write!(pattern, "{character}");
        }
    }
    pattern + ")$"
}
