//! What checks object to here, and why it is so: as it stands in what is rendered.

use serde::Serialize;
use serde_json::Value as Json;

use super::Place;
use crate::read;
use crate::readme::exceptions::{Row, waived};
use crate::readme::words::cell;

/// The key of an annotation that lets something be, before the rule.
const ALLOW: &str = "allow.synth/";

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
        } else if path.strip_suffix(".yaml").is_some() && text.contains(ALLOW) {
            of_objects(path, text)
        } else {
            Vec::new()
        }
    });
    let mut waivers: Vec<Row> = said.collect();
    waivers.extend(waived(std::slice::from_ref(place.workflow)));
    View {
        overrides: Vec::new(),
        additions: Vec::new(),
        waivers,
    }
}

fn row(place: String, rule: &str, reason: &str) -> Row {
    Row {
        place,
        checker: "synth".to_owned(),
        rule: rule.to_owned(),
        reason: cell(reason),
    }
}

/// What is rendered can be read; what could not would be in no cluster either.
fn of_objects(path: &str, text: &str) -> Vec<Row> {
    let documents = read::documents(path, text).unwrap_or_default();
    let objects = documents.iter().map(|document| document.root.to_value());
    let rows = objects.flat_map(|object| {
        let word = |pointer: &str| {
            object
                .pointer(pointer)
                .and_then(Json::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let (kind, name) = (word("/kind"), word("/metadata/name"));
        let said = object.pointer("/metadata/annotations").and_then(Json::as_object);
        let said = said
            .into_iter()
            .flatten()
            .filter_map(|(key, reason)| Some((key.strip_prefix(ALLOW)?, reason.as_str()?)));
        said.map(|(rule, reason)| row(format!("{kind} `{name}` of [`{path}`]({path})"), rule, reason))
            .collect::<Vec<_>>()
    });
    rows.collect()
}

fn of_module(path: &str, text: &str) -> Vec<Row> {
    let module: Json = serde_json::from_str(text).unwrap_or_default();
    let kinds = module["resource"].as_object().into_iter().flatten();
    let resources = kinds.flat_map(|(kind, all)| all.as_object().into_iter().flatten().map(move |one| (kind, one)));
    let rows = resources.flat_map(|(kind, (name, resource))| {
        let said = resource.pointer("/~1~1/allow").and_then(Json::as_object);
        let said = said
            .into_iter()
            .flatten()
            .filter_map(|(rule, reason)| Some((rule, reason.as_str()?)));
        said.map(|(rule, reason)| row(format!("`{kind}.{name}` of [`{path}`]({path})"), rule, reason))
            .collect::<Vec<_>>()
    });
    rows.collect()
}
