//! The forms of maps that CloudFormation reads itself: which keys there are, and what belongs behind each.

use crate::checks::Report;
use crate::read::template::function;
use crate::read::{Entry, Kind, Map, Node};

/// What belongs behind a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Want {
    /// Whatever there is.
    Any,
    /// A string, a number or a boolean that is written out.
    Literal,
    /// A string, or a function that may give one.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number between two.
    Whole(i64, i64),
    /// A number.
    Number,
    /// A list of strings.
    Texts,
    /// A list of strings that are written out.
    Literals,
    /// One of some strings.
    OneOf(&'static [&'static str]),
    /// A map of its own form.
    Map(&'static [Field]),
}

/// A key that a map may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    /// The key.
    pub(super) name: &'static str,
    /// Whether the map must have it.
    pub(super) needed: bool,
    /// What belongs behind it.
    pub(super) want: Want,
}

/// A key that may be left out.
pub(super) const fn may(name: &'static str, want: Want) -> Field {
    Field {
        name,
        needed: false,
        want,
    }
}

/// A key that must be there.
pub(super) const fn must(name: &'static str, want: Want) -> Field {
    Field {
        name,
        needed: true,
        want,
    }
}

/// Reports what a map has too much, what it lacks, and what is of another kind than belongs there.
///
/// The entry is what holds the map; `subject` names it in messages.
pub(super) fn check<'a>(holder: &'a Entry, fields: &'static [Field], subject: &str, report: &mut Report<'a>) {
    let Some(map) = holder.value.map() else {
        let found = holder.value.kind_name();
        report.value(&holder.value, format!("{subject} is a map, found {found}"));
        return;
    };
    if written_elsewhere(map) {
        return;
    }
    for entry in map {
        let Some(field) = fields.iter().find(|field| field.name == entry.key) else {
            let draft = report.key(entry, format!("{subject} has no `{}`", entry.key));
            match crate::schema::nearest(&entry.key, fields.iter().map(|field| field.name)) {
                Some(near) => draft.help(format!("did you mean `{near}`?")),
                None => draft.help(format!("it has {}", names(fields))),
            }
            continue;
        };
        value(entry, field.want, report);
    }
    for field in fields
        .iter()
        .filter(|field| field.needed && map.get(field.name).is_none())
    {
        report.key(holder, format!("{subject} needs `{}`", field.name));
    }
}

/// Whether a function or a loop gives the map, or a part of it.
fn written_elsewhere(map: &Map) -> bool {
    map.iter()
        .any(|entry| entry.key == "Ref" || entry.key.starts_with("Fn::"))
}

fn names(fields: &[Field]) -> String {
    let names: Vec<String> = fields.iter().map(|field| format!("`{}`", field.name)).collect();
    names.join(", ")
}

fn value<'a>(entry: &'a Entry, want: Want, report: &mut Report<'a>) {
    let node = &entry.value;
    let name = &entry.key;
    // A null is said once, by a rule of its own.
    if matches!(node.kind, Kind::Null) {
        return;
    }
    let is_function = function::of(node).is_some();
    let scalar = node.scalar().is_some();
    let wrong = match want {
        Want::Any => None,
        Want::Map(fields) => {
            if !is_function {
                check(entry, fields, &format!("`{name}`"), report);
            }
            return;
        }
        Want::Literal => (!scalar).then_some("a string"),
        Want::Text => (!scalar && !is_function).then_some("a string"),
        Want::Flag => (node.as_bool().is_none() && !is_function).then_some("`true` or `false`"),
        Want::Number => (node.as_f64().is_none() && !is_function).then_some("a number"),
        Want::Whole(least, most) => return whole(node, name, (least, most), report),
        Want::Texts | Want::Literals => return texts(node, name, matches!(want, Want::Texts), report),
        Want::OneOf(options) => return one_of(node, name, options, report),
    };
    if let Some(wanted) = wrong {
        let found = if is_function { "a function" } else { node.kind_name() };
        report.value(node, format!("`{name}` is {wanted}, found {found}"));
    }
}

fn whole<'a>(node: &'a Node, name: &str, (least, most): (i64, i64), report: &mut Report<'a>) {
    if function::of(node).is_some() {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "the bounds are small")]
    match node.as_f64() {
        Some(number) if number.fract() == 0.0 && number < least as f64 => {
            report.value(node, format!("`{name}` is {number}; the least is {least}"));
        }
        Some(number) if number.fract() == 0.0 && number > most as f64 => {
            report.value(node, format!("`{name}` is {number}; the most is {most}"));
        }
        Some(number) if number.fract() == 0.0 => {}
        _ => {
            report.value(node, format!("`{name}` is a whole number, found {}", node.kind_name()));
        }
    }
}

fn texts<'a>(node: &'a Node, name: &str, functions: bool, report: &mut Report<'a>) {
    let function = |node: &Node| functions && function::of(node).is_some();
    let Some(items) = node.list() else {
        if !function(node) {
            report.value(node, format!("`{name}` is a list, found {}", node.kind_name()));
        }
        return;
    };
    for item in items {
        if item.scalar().is_none() && !function(item) && !matches!(item.kind, Kind::Null) {
            report.value(item, format!("`{name}` lists strings, found {}", item.kind_name()));
        }
    }
}

fn one_of<'a>(node: &'a Node, name: &str, options: &[&str], report: &mut Report<'a>) {
    if function::of(node).is_some() {
        return;
    }
    let text = node.scalar();
    if text.as_deref().is_none_or(|text| !options.contains(&text)) {
        let found = text.map_or_else(|| node.kind_name().to_owned(), |text| format!("`{text}`"));
        report.value(node, format!("`{name}` is {found}; it can be {}", options.join(", ")));
    }
}

/// A duration of ISO 8601 in hours, minutes and seconds.
pub(super) fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    let (days, rest) = rest.split_once('T').unwrap_or((rest, ""));
    let part = |text: &str, units: &str| {
        let mut number = false;
        for character in text.chars() {
            match character {
                '0'..='9' | '.' => number = true,
                unit if number && units.contains(unit) => number = false,
                _ => return false,
            }
        }
        !number
    };
    text.len() > 2 && part(days, "YMWD") && part(rest, "HMS")
}
