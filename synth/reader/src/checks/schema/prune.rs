//! A schema cut down to what some values touch.
//!
//! AWS's schemas are large and compiling one takes longer than checking with it. What no value
//! reaches cannot object, so it is left out; references are written in place.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::dialect;
use super::pattern::PATTERN;

/// Guards against a reference that leads to itself.
const MOST_DEPTH: usize = 64;

/// A schema that says the same as the whole one about the values it was cut for.
pub(super) struct Pruned {
    pub(super) schema: Json,
}

impl Pruned {
    pub(super) fn new(root: &Json, values: &[&Json]) -> Self {
        Self {
            schema: cut(root, root, values, 0),
        }
    }
}

/// The values at a path such as `ContainerDefinitions/*`.
pub(super) fn at<'v>(value: &'v Json, path: &str) -> Vec<&'v Json> {
    let mut here = vec![value];
    for step in path.split('/').filter(|step| !step.is_empty()) {
        here = here.into_iter().flat_map(|value| below(value, step)).collect();
    }
    here
}

fn below<'v>(value: &'v Json, step: &str) -> Vec<&'v Json> {
    match value {
        Json::Array(items) if step == "*" => items.iter().collect(),
        Json::Object(map) if step == "*" => map.values().collect(),
        Json::Object(map) => map.get(step).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn cut(root: &Json, schema: &Json, values: &[&Json], depth: usize) -> Json {
    let Some(map) = schema.as_object() else {
        return schema.clone();
    };
    if depth > MOST_DEPTH {
        return Json::Bool(true);
    }
    if let Some(target) = map.get("$ref").and_then(Json::as_str) {
        let target = root.pointer(target.trim_start_matches('#'));
        return target.map_or(Json::Bool(true), |target| cut(root, target, values, depth + 1));
    }
    let mut out = Map::new();
    let mut also = Vec::new();
    for (keyword, argument) in map {
        match keep(root, (keyword, argument), values, depth) {
            Some((keyword, kept)) => _ = out.insert(keyword.to_owned(), kept),
            None => also.extend(dialect::plain(keyword, argument)),
        }
    }
    if !also.is_empty()
        && let Json::Array(all) = out.entry("allOf").or_insert_with(|| Json::Array(Vec::new()))
    {
        all.extend(also);
    }
    Json::Object(out)
}

/// What is left of a keyword that can object to one of the values.
fn keep<'k>(
    root: &Json,
    (keyword, argument): (&'k str, &Json),
    values: &[&Json],
    depth: usize,
) -> Option<(&'k str, Json)> {
    let has = |test: fn(&Json) -> bool| values.iter().any(|value| test(value));
    let kept = match keyword {
        "const" => return Some(("enum", loose(std::slice::from_ref(argument)))),
        "pattern" if has(Json::is_string) => return Some((PATTERN, argument.clone())),
        "type" => argument.clone(),
        "enum" => loose(argument.as_array().map_or(&[], Vec::as_slice)),
        "minLength" | "maxLength" if has(Json::is_string) => argument.clone(),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" if has(Json::is_number) => {
            argument.clone()
        }
        "minItems" | "maxItems" | "uniqueItems" if has(Json::is_array) => argument.clone(),
        "required" | "minProperties" | "maxProperties" if has(Json::is_object) => argument.clone(),
        "properties" | "patternProperties" | "additionalProperties" | "dependencies" | "propertyNames"
            if has(Json::is_object) =>
        {
            object(root, keyword, argument, values, depth)?
        }
        "items" | "contains" if has(Json::is_array) => items(root, argument, values, depth),
        "allOf" | "anyOf" | "oneOf" => list(root, argument, values, depth)?,
        "not" | "if" | "then" | "else" => cut(root, argument, values, depth + 1),
        _ => return None,
    };
    Some((keyword, kept))
}

/// CloudFormation does not tell 256 from `"256"`, and the schemas mix them.
fn loose(options: &[Json]) -> Json {
    let twin = |option: &Json| match option {
        Json::Number(number) => Some(Json::String(number.to_string())),
        Json::String(text) => text.parse::<i64>().ok().map(Into::into),
        Json::Bool(truth) => Some(Json::String(truth.to_string())),
        _ => None,
    };
    let twins: Vec<Json> = options
        .iter()
        .filter_map(twin)
        .filter(|twin| !options.contains(twin))
        .collect();
    options.iter().cloned().chain(twins).collect()
}

