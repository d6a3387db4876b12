//! What is protected from deletion.

use serde_json::Value as Json;

use super::super::policy::{self, Fate};
use super::super::spread::Pair;
use super::super::stack::{Item, Stack};
use super::super::verdict::{ResourceChange, Verdict};
use super::refuse;
use crate::read::template::json::scalar;

/// The properties that protect from deletion, whatever the type.
const PROPERTIES: [&str; 6] = [
    "DeleteProtection",
    "DeletionProtected",
    "DeletionProtection",
    "DeletionProtectionEnabled",
    "DisableApiTermination",
    "TerminationProtectionEnabled",
];

/// Finds what would be deleted and cannot be.
pub(super) fn judge(pair: &Pair<'_>, changes: &mut [ResourceChange]) {
    for change in changes {
        let Some(old) = pair.old.items.get(&change.id) else {
            continue;
        };
        let Some(by) = protection(pair.old, old) else { continue };
        match (change.verdict, change.old_one) {
            (Verdict::Delete | Verdict::Snapshot, _) => {
                let why =
                    format!("`{by}` protects it: it cannot be deleted, and stays outside the stack, where it costs");
                let ways = vec![
                    "turn the protection off in an update of its own, and take it out in the next".to_owned(),
                    "set `DeletionPolicy: Retain` in an update of its own, if it is to stay".to_owned(),
                ];
                refuse(change, why, ways);
            }
            (Verdict::Replace | Verdict::MayReplace | Verdict::Refuse, Some(Fate::Delete | Fate::Snapshot)) => {
                change.notes.push(format!(
                    "`{by}` protects the old one: the clean-up cannot delete it, and it stays outside the stack, where it \
                     costs; turn the protection off in an update of its own before this one"
                ));
            }
            (Verdict::MayDelete, _) if policy::removed(old) != Fate::Retain => {
                let text = format!("`{by}` protects it: where it is to be deleted, that fails");
                change.notes.push(text);
            }
            _ => {}
        }
    }
}

/// What protects a resource that is deployed, if its template says so.
fn protection(stack: &Stack, item: &Item) -> Option<String> {
    let on = |value: &Json| {
        let known = stack
            .known(value)
            .or_else(|| scalar(value).map(std::borrow::Cow::into_owned));
        let word = known.unwrap_or_default().to_ascii_lowercase();
        ["true", "active", "enabled", "on"].contains(&word.as_str())
    };
    let set = |name: &&&str| match item.properties.get(**name) {
        // Some say it in an object.
        Some(Json::Object(map)) if !map.keys().any(|key| key.starts_with("Fn::") || key == "Ref") => {
            map.values().any(on)
        }
        Some(value) => on(value),
        None => false,
    };
    if let Some(name) = PROPERTIES.iter().find(set) {
        return Some((*name).to_owned());
    }
    let attributes = item.properties.get("LoadBalancerAttributes")?.as_array()?;
    let key = "deletion_protection.enabled";
    let protects = |one: &Json| one.get("Key").is_some_and(|name| name == key) && one.get("Value").is_some_and(on);
    attributes.iter().any(protects).then(|| key.to_owned())
}
