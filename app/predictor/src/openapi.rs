//! The OpenAPI document: written by hand in `openapi.json`, but for what every service has and what
//! follows from the model.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::predict::{Feature, Model};

/// The document for a service with this model.
pub(crate) fn document(model: &Model) -> Result<Bytes, serde_json::Error> {
    let mut document = service::openapi::document(include_str!("openapi.json"), crate::VERSION)?;
    let schemas = &mut document["components"]["schemas"];
    schemas["Class"]["enum"] = json!(model.classes());
    schemas["Features"] = features(model);
    let error = "The same in one text, as the Open Inference Protocol asks";
    schemas["Problem"]["properties"]["error"] = json!({ "type": "string", "description": error });
    let width = model.features().len();
    schemas["Row"] = json!({
        "type": "array",
        "prefixItems": model.features().iter().map(number).collect::<Vec<_>>(),
        "minItems": width,
        "maxItems": width,
        "items": false,
    });
    let tensor = &mut schemas["InputTensor"]["properties"];
    tensor["shape"] = json!({
        "type": "array",
        "prefixItems": [{ "type": "integer", "minimum": 1, "maximum": 256 }, { "type": "integer", "const": width }],
        "minItems": 2,
        "maxItems": 2,
        "items": false,
    });
    tensor["data"]["oneOf"][1] = json!({
        "type": "array", "items": { "type": "number" }, "minItems": width, "maxItems": width * 256,
    });
    name_the_model(&mut document, model);
    serde_json::to_vec(&document).map(Bytes::from)
}

fn features(model: &Model) -> Value {
    let properties: Map<String, Value> = model
        .features()
        .iter()
        .map(|feature| (feature.name.clone(), number(feature)))
        .collect();
    let required: Vec<_> = model.features().iter().map(|feature| feature.name.as_str()).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn number(feature: &Feature) -> Value {
    json!({ "type": "number", "minimum": feature.minimum, "maximum": feature.maximum, "title": feature.name })
}

/// The one model that the paths of the Open Inference Protocol can name.
fn name_the_model(document: &mut Value, model: &Model) {
    let Some(paths) = document["paths"].as_object_mut() else {
        return;
    };
    for operation in paths
        .values_mut()
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut)
    {
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            let known = if parameter["name"] == "name" {
                model.name()
            } else {
                model.version()
            };
            parameter["schema"]["enum"] = json!([known]);
        }
    }
}