fn list(root: &Json, argument: &Json, values: &[&Json], depth: usize) -> Option<Json> {
    let branches = argument.as_array()?;
    Some(Json::Array(
        branches
            .iter()
            .map(|branch| cut(root, branch, values, depth + 1))
            .collect(),
    ))
}

fn items(root: &Json, argument: &Json, values: &[&Json], depth: usize) -> Json {
    let inner: Vec<&Json> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
    match argument {
        Json::Array(each) => Json::Array(each.iter().map(|schema| cut(root, schema, &inner, depth + 1)).collect()),
        schema if inner.is_empty() => Json::Bool(schema != &Json::Bool(false)),
        schema => cut(root, schema, &inner, depth + 1),
    }
}

fn object(root: &Json, keyword: &str, argument: &Json, values: &[&Json], depth: usize) -> Option<Json> {
    let mut keys: BTreeMap<&str, Vec<&Json>> = BTreeMap::new();
    for (key, value) in values.iter().filter_map(|value| value.as_object()).flatten() {
        keys.entry(key).or_default().push(value);
    }
    match keyword {
        "properties" => {
            let known = argument.as_object()?;
            let used = keys.iter().filter_map(|(key, values)| {
                let schema = known.get(*key)?;
                Some(((*key).to_owned(), cut(root, schema, values, depth + 1)))
            });
            Some(Json::Object(used.collect()))
        }
        "patternProperties" => {
            let all: Vec<&Json> = keys.values().flatten().copied().collect();
            let known = argument.as_object()?.iter();
            let cut = known.map(|(pattern, schema)| (pattern.clone(), cut(root, schema, &all, depth + 1)));
            Some(Json::Object(cut.collect()))
        }
        "additionalProperties" => {
            let all: Vec<&Json> = keys.values().flatten().copied().collect();
            Some(cut(root, argument, &all, depth + 1))
        }
        "dependencies" => {
            let used = argument
                .as_object()?
                .iter()
                .filter(|(key, _)| keys.contains_key(key.as_str()));
            let cut = used.map(|(key, needs)| match needs {
                Json::Array(_) => (key.clone(), needs.clone()),
                schema => (key.clone(), cut(root, schema, values, depth + 1)),
            });
            Some(Json::Object(cut.collect()))
        }
        _ => Some(argument.clone()),
    }
}

/// Whether what a schema says about a value rests on something unknown in it.
pub(super) fn rests_on_unknown(schema: &Json, value: &Json) -> bool {
    let Some(map) = schema.as_object() else { return false };
    map.iter().any(|(keyword, argument)| match keyword.as_str() {
        "allOf" | "anyOf" | "oneOf" => argument
            .as_array()
            .into_iter()
            .flatten()
            .any(|branch| rests_on_unknown(branch, value)),
        "not" | "if" | "then" | "else" => rests_on_unknown(argument, value),
        "properties" => argument
            .as_object()
            .into_iter()
            .flatten()
            .any(|(key, schema)| value.get(key).is_some_and(|value| rests_on_unknown(schema, value))),
        "additionalProperties" | "patternProperties" => {
            value.is_null() || (argument.is_object() && holds_unknown(value))
        }
        "dependencies" => {
            let rests = |(key, needs): (&String, &Json)| value.get(key).is_some() && rests_on_unknown(needs, value);
            value.is_null() || argument.as_object().into_iter().flatten().any(rests)
        }
        "items" | "contains" => match value {
            Json::Array(items) => items.iter().any(|item| match argument {
                Json::Array(_) => holds_unknown(item),
                schema => rests_on_unknown(schema, item),
            }),
            other => other.is_null(),
        },
        "uniqueItems" | "const" | "enum" => holds_unknown(value),
        _ => value.is_null(),
    })
}

pub(super) fn holds_unknown(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::Array(items) => items.iter().any(holds_unknown),
        Json::Object(map) => map.values().any(holds_unknown),
        _ => false,
    }
}
