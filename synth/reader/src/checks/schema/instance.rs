//! The JSON that a resource's properties become in one scenario.

use serde_json::{Map as JsonMap, Value as Json};

use crate::read::template::Template;
use crate::read::template::scenario::Scenario;
use crate::read::template::settle::{Settled, branch, settle};
use crate::read::{Kind, Node, Step};
use crate::schema::{self, Kind as Type};

/// The JSON of a node; nothing if it is absent, `null` if it is unknown.
pub(super) fn build<'a>(
    node: &'a Node,
    template: &Template<'a>,
    scenario: &Scenario<'a>,
    schema: Option<schema::Node<'_>>,
) -> Option<Json> {
    let node = match settle(node, template, scenario) {
        Settled::Absent => return None,
        Settled::Unknown => return Some(Json::Null),
        Settled::Text(text) => return Some(coerce(Json::String(text.into_owned()), schema)),
        Settled::Node(node) => node,
    };
    match &node.kind {
        Kind::Map(map) => {
            let mut json = JsonMap::new();
            for entry in map {
                let inner = schema.and_then(|schema| schema.find(&entry.key));
                if let Some(value) = build(&entry.value, template, scenario, inner) {
                    json.insert(entry.key.clone(), value);
                }
            }
            Some(Json::Object(json))
        }
        Kind::List(items) => {
            let inner = schema.and_then(|schema| schema.find("*"));
            let items = items.iter().filter_map(|item| build(item, template, scenario, inner));
            Some(Json::Array(items.collect()))
        }
        _ => Some(coerce(node.to_value(), schema)),
    }
}

/// CloudFormation turns scalars into what the schema wants: `"80"` into 80 and 80 into `"80"`.
pub(super) fn coerce(value: Json, schema: Option<schema::Node<'_>>) -> Json {
    let mut types = Vec::new();
    if let Some(schema) = schema {
        if is_of_type(&value, schema.raw()) {
            return value;
        }
        collect(schema, 0, &mut types);
    }
    if types.is_empty() {
        return value;
    }
    let has = |kind: Type| types.contains(&kind);
    match &value {
        Json::String(text) if !has(Type::String) => {
            let trimmed = text.trim();
            if has(Type::Boolean) {
                match trimmed {
                    "true" | "True" | "TRUE" => return Json::Bool(true),
                    "false" | "False" | "FALSE" => return Json::Bool(false),
                    _ => {}
                }
            }
            if has(Type::Integer) || has(Type::Number) {
                if let Ok(number) = trimmed.parse::<i64>() {
                    return number.into();
                }
                if let Some(number) = trimmed.parse::<f64>().ok().and_then(serde_json::Number::from_f64) {
                    return Json::Number(number);
                }
            }
            value
        }
        Json::Number(number) if !has(Type::Number) && !has(Type::Integer) && has(Type::String) => {
            Json::String(number.to_string())
        }
        Json::Bool(truth) if !has(Type::Boolean) && has(Type::String) => Json::String(truth.to_string()),
        _ => value,
    }
}

/// Whether a value is what the schema names first: nearly all are.
fn is_of_type(value: &Json, schema: &Json) -> bool {
    match schema::field(schema, "type").and_then(Json::as_str) {
        Some("string") => value.is_string(),
        Some("integer" | "number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        _ => false,
    }
}

fn collect(schema: schema::Node<'_>, depth: usize, types: &mut Vec<Type>) {
    types.extend(schema.kinds());
    if depth < 4 {
        for other in schema.alternatives() {
            collect(other, depth + 1, types);
        }
    }
}

/// The nodes along a path of a built JSON, the last one last; keys with their entries.
pub(super) fn locate<'a>(
    root: &'a Node,
    template: &Template<'a>,
    scenario: &Scenario<'a>,
    path: &[Step],
) -> (&'a Node, Option<&'a crate::read::Entry>) {
    let mut written = root;
    let mut entry = None;
    for step in path {
        let Settled::Node(node) = settle(written, template, scenario) else {
            break;
        };
        match step {
            Step::Key(key) => {
                let Some(next) = node.map().and_then(|map| map.entry(key)) else {
                    break;
                };
                entry = Some(next);
                written = &next.value;
            }
            Step::Index(index) => {
                let items = node.list().unwrap_or_default().iter();
                let mut present = items.filter(|item| !matches!(settle(item, template, scenario), Settled::Absent));
                let Some(next) = present.nth(*index) else { break };
                entry = None;
                written = next;
            }
        }
    }
    (branch(written, scenario), entry)
}
