//! Custom resources, out of crates whose sources kopium makes from their definitions: a file for each kind, in which a
//! type stands for each object and each closed set.
//!
//! ```text
//! #[kube(group = "security.istio.io", version = "v1", kind = "PeerAuthentication", plural = "peerauthentications")]
//! #[kube(namespaced)]
//! pub struct PeerAuthenticationSpec {
//!     #[serde(default, skip_serializing_if = "Option::is_none", rename = "portLevelMtls")]
//!     pub port_level_mtls: Option<BTreeMap<String, PeerAuthenticationPortLevelMtls>>,
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json, json};

use crate::Failure;
use crate::fetch::{Record, text};

/// Kinds that programs write and nobody else.
const ANSWERS: [&str; 3] = ["Report", "NodeClaim", "UpdateRequest"];

/// A record for each kind of the crates. They are the same in all versions of Kubernetes.
pub(super) fn read(folders: &[PathBuf]) -> Result<Vec<Record>, Failure> {
    let mut records = Vec::new();
    for folder in folders {
        let mut files = Vec::new();
        walk(folder, &mut files)?;
        for file in files {
            let source = text(&file)?;
            let Some((group, name, kind)) = self::kind(&source) else {
                continue;
            };
            if !ANSWERS.iter().any(|answer| name.ends_with(answer)) {
                records.push(Record {
                    name,
                    group,
                    text: kind.to_string(),
                    absent: 0,
                });
            }
        }
    }
    Ok(records)
}

/// The files below a folder, sorted.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure(format!("cannot read {}: {error}", folder.display()));
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The group of a kind, its api version and name, and what it is.
fn kind(source: &str) -> Option<(String, String, Json)> {
    let head = source.lines().find(|line| line.starts_with("#[kube(group = "))?;
    let (group, version, kind) = (said(head, "group")?, said(head, "version")?, said(head, "kind")?);
    let types = types(source);
    let spec = Shape { types: &types }.of(&format!("{kind}Spec"));
    let mut object = json!({
        "properties": {
            "apiVersion": { "type": "string" },
            "kind": { "type": "string" },
            "metadata": { "$ref": "meta.v1.ObjectMeta" },
            "spec": spec,
            "status": {},
        },
    });
    if !source.contains("\n#[kube(namespaced)]\n") {
        object["scope"] = "cluster".into();
    }
    Some((format!("custom {group}"), format!("{group}/{version}/{kind}"), object))
}

/// What stands in quotes after a word and ` = `.
fn said<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(&format!("{word} = \""))?;
    rest.split('"').next()
}

/// A type of a file.
enum Type<'a> {
    /// An object: each field with its name, whether it must be there, and its type.
    Fields(Vec<(&'a str, bool, &'a str)>),
    /// A closed set of texts.
    Values(Vec<&'a str>),
}

/// The types of a file by name.
fn types(source: &str) -> BTreeMap<&str, Type<'_>> {
    let mut found = BTreeMap::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("pub ").and_then(|rest| rest.strip_suffix(" {")) else {
            continue;
        };
        let body = lines.by_ref().take_while(|line| *line != "}").map(str::trim);
        match rest.split_once(' ') {
            Some(("struct", name)) => _ = found.insert(name, Type::Fields(fields(body))),
            Some(("enum", name)) => _ = found.insert(name, Type::Values(values(body))),
            _ => {}
        }
    }
    found
}

/// The lines of a type without attributes, each with the name that an attribute before it gives.
fn named<'a>(body: impl Iterator<Item = &'a str>) -> impl Iterator<Item = (Option<&'a str>, &'a str)> {
    let mut renamed = None;
    body.filter_map(move |line| {
        if line.starts_with("#[") {
            renamed = said(line, "rename").or(renamed);
            return None;
        }
        (!line.starts_with("//")).then(|| (renamed.take(), line))
    })
}

fn fields<'a>(body: impl Iterator<Item = &'a str>) -> Vec<(&'a str, bool, &'a str)> {
    let fields = named(body).filter_map(|(renamed, line)| {
        let (name, kind) = line.strip_prefix("pub ")?.split_once(": ")?;
        let kind = kind.trim_end_matches(',');
        let name = renamed.unwrap_or_else(|| name.trim_start_matches("r#"));
        Some((name, !kind.starts_with("Option<"), kind))
    });
    fields.collect()
}

fn values<'a>(body: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let values = named(body).map(|(renamed, line)| renamed.unwrap_or_else(|| line.trim_end_matches(',')));
    values.collect()
}

/// What types of a file come to.
struct Shape<'a> {
    types: &'a BTreeMap<&'a str, Type<'a>>,
}

impl Shape<'_> {
    /// A type in our own words; of one that the file does not have, nothing is said.
    fn of(&self, kind: &str) -> Json {
        if let Some((outer, inner)) = kind.strip_suffix('>').and_then(|kind| kind.split_once('<')) {
            return match outer {
                "Option" | "Box" => self.of(inner),
                "Vec" => json!({ "type": "array", "items": self.of(inner) }),
                // Keys are texts.
                "BTreeMap" => json!({
                    "type": "object",
                    "values": inner.split_once(", ").map_or(Json::Null, |(_, values)| self.of(values)),
                }),
                _ => json!({}),
            };
        }
        match kind {
            "String" => json!({ "type": "string" }),
            "bool" => json!({ "type": "boolean" }),
            "i32" | "i64" => json!({ "type": "integer" }),
            "f32" | "f64" => json!({ "type": "number" }),
            "IntOrString" => json!({ "type": "int-or-string" }),
            name => self
                .types
                .get(name)
                .map_or_else(|| json!({}), |found| self.declared(found)),
        }
    }

    fn declared(&self, found: &Type<'_>) -> Json {
        match found {
            Type::Values(values) => json!({ "type": "string", "enum": values }),
            // Of an object without fields the definition says no more.
            Type::Fields(fields) if fields.is_empty() => json!({ "type": "object" }),
            Type::Fields(fields) => {
                let properties = fields.iter().map(|(name, _, kind)| ((*name).to_owned(), self.of(kind)));
                let mut object = Map::from_iter([("properties".to_owned(), Json::Object(properties.collect()))]);
                let required: Vec<&str> = fields
                    .iter()
                    .filter(|(_, must, _)| *must)
                    .map(|(name, ..)| *name)
                    .collect();
                if !required.is_empty() {
                    object.insert("required".to_owned(), required.into());
                }
                Json::Object(object)
            }
        }
    }
}
