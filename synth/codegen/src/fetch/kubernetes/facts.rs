//! What `facts/kubernetes.txt` says, put into the definitions.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::Failure;

const FACTS: &str = include_str!("../../../facts/kubernetes.txt");

/// The lines, and which of them have matched something.
pub(super) struct Facts(Vec<(&'static str, bool)>);

impl Facts {
    pub(super) fn read() -> Result<Self, Failure> {
        let lines = FACTS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let known = |line: &&str| {
            ["values ", "bounds ", "cluster "]
                .iter()
                .any(|word| line.starts_with(word))
        };
        if let Some(line) = lines.clone().find(|line| !known(line)) {
            return Err(Failure(format!("facts/kubernetes.txt: `{line}` says nothing known")));
        }
        Ok(Self(lines.map(|line| (line, false)).collect()))
    }

    /// Puts them into the definitions of version `1.minor`.
    pub(super) fn apply(&mut self, minor: u16, definitions: &mut BTreeMap<String, Json>) {
        for (line, used) in &mut self.0 {
            let words: Vec<&str> = line.split(' ').collect();
            *used |= match words[..] {
                ["values", name, field, ref values @ ..] => allow(minor, field, values, definitions.get_mut(name)),
                ["bounds", name, ref fields @ .., least, greatest] => {
                    bound(fields, least, greatest, definitions.get_mut(name))
                }
                ["cluster", group, ref kinds @ ..] => cluster(group, kinds, definitions),
                _ => false,
            };
        }
    }

    /// A line that matches nothing is a mistake, or has come to be one.
    pub(super) fn all_used(&self) -> Result<(), Failure> {
        match self.0.iter().find(|(_, used)| !used) {
            Some((line, _)) => Err(Failure(format!(
                "facts/kubernetes.txt: `{line}` matches nothing; remove it"
            ))),
            None => Ok(()),
        }
    }
}

fn allow(minor: u16, field: &str, values: &[&str], definition: Option<&mut Json>) -> bool {
    let (name, items) = field.strip_suffix("[]").map_or((field, false), |name| (name, true));
    let Some(place) = definition.and_then(|json| json["properties"].get_mut(name)) else {
        return false;
    };
    let place = if items { &mut place["items"] } else { place };
    let taken = values.iter().filter_map(|value| match value.split_once("@1.") {
        Some((value, since)) => (since.parse::<u16>().ok()? <= minor).then_some(value),
        None => Some(*value),
    });
    if place["type"] == "string" {
        place["enum"] = taken.collect();
        return true;
    }
    false
}

fn bound(fields: &[&str], least: &str, greatest: &str, definition: Option<&mut Json>) -> bool {
    let Some(definition) = definition else { return false };
    let mut all = true;
    for field in fields {
        let place = definition["properties"]
            .get_mut(field)
            .filter(|place| place["type"] == "integer");
        let Some(place) = place else {
            all = false;
            continue;
        };
        for (key, text) in [("minimum", least), ("maximum", greatest)] {
            if let Ok(number) = text.parse::<i64>() {
                place[key] = number.into();
            }
        }
    }
    all
}

/// `apps`, `v1` and `Deployment` of `apps/v1/Deployment`.
fn parts(name: &str) -> Option<(&str, &str)> {
    let (api_version, kind) = name.rsplit_once('/')?;
    Some((api_version.split_once('/').map_or("core", |(group, _)| group), kind))
}

fn cluster(group: &str, kinds: &[&str], definitions: &mut BTreeMap<String, Json>) -> bool {
    let mut found = false;
    for (name, json) in definitions {
        if parts(name).is_some_and(|(of, kind)| of == group && kinds.contains(&kind)) {
            json["scope"] = "cluster".into();
            found = true;
        }
    }
    found
}
