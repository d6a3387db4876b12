//! The part of an OpenAPI document that is the same for every service: its common endpoints, and how
//! its errors look.

use serde_json::{Map, Value};

/// A service's own document with the common part before it and the version filled in.
///
/// # Errors
///
/// If the document is not JSON.
pub fn document(own: &str, version: &str) -> Result<Value, serde_json::Error> {
    let mut document: Value = serde_json::from_str(own)?;
    let common: Value = serde_json::from_str(include_str!("openapi.json"))?;
    document["info"]["version"] = version.into();
    prepend(&mut document["paths"], &common["paths"]);
    for kind in ["responses", "schemas"] {
        prepend(&mut document["components"][kind], &common["components"][kind]);
    }
    Ok(document)
}

/// Sets the members of `first` before those of `object`, which win where both have one.
fn prepend(object: &mut Value, first: &Value) {
    let mut whole = first.as_object().cloned().unwrap_or_default();
    let own: Option<&mut Map<String, Value>> = object.as_object_mut();
    whole.extend(own.map(std::mem::take).unwrap_or_default());
    *object = Value::Object(whole);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn the_common_part_stands_first_and_the_own_part_wins() {
        let own = r#"{ "info": {}, "paths": { "/own": 1, "/health": 2 }, "components": {} }"#;
        let whole = super::document(own, "1.2.3").unwrap();
        let paths: Vec<_> = whole["paths"].as_object().unwrap().keys().collect();
        assert_eq!((paths[0].as_str(), paths.last().unwrap().as_str()), ("/", "/own"));
        assert_eq!(whole["paths"]["/health"], 2);
        assert_eq!(whole["info"], json!({ "version": "1.2.3" }));
        assert_eq!(whole["components"]["schemas"]["FieldError"]["type"], "object");
    }
}
