//! AWS's resource provider schemas, as cfn-lint carries them.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::{Record, rules, text, updates};
use crate::Failure;
use crate::types::TYPES;

/// Providers that are not commercial regions: other partitions, and the transform of SAM.
const OTHER: &[&str] = &["cn-", "us-gov-", "us-iso", "eu-iso", "eusc-", "sam"];

/// Keywords that nothing reads: texts, links, and what only AWS's own tools need.
const UNREAD: &[&str] = &[
    "$comment",
    "$schema",
    "description",
    "documentationUrl",
    "examples",
    "handlerSchema",
    "propertyTransform",
    "resourceLink",
    "sourceUrl",
    "timeoutInMinutes",
    "title",
    "typeConfiguration",
    "typeName",
];

pub(super) struct Facts {
    pub(super) date: String,
    pub(super) regions: Vec<String>,
    pub(super) records: Vec<Record>,
}

/// Reads the schemas of every type of every commercial region.
pub(super) fn read(lint: &Path) -> Result<Facts, Failure> {
    let schemas = lint.join("data/schemas");
    let date = super::json(&schemas.join("version.json"))?;
    let date = date["schema_date"]
        .as_str()
        .and_then(|date| date.get(..10))
        .unwrap_or_default();
    let regions = regions(&schemas.join("providers"))?;
    let extra = rules::read(lint)?;
    let updates = updates::read()?;
    let readable = attributes(&text(&lint.join("schema/_getatts.py"))?);
    let mut files: BTreeMap<String, (String, u64)> = BTreeMap::new();
    for (bit, (_, types)) in regions.iter().enumerate() {
        for (name, file) in types {
            let (_, present) = files.entry(name.clone()).or_insert((file.clone(), 0));
            *present |= 1 << bit;
        }
    }
    let all = (1 << regions.len()) - 1;
    let mut records = Vec::new();
    for (name, (file, present)) in files {
        let mut schema = strip(
            &super::json(&schemas.join("resources").join(format!("{file}.json")))?,
            false,
        );
        fold_permissions(&mut schema);
        if let Some(readable) = readable.get(&name) {
            schema["attributes"] = readable.clone();
        }
        if let Some(rules) = extra.get(&name) {
            schema["rules"] = Json::Array(rules.clone());
        }
        if let Some(updates) = updates.get(&name) {
            schema["updates"] = updates.clone();
        }
        records.push(record(name, &schema, all & !present));
    }
    let regions = regions.into_iter().map(|(region, _)| region).collect();
    let date = date.to_owned();
    Ok(Facts { date, regions, records })
}

/// The types that we render lie together by service, because they are asked for together.
fn record(name: String, schema: &Json, absent: u64) -> Record {
    let service = name.split("::").nth(1).unwrap_or_default();
    let group = if TYPES.contains(&name.as_str()) {
        service
    } else {
        "other"
    };
    Record {
        group: group.to_owned(),
        text: schema.to_string(),
        absent,
        name,
    }
}

/// Turns the permissions of each handler into one table, from the action to the first letters of the handlers that need
/// it: the same actions stand in nearly all of them, and each time they would take room.
fn fold_permissions(schema: &mut Json) {
    let Some(Json::Object(mut handlers)) = schema.as_object_mut().and_then(|map| map.remove("handlers")) else {
        return;
    };
    if let Some(tagging) = schema.get_mut("tagging").and_then(Json::as_object_mut)
        && let Some(permissions) = tagging.remove("permissions")
    {
        handlers.insert("tag".to_owned(), json!({ "permissions": permissions }));
    }
    let mut table: BTreeMap<String, String> = BTreeMap::new();
    for (handler, holder) in &handlers {
        for action in holder["permissions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
        {
            let letters = table.entry(action.to_owned()).or_default();
            let letter = &handler[..1];
            if !letters.contains(letter) {
                letters.push_str(letter);
            }
        }
    }
    schema["permissions"] = json!(table);
}

type Region = (String, BTreeMap<String, String>);

fn regions(folder: &Path) -> Result<Vec<Region>, Failure> {
    let unreadable = |error| Failure(format!("cannot read {}: {error}", folder.display()));
    let mut regions = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        if is_json && !OTHER.iter().any(|other| name.starts_with(other)) {
            let types = super::json(&path)?;
            let types = types.as_object().into_iter().flatten();
            let types = types.filter_map(|(name, file)| Some((name.clone(), file.as_str()?.to_owned())));
            regions.push((name, types.collect()));
        }
    }
    regions.sort();
    Ok(regions)
}

/// A schema without what nothing reads. Inside `properties` and the like, keys are names, not keywords.
fn strip(json: &Json, keys_are_names: bool) -> Json {
    match json {
        Json::Object(map) => {
            let kept = map
                .iter()
                .filter(|(key, _)| keys_are_names || !UNREAD.contains(&key.as_str()));
            let holds_names = |key: &str| ["properties", "definitions", "patternProperties"].contains(&key);
            kept.map(|(key, value)| (key.clone(), strip(value, !keys_are_names && holds_names(key))))
                .collect()
        }
        Json::Array(items) => items.iter().map(|item| strip(item, false)).collect(),
        leaf => leaf.clone(),
    }
}

/// What `Fn::GetAtt` gives besides read-only properties: `true` for all properties, or a list of them.
///
/// cfn-lint has this in a module of Python: a list of types, then a table from types to properties.
fn attributes(python: &str) -> BTreeMap<String, Json> {
    let mut found: BTreeMap<String, Json> = BTreeMap::new();
    let (all, rest) = python.split_once("_exceptions").unwrap_or((python, ""));
    let table = rest.split("\n}").next().unwrap_or_default();
    for name in rules::quoted(all).filter(|text| text.starts_with("AWS::")) {
        found.insert(name.to_owned(), Json::Bool(true));
    }
    let mut of = String::new();
    for text in rules::quoted(table) {
        if text.starts_with("AWS::") {
            text.clone_into(&mut of);
        } else if let Json::Array(list) = found.entry(of.clone()).or_insert(Json::Array(Vec::new())) {
            list.push(text.into());
        }
    }
    found
}
