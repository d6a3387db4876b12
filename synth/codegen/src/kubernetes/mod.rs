//! The kinds of Kubernetes as Rust types: what they reach is gathered first, then printed.

mod kinds;
mod print;

use std::collections::{BTreeMap, BTreeSet};

use crate::Failure;
use crate::schema::kubernetes::{self, Definition, Field, Kind, Shape, Version};

use kinds::{KINDS, LEFT_OUT, REFERENCES};

/// The version whose fields the types have. What an older one lacks, the checks say.
const VERSION: Version = Version::NEWEST;

/// A definition with the module and the name that it gets.
struct Place {
    module: String,
    name: String,
}

/// The files of `synth/src/k8s/` and their texts, before they are formatted.
pub(crate) fn modules() -> Result<Vec<(String, String)>, Failure> {
    let kinds: Vec<Kind> = KINDS
        .iter()
        .map(|(version, name)| kind(version, name))
        .collect::<Result<_, _>>()?;
    let mut used = BTreeSet::new();
    let mut by_module: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for definition in reached(&kinds) {
        let place = place(&definition.name);
        let kind = kinds.iter().find(|kind| kind.definition().name == definition.name);
        let text = print::definition(definition, kind, &mut used);
        by_module.entry(place.module).or_default().insert(place.name, text);
    }
    let unused = REFERENCES.iter().map(|(of, field, _)| (*of, *field));
    let unused: Vec<String> = unused
        .filter(|row| !used.contains(row))
        .map(|(of, field)| format!("{of}.{field}"))
        .collect();
    if !unused.is_empty() {
        return Err(Failure(format!("references that match nothing: {}", unused.join(", "))));
    }
    let mut files = vec![("mod.rs".to_owned(), print::root(by_module.keys()))];
    files.extend(by_module.into_iter().map(|(module, types)| {
        let text: String = types.into_values().collect();
        (format!("{module}.rs"), print::module(&module, &text))
    }));
    Ok(files)
}

fn kind(api_version: &str, name: &str) -> Result<Kind, Failure> {
    kubernetes::kind(VERSION, api_version, name)
        .ok_or_else(|| Failure(format!("Kubernetes {VERSION} has no {name} in {api_version}")))
}

/// Every definition with fields that the kinds lead to.
fn reached(kinds: &[Kind]) -> Vec<&'static Definition> {
    let mut found: BTreeMap<&str, &Definition> = BTreeMap::new();
    let mut left: Vec<&'static Definition> = kinds.iter().map(Kind::definition).collect();
    while let Some(definition) = left.pop() {
        if definition.value.is_some() || found.insert(&definition.name, definition).is_some() {
            continue;
        }
        left.extend(fields(definition).filter_map(|field| field.definition(VERSION)));
    }
    found.into_values().collect()
}

/// The fields that somebody writes.
fn fields(definition: &'static Definition) -> impl Iterator<Item = &'static Field> {
    let of_object = definition.field("metadata").is_some() && definition.field("kind").is_some();
    definition.fields.iter().filter(move |field| {
        let written_by_us = ["apiVersion", "kind", "metadata", "status"].contains(&field.name.as_str()) && of_object;
        let left_out = LEFT_OUT
            .iter()
            .any(|(of, name)| definition.name.ends_with(of) && *name == field.name);
        !written_by_us && !left_out
    })
}

/// `io.k8s.api.apps.v1.Deployment` is `Deployment` in `apps`.
fn place(definition: &str) -> Place {
    let parts: Vec<&str> = definition.split('.').collect();
    let (name, before) = parts.split_last().expect("a name has parts");
    let module = match before {
        [.., "apimachinery", "pkg", "apis", group, _] | [.., group, _] => *group,
        _ => "core",
    };
    Place {
        module: module.to_owned(),
        name: (*name).to_owned(),
    }
}

/// Whether a definition is a single value, which has no type of its own.
fn value(name: &str) -> Option<&'static Shape> {
    kubernetes::definition(VERSION, name)?.value.as_ref()
}
