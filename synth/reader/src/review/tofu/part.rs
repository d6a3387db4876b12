//! The blocks of one side, in the form in which they are compared.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::ByKey;
use crate::read::Document;
use crate::read::tofu::{COMMENT, folder, modules};
use crate::schema::google::{self, Block, Type};

/// Kinds that hold what cannot be made again, in a word.
const HOLDERS: [(&str, &str); 7] = [
    ("google_bigtable_instance", "table"),
    ("google_compute_address", "address"),
    ("google_compute_disk", "disk"),
    ("google_compute_instance", "disk"),
    ("google_kms_crypto_key", "key"),
    ("google_sql_database_instance", "database"),
    ("google_storage_bucket", "bucket"),
];

/// A block.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) file: String,
    room: String,
    pub(super) kind: String,
    name: String,
    pub(super) line: u32,
    pub(super) value: Map<String, Json>,
}

/// What a block is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'a> {
    folder: &'a str,
    room: &'a str,
    kind: &'a str,
    name: &'a str,
}

impl<'a> Key<'a> {
    /// The same in another folder.
    pub(super) fn within(self, folder: &'a str) -> Self {
        Self { folder, ..self }
    }
}

/// The blocks of one side.
#[derive(Debug, Default)]
pub(in crate::review) struct Parts(Vec<Part>);

impl Parts {
    pub(in crate::review) fn push(&mut self, document: &Document) {
        for module in modules(std::slice::from_ref(document)) {
            for block in &module.blocks {
                let schema = if block.room == "resource" {
                    google::resource(block.kind)
                } else {
                    None
                };
                let mut value = Map::new();
                for entry in block.entries() {
                    value.insert(entry.key.clone(), entry.value.to_value());
                }
                self.0.push(Part {
                    file: document.file.clone(),
                    room: block.room.to_owned(),
                    kind: block.kind.to_owned(),
                    name: block.name.to_owned(),
                    line: block.entry.map_or(block.body.at.line, |entry| entry.key_at.line),
                    value: canonical(value, schema),
                });
            }
        }
    }

    pub(in crate::review) fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.0.retain(|part| wanted(&part.file));
    }

    pub(in crate::review) fn files(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|part| &part.file)
    }

    pub(super) fn by_key(&self) -> ByKey<'_> {
        let named = self
            .0
            .iter()
            .filter(|part| !["import", "moved", "removed"].contains(&part.room.as_str()));
        named.map(|part| (part.key(), part)).collect()
    }

    pub(super) fn folders(&self) -> usize {
        self.0
            .iter()
            .map(|part| folder(&part.file))
            .collect::<BTreeSet<_>>()
            .len()
    }

    pub(super) fn folder(&self) -> &str {
        self.0.first().map_or("", |part| folder(&part.file))
    }

    /// Gives those of the other side the names that `moved` blocks of this side say.
    pub(super) fn follow_moves<'a>(&'a self, before: &mut ByKey<'a>) {
        for moved in self.0.iter().filter(|part| part.room == "moved") {
            let split = |key: &str| moved.value.get(key).and_then(Json::as_str)?.split_once('.');
            let (Some(from), Some(to)) = (split("from"), split("to")) else {
                continue;
            };
            let key = |(kind, name)| Key {
                folder: folder(&moved.file),
                room: "resource",
                kind,
                name,
            };
            if let Some(part) = before.remove(&key(from)) {
                before.insert(key(to), part);
            }
        }
    }
}

impl Part {
    fn key(&self) -> Key<'_> {
        Key {
            folder: folder(&self.file),
            room: &self.room,
            kind: &self.kind,
            name: &self.name,
        }
    }

    /// The block as expressions name it.
    pub(super) fn id(&self) -> String {
        match (self.room.as_str(), self.kind.as_str(), self.name.as_str()) {
            ("resource", kind, name) => format!("{kind}.{name}"),
            ("data", kind, name) => format!("data.{kind}.{name}"),
            ("variable", _, name) => format!("var.{name}"),
            (room, _, "") => room.to_owned(),
            (room, _, name) => format!("{room}.{name}"),
        }
    }

    pub(super) fn title(&self) -> String {
        if self.kind.is_empty() {
            self.room.clone()
        } else {
            self.kind.clone()
        }
    }

    pub(super) fn is_resource(&self) -> bool {
        self.room == "resource"
    }

    /// What it holds that cannot be made again.
    pub(super) fn holds(&self) -> Option<&'static str> {
        let found = HOLDERS
            .iter()
            .find(|(kind, _)| self.is_resource() && *kind == self.kind);
        found.map(|(_, what)| *what)
    }

    /// Whether another block is the same under another name.
    pub(super) fn is_same(&self, other: &Part) -> bool {
        self.room == other.room && self.kind == other.kind && self.is_resource() && self.value == other.value
    }

    fn lifecycle(&self, key: &str) -> Option<&Json> {
        self.value.get("lifecycle")?.get(key)
    }

    pub(super) fn prevents_destroy(&self) -> bool {
        self.lifecycle("prevent_destroy") == Some(&Json::Bool(true))
    }

    pub(super) fn creates_first(&self) -> bool {
        self.lifecycle("create_before_destroy") == Some(&Json::Bool(true))
    }

    /// Whether a change of an argument is left alone.
    pub(super) fn ignores(&self, argument: &str) -> bool {
        let ignored = self.lifecycle("ignore_changes");
        let named = ignored
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(Json::as_str);
        ignored.and_then(Json::as_str) == Some("all")
            || named
                .map(|name| name.split(['.', '[']).next())
                .any(|name| name == Some(argument))
    }

    /// What else a change of what is no resource means.
    pub(super) fn note(&self, argument: &str) -> Option<String> {
        let text = match (self.room.as_str(), argument) {
            ("terraform", "required_providers") => {
                "another version of a provider may do with the same text something else"
            }
            ("terraform", "backend") => {
                "the state moves with `tofu init -migrate-state`; without it, all would be made again"
            }
            ("variable", "default") | ("locals" | "data" | "module", _) => "what names it changes with it",
            ("provider", _) => "resources that say nothing of it themselves go elsewhere",
            _ => return None,
        };
        Some(text.to_owned())
    }
}

/// Without comments; where one block or several may stand, a list of them if the schema takes several.
fn canonical(map: Map<String, Json>, schema: Option<Block>) -> Map<String, Json> {
    let entries = map
        .into_iter()
        .filter(|(key, value)| key != COMMENT && !value.is_null());
    let each = entries.map(|(key, value)| {
        let argument = schema.and_then(|schema| schema.argument(&key));
        let inside = argument.and_then(google::Argument::block);
        let value = match (argument.map(google::Argument::kind), value) {
            (Some(Type::Block), Json::Array(mut items)) if items.len() == 1 => items.remove(0),
            (Some(Type::Blocks), one @ Json::Object(_)) => Json::Array(vec![one]),
            (_, value) => value,
        };
        (key, within(value, inside))
    });
    each.collect()
}

fn within(value: Json, schema: Option<Block>) -> Json {
    match value {
        Json::Object(map) => canonical(map, schema).into(),
        Json::Array(items) => items.into_iter().map(|item| within(item, schema)).collect(),
        other => other,
    }
}
