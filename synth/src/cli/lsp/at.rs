//! What stands at a place of a template.

use super::place::holds;
use crate::read::template::function;
use crate::read::{Document, Entry, Kind, Node, Step};
use crate::schema;

/// A place in a tree: the way to it, and what stands there.
pub(super) struct At<'a> {
    /// Keys and indexes from the root; the last is the key where `key` is there.
    pub(super) path: Vec<Step>,
    /// The entry whose key is there.
    pub(super) key: Option<&'a Entry>,
    /// The value that is there, or that of the key.
    pub(super) node: &'a Node,
}

/// What stands at a line and a column, from one.
pub(super) fn at(document: &Document, place: (u32, u32)) -> At<'_> {
    let mut at = At {
        path: Vec::new(),
        key: None,
        node: &document.root,
    };
    while at.key.is_none() && step(&mut at, place) {}
    at
}

/// Goes one step nearer to a place, if there is one.
fn step(at: &mut At<'_>, place: (u32, u32)) -> bool {
    match &at.node.kind {
        Kind::Map(map) => {
            let near = |entry: &&Entry| holds(entry.key_at, place) || holds(entry.value.at, place);
            let Some(entry) = map.iter().find(near) else {
                return false;
            };
            at.path.push(Step::Key(entry.key.clone()));
            // A short form such as `!Ref` has no key of its own: what stands there is the value.
            let is_key =
                holds(entry.key_at, place) && !(holds(entry.value.at, place) && entry.key_at != entry.value.at);
            at.key = is_key.then_some(entry);
            at.node = &entry.value;
            true
        }
        Kind::List(items) => {
            let Some((index, item)) = items.iter().enumerate().find(|(_, item)| holds(item.at, place)) else {
                return false;
            };
            at.path.push(Step::Index(index));
            at.node = item;
            true
        }
        _ => false,
    }
}

/// The schema of a resource of a template, and the way to a property of it as keys, functions left out.
pub(super) fn property<'a>(
    document: &Document,
    path: &'a [Step],
) -> Option<(&'static schema::ResourceSchema, &'a [Step])> {
    let [Step::Key(section), Step::Key(id), Step::Key(part), rest @ ..] = path else {
        return None;
    };
    if section != "Resources" || part != "Properties" {
        return None;
    }
    let kind = document.root.dig(&["Resources", id, "Type"])?.text()?;
    Some((schema::resource(kind)?, rest))
}

/// What the schema of a resource says of a place below its properties.
pub(super) fn place<'a>(schema: &'a schema::ResourceSchema, path: &[Step]) -> Option<schema::Node<'a>> {
    let mut node = schema.root();
    let mut steps = path.iter();
    while let Some(step) = steps.next() {
        node = match step {
            Step::Key(key) if key == "Fn::If" => {
                steps.next()?;
                continue;
            }
            Step::Key(key) if key == "Ref" || key.starts_with("Fn::") => return None,
            Step::Key(key) => node.property(key).or_else(|| node.values())?,
            Step::Index(_) => node.items()?,
        };
    }
    Some(node)
}

/// The way to a property as schemas write it: `Volumes/0/Name`.
pub(super) fn written(path: &[Step]) -> String {
    let steps = path.iter().filter_map(|step| match step {
        Step::Key(key) if key.starts_with("Fn::") => None,
        Step::Key(key) => Some(key.clone()),
        Step::Index(index) => Some(index.to_string()),
    });
    steps.collect::<Vec<_>>().join("/")
}

/// The name that is used at a place, and the attribute: of a `Ref`, an `Fn::GetAtt`, a `DependsOn`, a `Condition`, or in a
/// text of `Fn::Sub`.
pub(super) fn name<'a>(
    document: &'a Document,
    at: &At<'a>,
    place: (u32, u32),
    line: &'a str,
) -> Option<(String, Option<String>)> {
    let above = at.path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    })?;
    let text = at.node.text()?;
    let whole = |text: &str| Some((text.to_owned(), None));
    match above {
        "Ref" | "Condition" | "DependsOn" if at.key.is_none() => whole(text),
        "Fn::If" if at.path.last() == Some(&Step::Index(0)) => whole(text),
        "Fn::GetAtt" => of_attribute(document, at, text),
        "Fn::Sub" => in_text(line, place.1),
        _ => None,
    }
}

fn of_attribute(document: &Document, at: &At<'_>, text: &str) -> Option<(String, Option<String>)> {
    let Some((Step::Index(_), list)) = at.path.split_last() else {
        let (name, attribute) = text.split_once('.')?;
        return Some((name.to_owned(), Some(attribute.to_owned())));
    };
    let whole = document.root.at_path(&list[..list.len().checked_sub(1)?])?;
    let (name, attribute) = function::target(whole)?;
    Some((name.to_owned(), attribute.map(str::to_owned)))
}

/// The name of the `${…}` that a column of a line is in.
fn in_text(line: &str, column: u32) -> Option<(String, Option<String>)> {
    let at = line
        .char_indices()
        .nth(column.saturating_sub(1) as usize)
        .map_or(line.len(), |(at, _)| at);
    let start = line[..at].rfind("${")? + 2;
    let end = start + line[start..].find('}')?;
    if end < at || line[start..].starts_with('!') {
        return None;
    }
    let name = line[start..end].trim();
    Some(match name.split_once('.') {
        Some((name, attribute)) => (name.to_owned(), Some(attribute.to_owned())),
        None => (name.to_owned(), None),
    })
}
