//! A workflow in one form.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::{Job, Workflow};
use crate::read::{Document, Entry, Node};

pub(super) fn workflow(document: &Document) -> Workflow {
    let root = document.root.map();
    let entries = || root.into_iter().flat_map(|map| map.iter());
    let settings = entries().filter(|entry| !matches!(entry.key.as_str(), "on" | "jobs"));
    let jobs = document.root.get("jobs").and_then(Node::map);
    let jobs = jobs.into_iter().flat_map(|jobs| jobs.iter());
    Workflow {
        file: document.file.clone(),
        settings: settings
            .filter_map(|entry| Some((entry.key.clone(), setting(&entry.key, entry.value.to_value())?)))
            .collect(),
        triggers: document.root.get("on").map(triggers).unwrap_or_default(),
        jobs: jobs.map(|entry| (entry.key.clone(), job(entry))).collect(),
        versions: versions(&document.text),
    }
}

fn job(entry: &Entry) -> Job {
    let value = match entry.value.to_value() {
        Json::Object(map) => map,
        _ => Map::new(),
    };
    let mut value = in_form(value);
    let steps = match value.remove("steps") {
        Some(Json::Array(steps)) => steps,
        _ => Vec::new(),
    };
    Job {
        id: entry.key.clone(),
        line: entry.key_at.line,
        value,
        steps: steps
            .into_iter()
            .filter_map(|step| match step {
                Json::Object(map) => Some(in_form(map)),
                _ => None,
            })
            .collect(),
    }
}

fn in_form(map: Map<String, Json>) -> Map<String, Json> {
    let entries = map.into_iter();
    entries
        .filter_map(|(key, value)| Some((key.clone(), setting(&key, value)?)))
        .collect()
}

/// A setting of a workflow, job or step with its short spelling written out; nothing if it says nothing.
fn setting(key: &str, value: Json) -> Option<Json> {
    Some(match (key, value) {
        (_, Json::Null) => return None,
        ("needs" | "runs-on", value) => set(value),
        ("environment", Json::String(name)) => json!({ "name": name }),
        ("container", Json::String(image)) => json!({ "image": image }),
        ("concurrency", Json::String(group)) => json!({ "group": group }),
        ("if", Json::String(condition)) => condition_of(&condition).into(),
        (_, value) => value,
    })
}

/// `${{ x }}` around a whole condition means nothing.
pub(super) fn condition_of(text: &str) -> String {
    let text = text.trim();
    let inner = text
        .strip_prefix("${{")
        .and_then(|rest| rest.strip_suffix("}}"))
        .filter(|inner| !inner.contains("${{"));
    inner.unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One name or a list of names, of which the order does not count.
fn set(value: Json) -> Json {
    match value {
        Json::Array(mut items) => {
            items.sort_by_cached_key(Json::to_string);
            items.dedup();
            Json::Array(items)
        }
        Json::Object(map) => Json::Object(map),
        one => json!([one]),
    }
}

fn triggers(on: &Node) -> Map<String, Json> {
    let bare = |name: &Node| Some((name.text()?.to_owned(), json!({})));
    match (on.map(), on.list()) {
        (Some(map), _) => map
            .iter()
            .map(|entry| (entry.key.clone(), filters(&entry.key, entry.value.to_value())))
            .collect(),
        (None, Some(names)) => names.iter().filter_map(bare).collect(),
        (None, None) => bare(on).into_iter().collect(),
    }
}

fn filters(trigger: &str, value: Json) -> Json {
    match value {
        Json::Null => json!({}),
        Json::Array(_) if trigger == "schedule" => set(value),
        Json::Object(map) => map
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| {
                let value = if is_filter(&key) { filter(value) } else { value };
                (key, value)
            })
            .collect(),
        other => other,
    }
}

pub(super) fn is_filter(key: &str) -> bool {
    let names = ["branches", "tags", "paths"];
    key == "types" || key == "workflows" || names.contains(&key.strip_suffix("-ignore").unwrap_or(key))
}

/// With a pattern that begins with `!` the order counts, as later ones take back what earlier ones let through.
fn filter(value: Json) -> Json {
    let takes_back = |item: &Json| item.as_str().is_some_and(|item| item.starts_with('!'));
    match &value {
        Json::Array(items) if items.iter().any(takes_back) => value,
        _ => set(value),
    }
}

/// What the comments beside actions say, such as `v4.2.0`.
fn versions(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| {
        let (uses, comment) = line.split_once("uses:")?.1.split_once(" #")?;
        let uses = uses.trim().trim_matches(['\'', '"']);
        Some((uses.to_owned(), comment.trim().to_owned()))
    });
    lines.collect()
}
