//! Where values stand: what is written differently, what refers to something, which file a nested stack is.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::canon::same;
use super::super::differ::{self, Difference, Step};
use super::super::facts;
use super::super::stack::{Item, LOOP};
use super::super::verdict::{Effect, Reason, Source};
use super::pair::{Changes, Found, Pair};
use crate::read::template::json::function;

/// The functions that stand at the same place on both sides.
pub(super) fn functions<'v>(
    path: &mut Vec<Step>,
    value: &'v Json,
    old: Option<&Json>,
    found: &mut Vec<(Vec<Step>, &'v Json)>,
) {
    let Some(old) = old else { return };
    if function(value).is_some() {
        if same(old, value) {
            found.push((path.clone(), value));
        }
        return;
    }
    match value {
        Json::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(Step::Index(at));
                functions(path, item, old.get(at), found);
                path.pop();
            }
        }
        Json::Object(map) => {
            for (key, value) in map {
                path.push(Step::Key(key.clone()));
                functions(path, value, old.get(key), found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// What is written differently.
pub(super) fn direct(pairs: &[Pair<'_>]) -> Changes {
    let mut changes = Changes::new();
    for Pair { old, new } in pairs {
        for (id, after) in &new.items {
            let Some(before) = old.items.get(id).filter(|before| before.kind == after.kind) else {
                continue;
            };
            let found: Vec<Found> = differ::maps(&before.properties, &after.properties)
                .into_iter()
                .map(|difference| judged(after, difference))
                .collect();
            if !found.is_empty() {
                changes.insert((new.file.clone(), id.clone()), found);
            }
        }
    }
    changes
}

fn judged(item: &Item, difference: Difference) -> Found {
    let kind = item.kind.as_str();
    let (effect, mut reasons) = if kind == LOOP {
        let text = "what a loop makes is not compared one by one";
        (Effect::Update, vec![Reason::new(Source::Unknown, text)])
    } else {
        facts::settle(item, &difference.path, facts::of(kind, &difference))
    };
    if difference.reordered {
        let text = if facts::is_unordered(kind, &difference.path) {
            "the same items in another order, which means nothing to AWS's schema"
        } else {
            "the same items in another order"
        };
        reasons.push(Reason::new(Source::Schema, text));
    }
    Found {
        difference,
        effect,
        reasons,
        sure: true,
    }
}

/// Nested stacks whose template is among the files: (file, logical id) and the file of the child.
pub(super) fn nested<'a>(pairs: &'a [Pair<'a>]) -> BTreeMap<(&'a str, &'a str), &'a str> {
    let mut found = BTreeMap::new();
    for pair in pairs {
        for item in pair
            .new
            .items
            .values()
            .filter(|item| item.kind == "AWS::CloudFormation::Stack")
        {
            let Some(url) = item.properties.get("TemplateURL").and_then(Json::as_str) else {
                continue;
            };
            let folder = pair.new.file.rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = joined(folder, url);
            if let Some(child) = pairs.iter().find(|child| child.new.file == path) {
                found.insert((pair.new.file.as_str(), item.id.as_str()), child.new.file.as_str());
            }
        }
    }
    found
}

/// A relative path from a folder, without `.` and `..`.
fn joined(folder: &str, path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(path.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}
