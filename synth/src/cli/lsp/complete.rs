//! What can be written at a place.

use lsp_types::{CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Position, Range, TextEdit};

use super::at;
use super::brackets::json;
use super::context::Context;
use super::files::File;
use super::hover::{plain, word};
use super::indents::yaml;
use super::place::{Lines, offset};
use crate::read::template::function::PSEUDO;
use crate::read::template::{ATTRIBUTES, SECTIONS};
use crate::read::{self, Document, Map, Node, Step};
use crate::schema;

/// More than this is asked for again as more is written.
const MOST: usize = 200;

/// Something that can be written.
struct Choice {
    label: String,
    kind: CompletionItemKind,
    detail: Option<String>,
}

impl Choice {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self {
            label: label.into(),
            kind,
            detail: None,
        }
    }

    fn detail(self, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()),
            ..self
        }
    }
}

/// What can be written in a template at a place, in the order in which it is shown.
pub(super) fn at(file: &File, position: Position) -> CompletionList {
    let context = if file.is_json() {
        json(&file.text[..offset(&file.text, position)])
    } else {
        yaml(&Lines::of(&file.text), position)
    };
    let around = around(file, position);
    let document = around.as_ref().or(file.document.as_ref());
    let (choices, written) = choices(document, &context);
    let typed = written.to_lowercase();
    let fitting = choices
        .into_iter()
        .filter(|choice| choice.label.to_lowercase().contains(&typed));
    let mut fitting: Vec<Choice> = fitting.collect();
    let is_incomplete = fitting.len() > MOST;
    fitting.sort_by_key(|choice| !choice.label.to_lowercase().starts_with(&typed));
    fitting.truncate(MOST);
    let range = replaced(written, position);
    let after = Lines::of(&file.text).after(position).trim_start().to_owned();
    let key = !context.value && !file.is_json() && !after.starts_with(':');
    let item = |(order, choice): (usize, Choice)| CompletionItem {
        kind: Some(choice.kind),
        detail: choice.detail,
        sort_text: Some(format!("{order:04}")),
        filter_text: Some(choice.label.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
            range,
            if key {
                format!("{}:", choice.label)
            } else {
                choice.label.clone()
            },
        ))),
        label: choice.label,
        ..CompletionItem::default()
    };
    CompletionList {
        is_incomplete,
        items: fitting.into_iter().enumerate().map(item).collect(),
    }
}

/// The template without the line that is being written, which is often what makes it no template.
fn around(file: &File, position: Position) -> Option<Document> {
    let start = offset(&file.text, Position::new(position.line, 0));
    let end = offset(&file.text, Position::new(position.line, u32::MAX));
    read::document(&file.name, &[&file.text[..start], &file.text[end..]].concat()).ok()
}

/// What is written over: what stands there already.
fn replaced(written: &str, position: Position) -> Range {
    let units: usize = written.chars().map(char::len_utf16).sum();
    let start = position
        .character
        .saturating_sub(u32::try_from(units).unwrap_or(u32::MAX));
    Range::new(Position::new(position.line, start), position)
}

