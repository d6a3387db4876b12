//! Where names of a template are made and used.

use lsp_types::{Location, Position};

use super::at::{at, name};
use super::files::{File, Files};
use super::place::{Lines, holds};
use crate::cli::validate;
use crate::read::template::{Resource, Template, function};
use crate::read::{self, Document, Entry, Node, Span};

/// The sections whose entries have names that others use.
const SECTIONS: [(&str, &str); 4] = [
    ("Resources", "resource"),
    ("Parameters", "parameter"),
    ("Conditions", "condition"),
    ("Mappings", "mapping"),
];

/// What an entry of a section is called.
pub(super) fn word(section: &str) -> &'static str {
    SECTIONS
        .iter()
        .find(|(known, _)| *known == section)
        .map_or("", |(_, word)| word)
}

/// The entry of a name, and its section.
pub(super) fn definition<'a>(document: &'a Document, name: &str) -> Option<(&'static str, &'a Entry)> {
    SECTIONS.iter().find_map(|(section, _)| {
        let entry = document.root.get(section)?.map()?.entry(name)?;
        Some((*section, entry))
    })
}

/// Where the name at a place is made: an entry of the template, or the output that exports what is imported.
pub(super) fn defined(files: &Files, file: &File, position: Position) -> Option<Location> {
    let document = file.document.as_ref()?;
    let lines = Lines::of(&file.text);
    if let Some(name) = used(file, document, position) {
        let (_, entry) = definition(document, &name)?;
        return Some(Location::new(file.uri.clone(), lines.range(entry.key_at)));
    }
    let at = at(document, lines.place(position));
    let imports = at.path.iter().any(|step| *step == read::Step::from("Fn::ImportValue"));
    let export = at.node.text().filter(|_| imports && at.key.is_none())?;
    exported(files, export)
}

/// Where a name is used, and where it is made if that is asked for.
pub(super) fn references(file: &File, position: Position, with_definition: bool) -> Option<Vec<Location>> {
    let document = file.document.as_ref()?;
    let lines = Lines::of(&file.text);
    let name = used(file, document, position)?;
    let (section, entry) = definition(document, &name)?;
    let mut places: Vec<Span> = uses(document, section, &name);
    if with_definition {
        places.push(entry.key_at);
    }
    places.sort_unstable();
    places.dedup();
    let location = |place| Location::new(file.uri.clone(), lines.range(place));
    Some(places.into_iter().map(location).collect())
}

/// The name that is used or made at a place.
fn used(file: &File, document: &Document, position: Position) -> Option<String> {
    let lines = Lines::of(&file.text);
    let place = lines.place(position);
    let at = at(document, place);
    if let Some((name, _)) = name(document, &at, place, lines.line(position.line)) {
        return Some(name);
    }
    let entry = at
        .key
        .filter(|entry| at.path.len() == 2 && holds(entry.key_at, place))?;
    let read::Step::Key(section) = at.path.first()? else {
        return None;
    };
    (!word(section).is_empty()).then(|| entry.key.clone())
}

fn uses(document: &Document, section: &str, name: &str) -> Vec<Span> {
    let template = Template::new(document);
    let by_reference = template.references.iter().filter(|reference| reference.name == name);
    let mut found: Vec<Span> = Vec::new();
    if section == "Resources" || section == "Parameters" {
        found.extend(by_reference.map(|reference| reference.node.at));
        let after = template.resources.iter().flat_map(Resource::depends_on);
        found.extend(after.filter(|node| node.text() == Some(name)).map(|node| node.at));
    } else if section == "Conditions" {
        conditions(&document.root, name, &mut found);
    }
    found
}

/// Where a condition is asked for: `Condition: Name`, and the first of an `Fn::If`.
fn conditions(node: &Node, name: &str, found: &mut Vec<Span>) {
    if let Some((condition, ..)) = function::choice(node)
        && condition.text() == Some(name)
    {
        found.push(condition.at);
    }
    for entry in node.map().into_iter().flat_map(read::Map::iter) {
        if entry.key == "Condition" && entry.value.text() == Some(name) {
            found.push(entry.value.at);
        }
        conditions(&entry.value, name, found);
    }
    node.list()
        .into_iter()
        .flatten()
        .for_each(|item| conditions(item, name, found));
}

/// The output that exports a name, among the files that are open and those of the folder.
fn exported(files: &Files, name: &str) -> Option<Location> {
    let of = |document: &Document| -> Option<Span> {
        let outputs = document.root.get("Outputs")?.map()?;
        let export = |entry: &&Entry| entry.value.dig(&["Export", "Name"]).and_then(Node::text) == Some(name);
        Some(outputs.iter().find(export)?.key_at)
    };
    for file in files.open.values() {
        if let Some(place) = file.document.as_ref().and_then(of) {
            return Some(Location::new(file.uri.clone(), Lines::of(&file.text).range(place)));
        }
    }
    let root = files.root.as_ref()?;
    for (path, text) in validate::files(root) {
        if !text.contains(name) || !text.contains("Export") {
            continue;
        }
        let document = read::document(&path, &text).ok();
        if let Some(place) = document.as_ref().and_then(of) {
            return Some(Location::new(files.address(&path)?, Lines::of(&text).range(place)));
        }
    }
    None
}
