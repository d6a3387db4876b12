//! What a type, a property or a name is, and what a change of it does.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::at::{At, at, name, place, property, written};
use super::files::File;
use super::names;
use super::place::{Lines, holds};
use crate::read::{Document, Node, Step};
use crate::schema::{self, Kind, Replacement, ResourceSchema};

/// What is to be said of a place.
pub(super) fn hover(file: &File, position: Position) -> Option<Hover> {
    let document = file.document.as_ref()?;
    let lines = Lines::of(&file.text);
    let asked = lines.place(position);
    let at = at(document, asked);
    let text = of_name(document, &at, asked, lines.line(position.line))
        .or_else(|| of_type(document, &at))
        .or_else(|| of_property(document, &at))?;
    let entry = at.key.filter(|entry| holds(entry.key_at, asked));
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: text,
        }),
        range: Some(lines.range(entry.map_or(at.node.at, |entry| entry.key_at))),
    })
}

/// What a name stands for.
fn of_name(document: &Document, at: &At<'_>, asked: (u32, u32), line: &str) -> Option<String> {
    let (name, attribute) = name(document, at, asked, line)?;
    let (section, entry) = names::definition(document, &name)?;
    let of = |key: &str| entry.value.get(key).and_then(Node::text);
    let kind = of("Type").map(|kind| format!(" · `{kind}`")).unwrap_or_default();
    let mut parts = vec![format!("**{name}** · {}{kind}", names::word(section))];
    parts.extend(of("Description").map(str::to_owned));
    let default = entry.value.get("Default").and_then(Node::scalar);
    parts.extend(default.map(|default| format!("Default: `{default}`")));
    if let Some(schema) = of("Type").and_then(schema::resource) {
        parts.extend(match attribute {
            Some(attribute) if schema.attributes().contains(&attribute) => Some(format!("Its attribute `{attribute}`")),
            Some(attribute) => Some(format!("It has no attribute `{attribute}`")),
            None => gives(schema),
        });
    }
    Some(parts.join("\n\n"))
}

/// What `Ref` gives of a type.
fn gives(schema: &ResourceSchema) -> Option<String> {
    let named: Vec<String> = schema.by_ref().map(|path| format!("`{path}`")).collect();
    (!named.is_empty()).then(|| format!("`Ref` gives {}", named.join(" and ")))
}

fn of_type(document: &Document, at: &At<'_>) -> Option<String> {
    let [Step::Key(section), Step::Key(_), Step::Key(part)] = at.path.as_slice() else {
        return None;
    };
    if section != "Resources" || part != "Type" {
        return None;
    }
    let schema = schema::resource(document.root.at_path(&at.path)?.text()?)?;
    let list = |names: Vec<String>| {
        names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let required: Vec<String> = schema.root().required().map(str::to_owned).collect();
    let replaces: Vec<String> = schema.create_only().map(str::to_owned).collect();
    let rows = [
        ("Required", required),
        ("A change replaces it", replaces),
        ("`Fn::GetAtt`", schema.attributes()),
    ];
    let rows = rows.into_iter().filter(|(_, names)| !names.is_empty());
    let mut parts = vec![format!("**{}**", schema.name())];
    parts.extend(gives(schema));
    parts.extend(rows.map(|(title, names)| format!("{title}: {}", list(names))));
    Some(parts.join("\n\n"))
}

fn of_property(document: &Document, at: &At<'_>) -> Option<String> {
    let (schema, path) = property(document, &at.path)?;
    let Some((Step::Key(name), above)) = path.split_last() else {
        return None;
    };
    let node = place(schema, path)?;
    let kinds: Vec<&str> = node.kinds().into_iter().map(word).collect();
    let mut facts = vec![format!("**{name}**")];
    if !kinds.is_empty() {
        facts.push(kinds.join(" or "));
    }
    let required = place(schema, above).is_some_and(|above| above.required().any(|it| it == name));
    if required {
        facts.push("required".to_owned());
    }
    let mut parts = vec![facts.join(" · "), changes(schema, &written(path))];
    parts.extend(limits(node));
    Some(parts.join("\n\n"))
}

/// What a change of a property does.
fn changes(schema: &ResourceSchema, path: &str) -> String {
    let listed = |mut paths: Box<dyn Iterator<Item = &str> + '_>| paths.any(|known| known == path);
    if listed(Box::new(schema.read_only())) {
        return "AWS sets it; a template cannot".to_owned();
    }
    let mut text = match schema.replacement(path) {
        Replacement::Always => "A change **replaces** the resource",
        Replacement::Sometimes => "A change **may replace** the resource: it depends on the values",
        Replacement::Never => "A change updates the resource in place",
    }
    .to_owned();
    if listed(Box::new(schema.deprecated())) {
        text += ". AWS says that it is deprecated";
    }
    text
}

/// What a value may be.
fn limits(node: schema::Node<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let allowed = node.values_allowed();
    if !allowed.is_empty() {
        let shown: Vec<String> = allowed
            .iter()
            .take(MOST_VALUES)
            .map(|value| format!("`{}`", plain(value)))
            .collect();
        let more = if allowed.len() > MOST_VALUES { ", …" } else { "" };
        lines.push(format!("One of {}{more}", shown.join(", ")));
    }
    if let Some(range) = range(node.minimum(), node.maximum()) {
        lines.push(range);
    }
    let count = |(least, most): (Option<u64>, Option<u64>)| range(least, most);
    lines.extend(count(node.length()).map(|range| format!("{range} characters")));
    lines.extend(count(node.size()).map(|range| format!("{range} items")));
    lines.extend(node.pattern().map(|pattern| format!("Like `{pattern}`")));
    lines.extend(node.default_value().map(|value| format!("Default: `{}`", plain(value))));
    lines
}

const MOST_VALUES: usize = 20;

fn range<T: std::fmt::Display>(least: Option<T>, most: Option<T>) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("At least {least}")),
        (None, Some(most)) => Some(format!("At most {most}")),
        (None, None) => None,
    }
}

/// A value without the quotes of a text.
pub(super) fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Array => "list",
        Kind::Object => "map",
        Kind::Null => "null",
    }
}
