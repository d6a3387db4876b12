//! What the outside sees of a template: parameters, outputs, exports; and conditions and mappings.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::canon::{function, same};
use super::secret;
use super::side::Stack;
use super::spread::{Spread, Symbol};

/// A part of a template beside its resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// A name under which other stacks import a value.
    Export,
    /// A parameter.
    Parameter,
    /// An output.
    Output,
    /// A condition.
    Condition,
    /// A mapping.
    Mapping,
    /// A rule, which checks parameters.
    Rule,
    /// A transform, which may make anything of the template.
    Transform,
    /// The file itself, under another name.
    Template,
}

impl Section {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Parameter => "parameter",
            Self::Output => "output",
            Self::Condition => "condition",
            Self::Mapping => "mapping",
            Self::Rule => "rule",
            Self::Transform => "transform",
            Self::Template => "template",
        }
    }
}

/// A change beside the resources.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InterfaceChange {
    /// The templates in which it changes so.
    pub files: Vec<String>,
    /// Which part.
    pub section: Section,
    /// Its name.
    pub name: String,
    /// What it was.
    pub old: Option<Json>,
    /// What it is.
    pub new: Option<Json>,
    /// Whether the update will be refused, or will ask for something.
    pub breaks: bool,
    /// What follows from it.
    pub notes: Vec<String>,
}

type Pick = fn(&Stack) -> &Map<String, Json>;

const SECTIONS: [(Section, Pick); 6] = [
    (Section::Parameter, |stack| &stack.parameters),
    (Section::Output, |stack| &stack.outputs),
    (Section::Condition, |stack| &stack.conditions),
    (Section::Mapping, |stack| &stack.mappings),
    (Section::Rule, |stack| &stack.rules),
    (Section::Transform, |stack| &stack.transforms),
];

/// Everything that changes beside resources.
pub(super) fn changes(
    old: &BTreeMap<&str, &Stack>,
    new: &BTreeMap<&str, &Stack>,
    spread: &Spread<'_>,
    out: &mut Vec<InterfaceChange>,
) {
    let imports = imports(new);
    for (file, after) in new {
        let Some(before) = old.get(file) else {
            continue;
        };
        for (section, pick) in SECTIONS {
            maps(&after.file, section, pick(before), pick(after), out);
        }
        exports(before, after, &imports, spread, out);
    }
    for before in old.values().filter(|old| !new.contains_key(old.file.as_str())) {
        for (export, _) in before.exports() {
            out.extend(lost(&before.file, export, &imports));
        }
    }
}

fn maps(
    file: &str,
    section: Section,
    old: &Map<String, Json>,
    new: &Map<String, Json>,
    out: &mut Vec<InterfaceChange>,
) {
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (before, after) = (old.get(name), new.get(name));
        if before.zip(after).is_some_and(|(before, after)| same(before, after)) {
            continue;
        }
        let shown = |value: &Json| match section {
            Section::Parameter => secret::parameter(value),
            _ => value.clone(),
        };
        let mut change = InterfaceChange {
            files: vec![file.to_owned()],
            section,
            name: name.clone(),
            old: before.map(shown),
            new: after.map(shown),
            breaks: false,
            notes: Vec::new(),
        };
        if section == Section::Parameter {
            parameter(&mut change, before, after);
        }
        out.push(change);
    }
}

fn parameter(change: &mut InterfaceChange, old: Option<&Json>, new: Option<&Json>) {
    let get = |side: Option<&Json>, key: &str| side.and_then(|parameter| parameter.get(key)).cloned();
    let Some(after) = new else { return };
    if old.is_none() && after.get("Default").is_none() {
        change.breaks = true;
        change
            .notes
            .push("it has no default: an update must pass a value".to_owned());
    }
    if old.is_some() && get(old, "Default") != get(new, "Default") {
        let note = "an update that keeps previous values does not take the new default";
        change.notes.push(note.to_owned());
    }
    if get(old, "NoEcho").is_some_and(|hidden| same(&hidden, &Json::Bool(true)))
        && !get(new, "NoEcho").is_some_and(|hidden| same(&hidden, &Json::Bool(true)))
    {
        change.notes.push("its value is no longer hidden".to_owned());
    }
}

/// Who imports what, within the templates given: the export and the template.
fn imports<'a>(stacks: &BTreeMap<&str, &'a Stack>) -> Vec<(String, &'a str)> {
    let mut found = Vec::new();
    for stack in stacks.values() {
        let mut add = |value: &Json| {
            if let Some(name) = stack.known(value) {
                found.push((name, stack.file.as_str()));
            }
        };
        for item in stack.items.values() {
            item.properties.values().for_each(|value| visit(value, &mut add));
        }
        stack.outputs.values().for_each(|value| visit(value, &mut add));
    }
    found.sort_unstable();
    found.dedup();
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

fn exports(
    before: &Stack,
    after: &Stack,
    imports: &[(String, &str)],
    spread: &Spread<'_>,
    out: &mut Vec<InterfaceChange>,
) {
    for (export, _) in before.exports() {
        if after.exports().all(|(name, _)| name != export) {
            out.extend(lost(&after.file, export, imports));
        } else if spread.changes(&Symbol::Export(export.clone())).is_some() {
            let users = users(&export, imports);
            if !users.is_empty() {
                let note = format!("its value changes; CloudFormation refuses that while {users} imports it");
                out.push(change(&after.file, export, note));
            }
        }
    }
}

/// An export that goes away while someone imports it.
fn lost(file: &str, export: String, imports: &[(String, &str)]) -> Option<InterfaceChange> {
    let users = users(&export, imports);
    let note = format!("it is gone; CloudFormation refuses that while {users} imports it");
    (!users.is_empty()).then(|| change(file, export, note))
}

fn change(file: &str, export: String, note: String) -> InterfaceChange {
    InterfaceChange {
        files: vec![file.to_owned()],
        section: Section::Export,
        name: export,
        old: None,
        new: None,
        breaks: true,
        notes: vec![note],
    }
}

fn users(export: &str, imports: &[(String, &str)]) -> String {
    let users = imports.iter().filter(|(name, _)| name == export);
    let users: Vec<&str> = users.map(|(_, file)| *file).collect();
    users.join(", ")
}
