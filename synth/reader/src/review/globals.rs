//! `Globals` of SAM: what the resources of a type share without saying it.

use serde_json::{Map, Value as Json};

use crate::schema::sam;

/// Gives resources, as types and properties, what `Globals` says of their type, the way the transform does: what a
/// resource says itself counts, maps are put together, and lists follow one another.
pub(super) fn give<'a>(
    globals: &Map<String, Json>,
    resources: impl Iterator<Item = (&'a str, &'a mut Map<String, Json>)>,
) {
    if globals.is_empty() {
        return;
    }
    for (kind, properties) in resources {
        let shared = sam::of(kind).and_then(|kind| globals.get(kind.word())?.as_object());
        for (name, value) in shared.into_iter().flatten() {
            let own = properties.remove(name);
            properties.insert(name.clone(), merged(value, own));
        }
    }
}

fn merged(shared: &Json, own: Option<Json>) -> Json {
    match (shared, own) {
        (shared, None) => shared.clone(),
        (Json::Object(shared), Some(Json::Object(mut own))) => {
            for (name, value) in shared {
                let inner = own.remove(name);
                own.insert(name.clone(), merged(value, inner));
            }
            Json::Object(own)
        }
        (Json::Array(shared), Some(Json::Array(own))) => shared.iter().cloned().chain(own).collect(),
        (_, Some(own)) => own,
    }
}
