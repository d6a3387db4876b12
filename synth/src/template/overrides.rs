//! Properties that a user sets past what the model offers.

use serde_json::{Map, Value as Json, json};

use super::{Error, Override, Template};

/// Sets one property by its path and says why in the resource's metadata.
pub(super) fn apply(template: &Template, resources: &mut Map<String, Json>, property: &Override) -> Result<(), Error> {
    let Some(resource) = resources.get_mut(&property.resource) else {
        return Err(template.unknown(&property.resource));
    };
    let at = |problem: String| Error::OverridePath {
        stack: template.stack.to_string(),
        id: property.resource.clone(),
        path: property.path.clone(),
        problem,
    };
    let (folders, last) = match property.path.rsplit_once('.') {
        Some((folders, last)) => (folders.split('.').collect(), last),
        None => (vec![], property.path.as_str()),
    };
    if last.is_empty() || folders.iter().any(|key| key.is_empty()) {
        return Err(at("a path is keys and indexes with dots between them".into()));
    }
    let mut place = &mut resource["Properties"];
    for key in folders {
        place = inside(place, key).map_err(at)?;
    }
    if property.value.is_null() {
        remove(place, last).map_err(at)?;
    } else {
        *inside(place, last).map_err(at)? = without_nulls(&property.value);
    }
    resource["Metadata"]["synth"]["set"][&property.path] = json!(property.reason);
    Ok(())
}

/// What stands under a key or at an index; an object that is not there yet is made.
fn inside<'a>(place: &'a mut Json, key: &str) -> Result<&'a mut Json, String> {
    match place {
        Json::Array(items) => {
            let index = index(items, key)?;
            Ok(&mut items[index])
        }
        Json::Object(map) if is_function(map) => Err(format!("`{key}` would stand inside a function")),
        Json::Object(_) | Json::Null => Ok(&mut place[key]),
        _ => Err(format!("`{key}` would stand inside a plain value")),
    }
}

fn remove(place: &mut Json, key: &str) -> Result<(), String> {
    match place {
        Json::Array(items) => {
            let index = index(items, key)?;
            items.remove(index);
        }
        Json::Object(map) if !is_function(map) && map.contains_key(key) => drop(map.shift_remove(key)),
        _ => return Err(format!("there is no `{key}` to remove")),
    }
    Ok(())
}

fn index(items: &[Json], key: &str) -> Result<usize, String> {
    let index = key.parse().ok().filter(|index| *index < items.len());
    index.ok_or_else(|| format!("`{key}` is not an index of a list of {}", items.len()))
}

fn is_function(map: &Map<String, Json>) -> bool {
    map.len() == 1 && map.keys().all(|key| key == "Ref" || key.starts_with("Fn::"))
}

/// CloudFormation takes no `null` anywhere in a template.
fn without_nulls(json: &Json) -> Json {
    match json {
        Json::Object(map) => {
            let kept = map.iter().filter(|(_, value)| !value.is_null());
            Json::Object(kept.map(|(key, value)| (key.clone(), without_nulls(value))).collect())
        }
        Json::Array(items) => items.iter().filter(|item| !item.is_null()).map(without_nulls).collect(),
        leaf => leaf.clone(),
    }
}
