//! What a user sets past what the model offers, put into what is rendered.

use serde_json::{Map, Value as Json, json};

use super::addition::node;
use super::overrides::{Change, Override};
use super::{Error, Node, Template};

/// The order in which the parts of a resource read.
const PARTS: [&str; 8] = [
    "Type",
    "Condition",
    "DependsOn",
    "DeletionPolicy",
    "UpdateReplacePolicy",
    "UpdatePolicy",
    "Metadata",
    "Properties",
];

/// Makes one change, with what renders its value, and says why in the resource's metadata.
pub(super) fn apply(
    render: impl FnOnce(&Node) -> Json,
    template: &Template,
    resources: &mut Map<String, Json>,
    change: &Override,
) -> Result<(), Error> {
    let at = |problem: String| Error::OverridePath {
        stack: template.stack.to_string(),
        id: change.resource.clone(),
        path: change.change.path().to_owned(),
        problem,
    };
    let value = without_nulls(&change.change.value());
    let value = render(&node(&value).map_err(at)?);
    if let Change::After(ids) = &change.change
        && let Some(unknown) = ids.iter().find(|id| !resources.contains_key(*id))
    {
        return Err(template.unknown(unknown));
    }
    let Some(resource) = resources.get_mut(&change.resource) else {
        return Err(template.unknown(&change.resource));
    };
    let path = match &change.change {
        Change::Set(path, to) => {
            set(&mut resource["Properties"], path, to, value).map_err(at)?;
            path.clone()
        }
        Change::Append(path, _) => append(&mut resource["Properties"], path, value).map_err(at)?,
        Change::After(_) => {
            after(&mut resource["DependsOn"], value);
            "DependsOn".to_owned()
        }
        other => {
            resource[other.path()] = value;
            other.path().to_owned()
        }
    };
    resource["Metadata"]["synth"]["set"][&path] = json!(change.reason);
    if let Some(map) = resource.as_object_mut() {
        let mut parts: Vec<(String, Json)> = std::mem::take(map).into_iter().collect();
        parts.sort_by_key(|(key, _)| PARTS.iter().position(|part| part == key).unwrap_or(PARTS.len()));
        map.extend(parts);
    }
    Ok(())
}

fn set(properties: &mut Json, path: &str, given: &Json, value: Json) -> Result<(), String> {
    let (place, last) = place(properties, path)?;
    if given.is_null() {
        remove(place, last)
    } else {
        *inside(place, last)? = value;
        Ok(())
    }
}

/// Gives the path of the new item.
fn append(properties: &mut Json, path: &str, item: Json) -> Result<String, String> {
    let (place, last) = place(properties, path)?;
    let target = inside(place, last)?;
    if target.is_null() {
        *target = json!([]);
    }
    let Json::Array(items) = target else {
        return Err(format!("`{last}` is not a list to add to"));
    };
    items.push(item);
    Ok(format!("{path}.{}", items.len() - 1))
}

fn after(depends_on: &mut Json, more: Json) {
    let mut all = match depends_on.take() {
        Json::Array(items) => items,
        Json::Null => Vec::new(),
        one => vec![one],
    };
    if let Json::Array(more) = more {
        all.extend(more);
    }
    *depends_on = Json::Array(all);
}

/// What holds the last key of a path, and that key.
fn place<'a, 'b>(properties: &'a mut Json, path: &'b str) -> Result<(&'a mut Json, &'b str), String> {
    let (folders, last) = match path.rsplit_once('.') {
        Some((folders, last)) => (folders.split('.').collect(), last),
        None => (vec![], path),
    };
    if last.is_empty() || folders.iter().any(|key| key.is_empty()) {
        return Err("a path is keys and indexes with dots between them".into());
    }
    let mut place = properties;
    for key in folders {
        place = inside(place, key)?;
    }
    Ok((place, last))
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
