//! The kinds of Google Cloud as Rust types.

mod kinds;
mod print;

use std::collections::{BTreeMap, BTreeSet};

use crate::Failure;
use crate::schema::google;

use kinds::{ARGUMENTS, ATTRIBUTES, KINDS, Kind};
use print::Printer;

/// The files of `synth/src/google/` and their texts, before they are formatted.
pub(crate) fn modules() -> Result<Vec<(String, String)>, Failure> {
    let mut modules: BTreeMap<&str, String> = BTreeMap::new();
    let mut used = BTreeSet::new();
    for kind in KINDS {
        let schema = if kind.data {
            google::data(kind.name)
        } else {
            google::resource(kind.name)
        };
        let schema = schema.ok_or_else(|| Failure(format!("Google Cloud has no {}", kind.name)))?;
        let (module, name) = kind.path.split_once("::").unwrap_or(("", kind.path));
        let mut printer = Printer::new(kind, module, &mut used);
        printer.kind(name, schema);
        *modules.entry(module).or_default() += &printer.text;
    }
    all_used(&used)?;
    let root = print::root(modules.keys().copied());
    let files = modules
        .into_iter()
        .map(|(module, types)| (format!("{module}.rs"), print::module(module, &types)));
    Ok(std::iter::once(("mod.rs".to_owned(), root)).chain(files).collect())
}

/// A row that matches nothing stands for what is no longer so.
fn all_used(used: &BTreeSet<(&'static str, &'static str)>) -> Result<(), Failure> {
    let arguments = ARGUMENTS.iter().map(|(kind, path, _)| (*kind, *path));
    let attributes = ATTRIBUTES.iter().map(|(kind, method, ..)| (*kind, *method));
    let idle: Vec<String> = arguments
        .chain(attributes)
        .filter(|row| !used.contains(row))
        .map(|(kind, path)| format!("{kind}.{path}"))
        .collect();
    if idle.is_empty() {
        Ok(())
    } else {
        Err(Failure(format!("rows that match nothing: {}", idle.join(", "))))
    }
}
