//! What checks object to here, and why it is so: as it stands in what is rendered.

use serde::Serialize;
use serde_json::Value as Json;

use super::Place;
use crate::cluster::Checker;
use crate::read;
use crate::readme::exceptions::{Row, waived};
use crate::readme::words::cell;
use crate::tofu;

/// The tables of the page; nothing is set or added past a model of machines.
#[derive(Serialize)]
pub(super) struct View {
    overrides: Vec<Row>,
    additions: Vec<Row>,
    waivers: Vec<Row>,
}

pub(super) fn view(place: Place<'_>) -> View {
    let own = format!("out/{}/", place.system.name);
    let files = place.files.iter();
    let files = files.filter_map(|(path, text)| Some((path.strip_prefix(&own)?, text)));
    let said = files.flat_map(|(path, text)| {
        if path.strip_suffix(".tf.json").is_some() {
            of_module(path, text)
        } else if path.strip_suffix(".yaml").is_some() && (text.contains(" allow.") || text.contains(" checkov.io/")) {
            of_objects(path, text)
        } else {
            Vec::new()
        }
    });
    let mut waivers = together(said);
    waivers.extend(waived(std::slice::from_ref(place.workflow)));
    View {
        overrides: Vec::new(),
        additions: Vec::new(),
        waivers,
    }
}

/// Checks of one program that do not apply for one reason stand in one row.
fn together(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut all: Vec<Row> = Vec::new();
    for row in rows {
        let about = |row: &Row| (row.place.clone(), row.checker.clone(), row.reason.clone());
        match all.iter_mut().find(|other| about(other) == about(&row)) {
            // It stands in more than one namespace.
            Some(other) if other.rule.split("`, `").any(|rule| rule == row.rule) => {}
            // Each is code, between the backticks of the page.
            Some(other) => other.rule = format!("{}`, `{}", other.rule, row.rule),
            None => all.push(row),
        }
    }
    all
}

fn row(place: &str, (checker, rule, reason): (&str, &str, &str)) -> Row {
    Row {
        place: place.to_owned(),
        checker: checker.to_owned(),
        rule: rule.to_owned(),
        reason: cell(reason),
    }
}

/// What is rendered can be read; what could not would be in no cluster either.
fn of_objects(path: &str, text: &str) -> Vec<Row> {
    let documents = read::documents(path, text).unwrap_or_default();
    let objects = documents.iter().map(|document| document.root.to_value());
    objects.flat_map(|object| of_object(path, &object)).collect()
}

fn of_object(path: &str, object: &Json) -> Vec<Row> {
    let word = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let name = word(&object["metadata"]["name"]);
    let own = (word(&object["kind"]), name, &object["metadata"]["annotations"]);
    // What a kustomization makes says there what it is given.
    let made = object["configMapGenerator"].as_array().into_iter().flatten();
    let made = made.map(|one| {
        (
            "ConfigMap".to_owned(),
            word(&one["name"]),
            &one["options"]["annotations"],
        )
    });
    let rows = std::iter::once(own).chain(made).flat_map(|(kind, name, said)| {
        let place = format!("{kind} `{name}` of [`{path}`]({path})");
        let said = said.as_object().into_iter().flatten();
        let said = said.filter_map(|(key, value)| Checker::read(key, value.as_str()?));
        said.map(|(checker, rule, reason)| row(&place, (checker.name(), rule, reason)))
            .collect::<Vec<_>>()
    });
    rows.collect()
}

fn of_module(path: &str, text: &str) -> Vec<Row> {
    let module: Json = serde_json::from_str(text).unwrap_or_default();
    let kinds = module["resource"].as_object().into_iter().flatten();
    let resources = kinds.flat_map(|(kind, all)| all.as_object().into_iter().flatten().map(move |one| (kind, one)));
    let rows = resources.flat_map(|(kind, (name, resource))| {
        let place = format!("`{kind}.{name}` of [`{path}`]({path})");
        let all = tofu::Checker::ALL.into_iter().flat_map(|(checker, key)| {
            let said = resource["//"][key].as_object().into_iter().flatten();
            said.map(move |(rule, reason)| (checker.name(), rule.as_str(), reason.as_str().unwrap_or_default()))
        });
        all.map(|one| row(&place, one)).collect::<Vec<_>>()
    });
    rows.collect()
}
