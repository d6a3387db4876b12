//! What a user writes of other stacks: `network/EnvironmentKey` is a resource of the environment's stack `network`.

use serde_json::{Map, Value as Json, json};

use crate::resources::place::Place;

/// A value with the names that the stacks have in this environment.
pub(super) fn named(place: Place<'_>, value: &Json) -> Json {
    match value {
        Json::Array(items) => items.iter().map(|item| named(place, item)).collect(),
        Json::Object(map) => {
            let entries = map.iter().map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("Ref" | "Fn::GetAtt", Json::String(text)) => json!(full(place, text)),
                    ("Fn::GetAtt", Json::Array(parts)) => parts
                        .iter()
                        .map(|part| {
                            part.as_str()
                                .map_or_else(|| part.clone(), |text| json!(full(place, text)))
                        })
                        .collect(),
                    ("Fn::Sub", given) => substituted(place, given),
                    _ => named(place, value),
                };
                (key.clone(), value)
            });
            Json::Object(entries.collect())
        }
        other => other.clone(),
    }
}

fn full(place: Place<'_>, text: &str) -> String {
    match text.split_once('/') {
        Some((name, rest)) => {
            let stack = place.system.stacks().into_iter().find(|stack| stack.name() == name);
            stack.map_or_else(
                || text.to_owned(),
                |stack| format!("{}/{rest}", place.system.stack(place.environment, stack)),
            )
        }
        None => text.to_owned(),
    }
}

/// What a `Fn::Sub` is given. Nothing can be imported inside of a text, so that `${network/Vpc}` and
/// `${network/EnvironmentKey.Arn}` become variables beside it.
fn substituted(place: Place<'_>, given: &Json) -> Json {
    let none = Map::new();
    let (text, own) = match given {
        Json::String(text) => (text, &none),
        Json::Array(parts) => match parts.as_slice() {
            [Json::String(text), Json::Object(own)] => (text, own),
            _ => return named(place, given),
        },
        _ => return named(place, given),
    };
    let own = own.iter().map(|(name, value)| (name.clone(), named(place, value)));
    let mut variables: Map<String, Json> = own.collect();
    let (mut told, mut rest) = (String::new(), text.as_str());
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let name = match name.split_once('.').unwrap_or((name, "")) {
            // `${!` is how CloudFormation writes a `${` that is not a variable.
            (to, _) if !to.contains('/') || to.starts_with('!') => name.to_owned(),
            (to, "") => variable(&mut variables, name, json!({ "Ref": full(place, to) })),
            (to, attribute) => {
                let value = json!({ "Fn::GetAtt": [full(place, to), attribute] });
                variable(&mut variables, name, value)
            }
        };
        told.extend([before, "${", &name, "}"]);
        rest = after;
    }
    told.push_str(rest);
    if variables.is_empty() {
        given.clone()
    } else {
        json!([told, variables])
    }
}

/// The name of the variable that has a value: a new one, of the words of where it leads to, if none has it.
fn variable(variables: &mut Map<String, Json>, place: &str, value: Json) -> String {
    if let Some((name, _)) = variables.iter().find(|(_, known)| **known == value) {
        return name.clone();
    }
    let words = place.split(|c: char| !c.is_ascii_alphanumeric());
    let mut name: String = words
        .filter_map(|word| Some(word.get(..1)?.to_ascii_uppercase() + word.get(1..)?))
        .collect();
    while variables.contains_key(&name) {
        name.push('2');
    }
    variables.insert(name.clone(), value);
    name
}
