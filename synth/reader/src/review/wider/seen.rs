//! What stands at a path of a resource, as far as it is known.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::stack::{Item, Stack};
use crate::read::template::function::NO_VALUE;
use crate::read::template::json::{function, scalar};

/// A value, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Seen {
    Absent,
    Known(Json),
    /// What it is shows only where it is deployed.
    Unknown(Json),
}

/// The values at each place that a path leads to; more than one where a condition chooses.
pub(super) type Places = BTreeMap<String, Vec<Seen>>;

/// What a resource has at a path: keys with `/` between, `[]` for every item of a list, `[Key=name]` for one of them.
pub(super) fn at(stack: &Stack, item: &Item, path: &str) -> Places {
    let mut found = Places::new();
    let steps: Vec<&str> = path.split('/').collect();
    let Some((first, rest)) = steps.split_first() else {
        return found;
    };
    let value = item.properties.get(*first);
    look(stack, value, rest, (*first).to_owned(), &mut found);
    found
}

fn look(stack: &Stack, value: Option<&Json>, steps: &[&str], label: String, found: &mut Places) {
    let Some(value) = value else {
        if steps.first() != Some(&"[]") {
            found.entry(below(label, steps)).or_default().push(Seen::Absent);
        }
        return;
    };
    match function(value) {
        Some(("Ref", Json::String(name))) if name == NO_VALUE => look(stack, None, steps, label, found),
        Some(("Ref", Json::String(name))) if stack.parameters.contains_key(name) => {
            let known = stack.known(value).map(|text| Seen::Known(Json::String(text)));
            let known = known.unwrap_or_else(|| Seen::Unknown(value.clone()));
            found.entry(below(label, steps)).or_default().push(known);
        }
        Some(("Fn::If", Json::Array(branches))) => {
            for branch in branches.iter().skip(1) {
                look(stack, Some(branch), steps, label.clone(), found);
            }
        }
        Some(_) => {
            let unknown = Seen::Unknown(value.clone());
            found.entry(below(label, steps)).or_default().push(unknown);
        }
        None => inside(stack, value, steps, label, found),
    }
}

/// The same of a value that is no function.
fn inside(stack: &Stack, value: &Json, steps: &[&str], label: String, found: &mut Places) {
    let Some((step, rest)) = steps.split_first() else {
        found.entry(label).or_default().push(Seen::Known(value.clone()));
        return;
    };
    if let Some((key, name)) = step
        .strip_prefix('[')
        .and_then(|step| step.strip_suffix(']')?.split_once('='))
    {
        let items = value.as_array().map_or(&[][..], Vec::as_slice);
        let one = items
            .iter()
            .find(|item| item.get(key).is_some_and(|value| value == name));
        return look(stack, one, rest, format!("{label}[{name}]"), found);
    }
    if *step == "[]" {
        for (at, item) in value.as_array().into_iter().flatten().enumerate() {
            let name = name_of(item).unwrap_or_else(|| at.to_string());
            look(stack, Some(item), rest, format!("{label}[{name}]"), found);
        }
        return;
    }
    look(stack, value.get(*step), rest, format!("{label}.{step}"), found);
}

fn below(label: String, steps: &[&str]) -> String {
    steps.iter().fold(label, |label, step| format!("{label}.{step}"))
}

/// What tells an item of a list from the others.
pub(super) fn name_of(item: &Json) -> Option<String> {
    const KEYS: [&str; 7] = [
        "Name",
        "Id",
        "DeviceName",
        "RuleName",
        "Type",
        "LoadBalancerPort",
        "DeviceIndex",
    ];
    KEYS.iter().find_map(|key| scalar(item.get(*key)?)).map(Cow::into_owned)
}
