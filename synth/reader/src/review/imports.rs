//! Who imports what.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::stack::Stack;
use crate::read::template::json::function;

/// The exports that each template imports, by its file.
pub(super) type Imports<'a> = BTreeMap<&'a str, BTreeSet<String>>;

/// What the templates of one side import under names that are known.
pub(super) fn of<'a>(stacks: &BTreeMap<&str, &'a Stack>) -> Imports<'a> {
    let found = stacks.values().map(|stack| (stack.file.as_str(), names(stack)));
    found.collect()
}

/// The files that import an export, in order.
pub(super) fn users<'a>(export: &str, imports: &Imports<'a>) -> Vec<&'a str> {
    let users = imports.iter().filter(|(_, names)| names.contains(export));
    users.map(|(file, _)| *file).collect()
}

fn names(stack: &Stack) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut add = |value: &Json| found.extend(stack.known(value));
    for item in stack.items.values() {
        item.properties.values().for_each(|value| visit(value, &mut add));
    }
    stack.outputs.values().for_each(|value| visit(value, &mut add));
    found
}

fn visit(value: &Json, each: &mut impl FnMut(&Json)) {
    if let Some(("Fn::ImportValue", name)) = function(value) {
        each(name);
    }
    match value {
        Json::Array(items) => items.iter().for_each(|item| visit(item, each)),
        Json::Object(map) => map.values().for_each(|value| visit(value, each)),
        _ => {}
    }
}
