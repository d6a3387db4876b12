//! What an update does beyond AWS's schemas: `facts/updates.txt` tells where each line comes from.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::Failure;

const FACTS: &str = include_str!("../../facts/updates.txt");

/// For each resource type the paths by what a change there does, each with the source that says so:
/// `{"replace": {"Port": "service-spec"}}`.
pub(super) fn read() -> Result<BTreeMap<String, Json>, Failure> {
    let mut found: BTreeMap<String, Json> = BTreeMap::new();
    let mut source = "";
    for line in FACTS.lines().filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("# ") {
            source = heading.split_once(": ").map_or("", |(name, _)| name);
            continue;
        }
        let [name, effect @ ("replace" | "may-replace" | "interrupt"), path] = line.split(' ').collect::<Vec<_>>()[..]
        else {
            return Err(Failure(format!(
                "facts/updates.txt: `{line}` is not a type, an effect and a path"
            )));
        };
        found.entry(name.to_owned()).or_insert_with(|| json!({}))[effect][path] = source.into();
    }
    Ok(found)
}

/// The line in the head of the store for each source that is a package.
pub(super) fn sources() -> impl Iterator<Item = String> {
    let headings = FACTS.lines().filter_map(|line| line.strip_prefix("# service-spec: "));
    headings.filter_map(|heading| Some(format!("source {}", heading.split_once(',')?.0)))
}
