//! Properties that a user sets past what the model offers.

use serde_json::{Map, Value as Json, json};

use super::{Error, Override, Template};

/// Sets one property by its path and says why in the resource's metadata.
pub(super) fn apply(template: &Template, resources: &mut Map<String, Json>, property: &Override) -> Result<(), Error> {
    let Some(resource) = resources.get_mut(&property.resource) else {
        return Err(template.unknown(&property.resource));
    };
    let fail = |problem: String| Error::OverridePath {
        stack: template.stack.to_string(),
        id: property.resource.clone(),
        path: property.path.clone(),
        problem,
    };
    if property.path.is_empty() || property.path.split('.').any(str::is_empty) {
        return Err(fail("a path is keys and indexes with dots between them".into()));
    }
    let mut place = &mut resource["Properties"];
    for key in property.path.split('.') {
        place = match place {
            Json::Array(items) => {
                let length = items.len();
                let item = key.parse().ok().and_then(|index: usize| items.get_mut(index));
                item.ok_or_else(|| fail(format!("`{key}` is not an index of a list of {length}")))?
            }
            Json::Object(_) | Json::Null => &mut place[key],
            _ => return Err(fail(format!("`{key}` would stand inside a plain value"))),
        };
    }
    *place = property.value.clone();
    if property.value.is_null() {
        remove_null(&mut resource["Properties"]);
    }
    resource["Metadata"]["synth"]["set"][&property.path] = json!(property.reason);
    Ok(())
}

fn remove_null(json: &mut Json) {
    match json {
        Json::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(remove_null);
        }
        Json::Array(items) => items.iter_mut().for_each(remove_null),
        _ => {}
    }
}
