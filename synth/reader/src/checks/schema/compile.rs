//! Schemas into validators.

use jsonschema::{Draft, Validator};
use serde_json::Value as Json;

use super::pattern::{PATTERN, keyword};

pub(super) fn compile(schema: &Json) -> Option<Validator> {
    let build = |schema: &Json| {
        jsonschema::options()
            .with_draft(Draft::Draft7)
            .should_validate_formats(false)
            .with_keyword(PATTERN, keyword)
            .build(schema)
            .ok()
    };
    build(schema).or_else(|| {
        // A pattern of another dialect of regular expressions: the rest still holds.
        let mut schema = schema.clone();
        without_patterns(&mut schema);
        build(&schema)
    })
}

fn without_patterns(schema: &mut Json) {
    match schema {
        Json::Object(map) => {
            map.retain(|key, value| key != "patternProperties" || !value.is_object());
            map.values_mut().for_each(without_patterns);
        }
        Json::Array(items) => items.iter_mut().for_each(without_patterns),
        _ => {}
    }
}
