//! cfn-lint's further rules: JSON Schemas for properties that depend on each other.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::text;
use crate::Failure;

/// Lists of all instance types of all regions are longer than this; they would be a third of the store and old in a
/// month.
const LONGEST: usize = 24_000;

/// Keywords that only cfn-lint's own engine knows.
const FOREIGN: &[&str] = &["\"cfnGather\"", "\"cfnContext\"", "\"$data\"", "\"$lookup\""];

/// The rules of each resource type.
pub(super) fn read(lint: &Path) -> Result<BTreeMap<String, Vec<Json>>, Failure> {
    let mut found: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    for python in modules(&lint.join("rules/resources"))? {
        let schema = between(&python, "extensions.", "\n").zip(between(&python, "filename=\"", "\""));
        let Some((folder, file)) = schema else { continue };
        let folder = folder.trim_end_matches(',').trim();
        let path = lint.join("data/schemas/extensions").join(folder).join(file);
        // A module that takes its schema from elsewhere has no such file.
        let Ok(schema) = text(&path) else { continue };
        let schema: Json =
            serde_json::from_str(&schema).map_err(|error| Failure(format!("{}: {error}", path.display())))?;
        let compact = schema.to_string();
        if compact.len() > LONGEST || FOREIGN.iter().any(|word| compact.contains(word)) {
            continue;
        }
        let id = between(&python, "id = \"", "\"").unwrap_or_default();
        let says = between(&python, "shortdesc = ", "description").and_then(|text| quoted(text).next());
        let keywords = between(&python, "keywords=[", "]").unwrap_or_default();
        for place in quoted(keywords) {
            let Some((name, path)) = place_of(place) else { continue };
            let rule = json!({ "id": id, "path": path, "says": says.unwrap_or_default(), "schema": schema });
            found.entry(name.to_owned()).or_default().push(rule);
        }
    }
    for rules in found.values_mut() {
        rules.sort_by_cached_key(Json::to_string);
    }
    Ok(found)
}

/// `Resources/AWS::ECS::Service/Properties/Volumes/*` is the type and the path in its properties.
fn place_of(place: &str) -> Option<(&str, &str)> {
    let (name, path) = place.strip_prefix("Resources/")?.split_once("/Properties")?;
    Some((name, path.trim_start_matches('/')))
}

fn modules(folder: &Path) -> Result<Vec<String>, Failure> {
    let unreadable = |error| Failure(format!("cannot read {}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            found.extend(modules(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.push(text(&path)?);
        }
    }
    Ok(found)
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    Some(text.split_once(start)?.1.split_once(end)?.0)
}

/// The texts in double quotes.
pub(super) fn quoted(python: &str) -> impl Iterator<Item = &str> {
    python.split('"').skip(1).step_by(2)
}
