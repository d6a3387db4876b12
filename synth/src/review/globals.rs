//! `Globals` of SAM: what the resources of a type share without saying it.

use serde_json::{Map, Value as Json};

use super::side::Item;
use crate::schema::sam;

/// Gives resources what `Globals` says of their type, the way the transform does: what a resource says itself counts,
/// maps are put together, and lists follow one another.
pub(super) fn give<'a>(globals: &Map<String, Json>, items: impl Iterator<Item = &'a mut Item>) {
    if globals.is_empty() {
        return;
    }
    for item in items {
        let shared = sam::of(&item.kind).and_then(|kind| globals.get(kind.word())?.as_object());
        for (name, value) in shared.into_iter().flatten() {
            let own = item.properties.remove(name);
            item.properties.insert(name.clone(), merged(value, own));
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