/// What fits, and what of it stands there already.
fn choices<'a>(document: Option<&Document>, context: &'a Context) -> (Vec<Choice>, &'a str) {
    let written = context.written.as_str();
    let Some(document) = document else {
        return (sections(context), written);
    };
    if let Some(at) = written.rfind("${").filter(|at| !written[*at..].contains('}')) {
        let inside = &written[at + 2..];
        return attribute(document, inside)
            .unwrap_or_else(|| (names(document, &["Resources", "Parameters"], true), inside));
    }
    let key = |from_end: usize| match context
        .path
        .iter()
        .rev()
        .filter(|step| matches!(step, Step::Key(_)))
        .nth(from_end)
    {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    match (context.function.as_deref(), key(0)) {
        (Some("Ref"), _) | (None, "Ref") => (names(document, &["Resources", "Parameters"], true), written),
        (Some("GetAtt"), _) | (None, "Fn::GetAtt") => {
            attribute(document, written).unwrap_or_else(|| (names(document, &["Resources"], false), written))
        }
        (Some("If" | "Condition"), _) | (None, "Fn::If") => (names(document, &["Conditions"], false), written),
        (Some("FindInMap"), _) | (None, "Fn::FindInMap") => (names(document, &["Mappings"], false), written),
        (Some(_), _) => (Vec::new(), written),
        (None, _) => (plainly(document, context), written),
    }
}

/// What fits where no function stands.
fn plainly(document: &Document, context: &Context) -> Vec<Choice> {
    let keys: Vec<&str> = context
        .path
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
        .collect();
    match keys.as_slice() {
        [] => sections(context),
        ["Resources", _] if !context.value => ATTRIBUTES
            .iter()
            .map(|name| Choice::new(*name, CompletionItemKind::KEYWORD))
            .collect(),
        ["Resources", _, "Type"] => schema::types()
            .map(|name| Choice::new(name, CompletionItemKind::CLASS))
            .collect(),
        ["Resources", _, "DependsOn"] => names(document, &["Resources"], false),
        [.., "Condition"] => names(document, &["Conditions"], false),
        ["Resources", _, "DeletionPolicy" | "UpdateReplacePolicy"] => {
            let policies = ["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"];
            policies
                .iter()
                .map(|name| Choice::new(*name, CompletionItemKind::ENUM_MEMBER))
                .collect()
        }
        ["Resources", id, "Properties", ..] => of_property(document, id, context).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn sections(context: &Context) -> Vec<Choice> {
    if !context.path.is_empty() || context.value {
        return Vec::new();
    }
    SECTIONS
        .iter()
        .map(|name| Choice::new(*name, CompletionItemKind::MODULE))
        .collect()
}

/// The properties of a place, or the values that a property may have.
fn of_property(document: &Document, id: &str, context: &Context) -> Option<Vec<Choice>> {
    let schema = schema::resource(document.root.dig(&["Resources", id, "Type"])?.text()?)?;
    let path = context.path.get(3..)?;
    let node = at::place(schema, path)?;
    if context.value {
        let boolean = node
            .kinds()
            .contains(&schema::Kind::Boolean)
            .then_some(["true", "false"]);
        let allowed = node.values_allowed().iter().map(plain);
        let all = allowed.chain(boolean.into_iter().flatten().map(str::to_owned));
        return Some(
            all.map(|value| Choice::new(value, CompletionItemKind::ENUM_MEMBER))
                .collect(),
        );
    }
    let there = document.root.at_path(&context.path).and_then(Node::map);
    let prefix = match at::written(path) {
        above if above.is_empty() => above,
        above => format!("{above}/"),
    };
    let required: Vec<&str> = node.required().collect();
    let mut choices: Vec<Choice> = Vec::new();
    for (name, below) in node.properties() {
        let is_written = there.is_some_and(|map: &Map| map.get(name).is_some());
        let only_read = schema.read_only().any(|path| path == format!("{prefix}{name}"));
        if is_written || only_read {
            continue;
        }
        let mut detail: Vec<&str> = below.kinds().into_iter().map(word).collect();
        if required.contains(&name) {
            detail.push("required");
        }
        choices.push(Choice::new(name, CompletionItemKind::PROPERTY).detail(detail.join(", ")));
    }
    choices.sort_by_key(|choice| !required.contains(&choice.label.as_str()));
    Some(choices)
}

/// The names of sections, each with its type.
fn names(document: &Document, sections: &[&str], pseudo: bool) -> Vec<Choice> {
    let mut choices = Vec::new();
    for section in sections {
        let entries = document.root.get(section).and_then(Node::map);
        for entry in entries.into_iter().flat_map(Map::iter) {
            let kind = entry.value.get("Type").and_then(Node::text).unwrap_or_default();
            choices.push(Choice::new(&entry.key, CompletionItemKind::VARIABLE).detail(kind));
        }
    }
    if pseudo {
        choices.extend(
            PSEUDO
                .iter()
                .map(|name| Choice::new(*name, CompletionItemKind::CONSTANT)),
        );
    }
    choices
}

/// The attributes of a resource whose name and dot are written.
fn attribute<'a>(document: &Document, written: &'a str) -> Option<(Vec<Choice>, &'a str)> {
    let (name, rest) = written.split_once('.')?;
    let kind = document.root.dig(&["Resources", name, "Type"])?.text()?;
    let attributes = schema::resource(kind)?.attributes().into_iter();
    Some((
        attributes
            .map(|it| Choice::new(it, CompletionItemKind::FIELD))
            .collect(),
        rest,
    ))
}
