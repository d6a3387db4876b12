//! Errors that rest on what is only known at deployment.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value as Json;

use super::prune;

/// Whether an error rests on something that is only known at deployment.
pub(super) fn uncertain(schema: &Json, error: &ValidationError<'_>, root: &Json) -> bool {
    let value = root.pointer(error.instance_path().as_str()).unwrap_or(root);
    // A property that cannot stand here cannot, whatever its value is.
    if value.is_null() && !matches!(error.kind(), Kind::FalseSchema) {
        return true;
    }
    if conditional(
        schema,
        error.schema_path().as_str(),
        root,
        error.instance_path().as_str(),
    ) {
        return true;
    }
    match error.kind() {
        Kind::AnyOf { .. }
        | Kind::OneOfNotValid { .. }
        | Kind::OneOfMultipleValid { .. }
        | Kind::Not { .. }
        | Kind::Contains => {
            let argument = schema.pointer(error.schema_path().as_str());
            argument.is_none_or(|argument| match argument {
                Json::Array(branches) => branches.iter().any(|branch| prune::rests_on_unknown(branch, value)),
                _ if matches!(error.kind(), Kind::Contains) => prune::holds_unknown(value),
                branch => prune::rests_on_unknown(branch, value),
            })
        }
        Kind::UniqueItems => !holds_twice(value),
        Kind::Enum { .. } | Kind::Constant { .. } => prune::holds_unknown(value),
        _ => false,
    }
}

/// Whether a list has an item twice of which all is known.
fn holds_twice(value: &Json) -> bool {
    let known: Vec<&Json> = value
        .as_array()
        .into_iter()
        .flatten()
        .filter(|item| !prune::holds_unknown(item))
        .collect();
    known
        .iter()
        .enumerate()
        .any(|(at, item)| known[..at].iter().any(|before| before == item))
}

/// Whether a `then` or `else` applies only because an `if` saw something unknown.
fn conditional(schema: &Json, path: &str, root: &Json, instance: &str) -> bool {
    let plain = |step: &str| step.replace("~1", "/").replace("~0", "~");
    let mut here = schema;
    let mut value = Some(root);
    let mut left = instance.split('/').skip(1);
    let mut steps = path.split('/').skip(1).peekable();
    while let Some(step) = steps.next() {
        if matches!(step, "then" | "else") {
            let test = here.get("if");
            if test
                .zip(value)
                .is_some_and(|(test, value)| prune::rests_on_unknown(test, value))
            {
                return true;
            }
        }
        here = child(here, &plain(step));
        match step {
            "properties" | "patternProperties" => {
                if let Some(next) = steps.next() {
                    here = here.get(plain(next)).unwrap_or(&Json::Null);
                }
                value = value
                    .zip(left.next())
                    .and_then(|(value, key)| value.pointer(&format!("/{key}")));
            }
            "additionalProperties" | "items" | "contains" => {
                value = value
                    .zip(left.next())
                    .and_then(|(value, key)| value.pointer(&format!("/{key}")));
            }
            _ => {}
        }
    }
    false
}

/// What a step leads to in a schema.
fn child<'s>(schema: &'s Json, step: &str) -> &'s Json {
    let found = match schema {
        Json::Array(items) => step.parse().ok().and_then(|at: usize| items.get(at)),
        other => other.get(step),
    };
    found.unwrap_or(&Json::Null)
}
