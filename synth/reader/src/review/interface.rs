//! What the outside sees of a template: parameters, outputs, exports; and conditions and mappings.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::canon::same;
use super::imports::{self, Imports, users};
use super::secret;
use super::spread::{Spread, Symbol};
use super::stack::Stack;

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

impl InterfaceChange {
    /// Whether `CloudFormation` refuses it while another stack is as it is.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.breaks && self.section == Section::Export
    }
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
    let who = Who {
        old: imports::of(old),
        new: imports::of(new),
    };
    for (file, after) in new {
        let Some(before) = old.get(file) else {
            continue;
        };
        for (section, pick) in SECTIONS {
            maps(&after.file, section, pick(before), pick(after), out);
        }
        exports(before, after, &who, spread, out);
    }
    for before in old.values().filter(|old| !new.contains_key(old.file.as_str())) {
        for (export, _) in before.exports() {
            out.extend(lost(&before.file, export, &who));
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

fn exports(before: &Stack, after: &Stack, who: &Who<'_>, spread: &Spread<'_>, out: &mut Vec<InterfaceChange>) {
    for (export, _) in before.exports() {
        if after.exports().all(|(name, _)| name != export) {
            out.extend(lost(&after.file, export, who));
        } else if let Some(sure) = spread.changes(&Symbol::Export(export.clone())) {
            let users = who.all(&export, &after.file);
            if !users.is_empty() {
                let changes = if sure { "changes" } else { "may change" };
                let note = format!(
                    "its value {changes}; CloudFormation refuses that while it is in use: {} imports it",
                    users.join(", ")
                );
                out.push(change(&after.file, export, note));
            }
        }
    }
}

/// Who imports, in the templates that are deployed and in the new ones.
struct Who<'a> {
    old: Imports<'a>,
    new: Imports<'a>,
}

impl<'a> Who<'a> {
    /// The importers of either side but the exporter itself.
    fn all(&self, export: &str, file: &str) -> Vec<&'a str> {
        let both = users(export, &self.old).into_iter().chain(users(export, &self.new));
        let others: BTreeSet<&str> = both.filter(|user| *user != file).collect();
        others.into_iter().collect()
    }
}

/// An export that goes away while someone imports it.
fn lost(file: &str, export: String, who: &Who<'_>) -> Option<InterfaceChange> {
    let (all, stay) = (who.all(&export, file), users(&export, &who.new));
    let names = |files: &[&str]| files.join(", ");
    let note = match (all.as_slice(), stay.as_slice()) {
        ([], _) => return None,
        (all, []) => format!(
            "it is gone; CloudFormation refuses that while it is in use: {} imports it until deployed, which comes first",
            names(all)
        ),
        (_, stay) => format!(
            "it is gone; CloudFormation refuses that while {} imports it",
            names(stay)
        ),
    };
    Some(change(file, export, note))
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
