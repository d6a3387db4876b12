//! Kubernetes' kinds, by version: each definition once, whatever the number of versions that have it.
//!
//! A record is a definition in lines of text: a field, its shape, and what else is to be said of it. The reader tells the
//! language (`schema::kubernetes::shape`).

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value as Json};

use super::{Record, json};
use crate::Failure;

/// The versions, in the order of the bits of [`Record::absent`].
pub(super) const VERSIONS: [&str; 8] = ["1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37"];

pub(super) fn read(package: &Path) -> Result<Vec<Record>, Failure> {
    // What a definition says, and the versions in which it says that.
    let mut said: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for (bit, version) in VERSIONS.iter().enumerate() {
        let path = package.join(format!("v{version}.0-local/_definitions.json"));
        let file = json(&path)?;
        let definitions = file["$defs"]
            .as_object()
            .ok_or_else(|| Failure(format!("{} has no definitions", path.display())))?;
        for (name, definition) in definitions {
            *said
                .entry(name.clone())
                .or_default()
                .entry(text(definition))
                .or_default() |= 1 << bit;
        }
        let kinds = said.entry(format!("kinds-{version}")).or_default();
        kinds.insert(self::kinds(definitions), 1 << bit);
    }
    let all = (1_u64 << VERSIONS.len()) - 1;
    let records = said.into_iter().flat_map(|(name, texts)| {
        let group = group(&name);
        (1..).zip(texts).map(move |(number, (text, there))| Record {
            // The first has the definition's own name; a record's name has no spaces.
            name: if number == 1 {
                name.clone()
            } else {
                format!("{name}#{number}")
            },
            group: group.clone(),
            text,
            absent: all & !there,
        })
    });
    Ok(records.collect())
}

/// What is used together: pods and what is in them, and each of the other groups.
fn group(name: &str) -> String {
    let short = name.trim_start_matches("io.k8s.").trim_start_matches("api.");
    short.split('.').next().unwrap_or_default().to_owned()
}

/// The kinds that have objects of their own: `apps/v1 Deployment io.k8s.api.apps.v1.Deployment`, a line each.
fn kinds(definitions: &Map<String, Json>) -> String {
    let mut lines = Vec::new();
    for (name, definition) in definitions {
        let has_objects = definition["properties"].get("metadata").is_some();
        let [kind] = definition["x-kubernetes-group-version-kind"]
            .as_array()
            .map_or(&[][..], Vec::as_slice)
        else {
            continue;
        };
        let word = |key: &str| kind[key].as_str().unwrap_or_default();
        let version = match word("group") {
            "" => word("version").to_owned(),
            group => format!("{group}/{}", word("version")),
        };
        if has_objects && !word("kind").ends_with("List") {
            lines.push(format!("{version} {} {name}\n", word("kind")));
        }
    }
    lines.sort();
    lines.concat()
}

/// A definition: the shape alone where it has no fields.
fn text(definition: &Json) -> String {
    let Some(fields) = definition["properties"].as_object() else {
        return format!("= {}\n", shape(definition));
    };
    let required = definition["required"].as_array().map_or(&[][..], Vec::as_slice);
    let mut lines: Vec<String> = fields
        .iter()
        .map(|(name, field)| {
            let mut line = format!("{name} {}", shape(field));
            if required.iter().any(|one| one == name) {
                line += " !";
            }
            for (mark, values) in [("k", merge_keys(field)), ("e", closed(field))] {
                if !values.is_empty() {
                    line.extend([" ", mark, "=", &values.join("|")]);
                }
            }
            line + "\n"
        })
        .collect();
    lines.sort();
    lines.concat()
}

fn words(list: &Json) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str).collect()
}

/// What tells the items of a list apart.
fn merge_keys(field: &Json) -> Vec<&str> {
    match words(&field["x-kubernetes-list-map-keys"]) {
        keys if keys.is_empty() => field["x-kubernetes-patch-merge-key"].as_str().into_iter().collect(),
        keys => keys,
    }
}

/// The values of a closed set; of `apiVersion` and `kind` the record's own name tells.
fn closed(field: &Json) -> Vec<&str> {
    let values = words(&field["enum"]);
    if values.len() > 1 { values } else { Vec::new() }
}

fn shape(schema: &Json) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return match name.rsplit('.').next() {
            Some("Quantity") => "q".to_owned(),
            Some("IntOrString") => "is".to_owned(),
            _ => format!("@{name}"),
        };
    }
    let kinds = match &schema["type"] {
        Json::String(kind) => vec![kind.as_str()],
        kinds => words(kinds),
    };
    match kinds.first().copied() {
        Some("string") => "s".to_owned(),
        Some("integer") => "i".to_owned(),
        Some("number") => "n".to_owned(),
        Some("boolean") => "b".to_owned(),
        Some("array") => format!("[{}", shape(&schema["items"])),
        Some("object") if schema["additionalProperties"].is_object() => {
            format!("{{{}", shape(&schema["additionalProperties"]))
        }
        _ => "*".to_owned(),
    }
}
