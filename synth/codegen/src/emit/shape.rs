//! What a schema says a value is.

use serde_json::Value as Json;

/// A value's Rust type, as the `T` of `Value<T>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A type that is written out: `String`, `i64`, `Id<…>`.
    Plain(String),
    /// A list.
    List(Box<Shape>),
    /// A map of texts to values.
    Map(Box<Shape>),
    /// An object with properties: its schema, and the definition it comes from.
    Struct(Json, Option<String>),
    /// A closed set of texts, and the definition it comes from.
    Enum(Vec<String>, Option<String>),
}

/// More variants than this are no closed set that a person would choose from.
const MOST_VARIANTS: usize = 40;

/// Looks at a schema, following references into the definitions of its type.
pub(super) fn shape(schema: &Json, root: &Json, depth: u8) -> Shape {
    if depth > 8 {
        return Shape::Plain("Node".into());
    }
    if let Some(name) = schema["$ref"]
        .as_str()
        .and_then(|path| path.strip_prefix("#/definitions/"))
    {
        return match shape(&root["definitions"][name], root, depth + 1) {
            Shape::Struct(schema, None) => Shape::Struct(schema, Some(name.to_owned())),
            Shape::Enum(values, None) => Shape::Enum(values, Some(name.to_owned())),
            other => other,
        };
    }
    match kind(schema) {
        "string" => text(schema),
        "integer" => Shape::Plain("i64".into()),
        "number" => Shape::Plain("f64".into()),
        "boolean" => Shape::Plain("bool".into()),
        "array" if schema["items"].is_object() => Shape::List(Box::new(shape(&schema["items"], root, depth + 1))),
        "array" => Shape::List(Box::new(Shape::Plain("Node".into()))),
        "object" => object(schema, root, depth),
        _ => Shape::Plain("Node".into()),
    }
}

/// The type; of several the one that says most about the value.
fn kind(schema: &Json) -> &str {
    match &schema["type"] {
        Json::String(name) => name,
        Json::Array(names) => {
            let has = |name: &str| names.iter().any(|one| one == name);
            if has("object") {
                "object"
            } else {
                names.first().and_then(Json::as_str).unwrap_or_default()
            }
        }
        _ if schema["properties"].is_object() => "object",
        _ if schema["items"].is_object() => "array",
        _ if schema["enum"][0].is_string() => "string",
        _ => "",
    }
}

fn text(schema: &Json) -> Shape {
    let values: Vec<String> = schema["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect();
    let mut variants: Vec<_> = values.iter().map(|value| super::names::variant(value)).collect();
    variants.sort();
    variants.dedup();
    let names = variants.len() == values.len() && variants.iter().all(|name| !name.is_empty() && name != "Other");
    if (1..=MOST_VARIANTS).contains(&values.len()) && names {
        return Shape::Enum(values, None);
    }
    Shape::Plain("String".into())
}

fn object(schema: &Json, root: &Json, depth: u8) -> Shape {
    if schema["properties"]
        .as_object()
        .is_some_and(|properties| !properties.is_empty())
    {
        return Shape::Struct(schema.clone(), None);
    }
    let mut patterns = schema["patternProperties"].as_object().into_iter().flatten();
    match patterns.next() {
        Some((_, value)) => Shape::Map(Box::new(shape(value, root, depth + 1))),
        None => Shape::Plain("Node".into()),
    }
}
