//! What SAM's transform refuses: its types have no schemas, but the names of their properties are known.

use super::{Broken, Violation, violation};
use crate::checks::Set;
use crate::read::template::kind::is_open;
use crate::read::template::known::Sure;
use crate::read::template::{Resource, Template};
use crate::read::{Entry, Map, Node};
use crate::schema::sam::{self, EVENTS, TYPES, Type};
use crate::schema::{self, Kind, nearest};

pub(super) fn violations<'a>(set: &Set<'a>, found: &mut Vec<Violation<'a>>) {
    for template in set.templates.iter().filter(|template| template.serverless()) {
        for resource in &template.resources {
            if let Some(of) = sam::of(resource.kind) {
                properties(template, resource, of, found);
            }
        }
        globals(template, found);
    }
}

fn properties<'a>(template: &Template<'a>, resource: &Resource<'a>, of: &Type, found: &mut Vec<Violation<'a>>) {
    let given = resource.properties;
    if given.is_some_and(is_open) || (given.is_none() && resource.attribute("Properties").is_some()) {
        return;
    }
    for entry in given.into_iter().flatten() {
        if of.properties().all(|name| name != entry.key) {
            found.push(unknown(entry, of.name, of.properties()));
        } else {
            found.extend(mistyped(entry, of));
        }
    }
    let has = |name: &str| given.is_some_and(|map| map.get(name).is_some()) || global(template, of, name).is_some();
    let mut missing: Vec<&str> = of.required().filter(|name| !has(name)).collect();
    if of.word() == "Function" && zipped(given, template, of) {
        missing.extend(["Handler", "Runtime"].into_iter().filter(|name| !has(name)));
    }
    found.extend(
        missing
            .into_iter()
            .map(|name| violation::missing(resource, name, of.name)),
    );
    if let Some(events) = given.and_then(|map| map.get("Events")).and_then(Node::map) {
        events.iter().for_each(|event| kind(event, found));
    }
}

/// A value that the section `Globals` gives to all resources of a type.
fn global<'a>(template: &Template<'a>, of: &Type, name: &str) -> Option<&'a Node> {
    template.named("Globals", of.word())?.get(name)
}

/// Whether a function is certain to be a zip file, which needs to say how it runs.
fn zipped(given: Option<&Map>, template: &Template<'_>, of: &Type) -> bool {
    let package = given.and_then(|map| map.get("PackageType"));
    package
        .or_else(|| global(template, of, "PackageType"))
        .is_none_or(|node| node.text() == Some("Zip"))
}

fn kind<'a>(event: &'a Entry, found: &mut Vec<Violation<'a>>) {
    let Some(entry) = event.value.map().and_then(|map| map.entry("Type")) else {
        return;
    };
    let Some(name) = entry.value.text().filter(|name| !EVENTS.contains(name)) else {
        return;
    };
    found.push(Violation {
        broken: Broken::Value,
        node: &entry.value,
        entry: None,
        message: format!("SAM has no event of the type `{name}`"),
        help: nearest(name, EVENTS.iter().copied()).map(|near| format!("did you mean `{near}`?")),
        mild: false,
        sure: Sure::Written,
    });
}

fn globals<'a>(template: &Template<'a>, found: &mut Vec<Violation<'a>>) {
    for section in template.section("Globals") {
        let words = || TYPES.iter().filter(|of| of.globals().next().is_some()).map(Type::word);
        let Some(of) = TYPES
            .iter()
            .find(|of| of.word() == section.key && of.globals().next().is_some())
        else {
            found.push(unknown(section, "`Globals`", words()));
            continue;
        };
        let given = section.value.map().filter(|map| !is_open(map));
        for entry in given.into_iter().flatten() {
            if of.globals().all(|name| name != entry.key) {
                found.push(unknown(entry, &format!("`Globals.{}`", of.word()), of.globals()));
            } else {
                found.extend(mistyped(entry, of));
            }
        }
    }
}

/// A text where the type that SAM makes wants a number or a boolean: SAM hands such values on as they are.
fn mistyped<'a>(entry: &'a Entry, of: &Type) -> Option<Violation<'a>> {
    let text = entry
        .value
        .text()
        .filter(|text| !text.contains("{{") && !text.contains("${"))?;
    let kinds = schema::resource(of.becomes?)?.root().property(&entry.key)?.kinds();
    let fits = |kind: &Kind| match kind {
        Kind::Boolean => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
        Kind::Integer | Kind::Number => text.parse::<f64>().is_ok(),
        _ => true,
    };
    let wants = if kinds.contains(&Kind::Boolean) {
        "`true` or `false`"
    } else {
        "a number"
    };
    (!kinds.is_empty() && !kinds.iter().any(fits)).then(|| Violation {
        broken: Broken::Value,
        node: &entry.value,
        entry: None,
        message: format!("`{}` is {wants}, found `{text}`", entry.key),
        help: None,
        mild: false,
        sure: Sure::Written,
    })
}

fn unknown<'a>(entry: &'a Entry, subject: &str, names: impl Iterator<Item = &'static str>) -> Violation<'a> {
    Violation {
        broken: Broken::Unknown,
        node: &entry.value,
        entry: Some(entry),
        message: format!("{subject} has no property `{}`", entry.key),
        help: nearest(&entry.key, names).map(|near| format!("did you mean `{near}`?")),
        mild: false,
        sure: Sure::Written,
    }
}
