//! What a look-up in a mapping reads of what changes in it.

use serde_json::{Map, Value as Json};

use super::super::canon::same;
use super::pair::Pair;
use crate::read::template::json::{scalar, values};

/// Whether one of the values that a look-up may find, by the keys after the mapping's name, changes.
pub(super) fn reads_change<'a>(pair: &Pair<'a>, map: &str, keys: &[Json]) -> bool {
    let (old, new) = (pair.old.mappings.get(map), pair.new.mappings.get(map));
    let [first, second, ..] = keys else { return true };
    let may_be = |key: &Json, name: &str| values(key).into_iter().any(|one| may_be(pair, one, name));
    // A stack that is there has found something, so that what is new is read only beside a default.
    let has_default = keys.len() > 2;
    let changes = |name: &str, key: &str| {
        let value = |side: Option<&'a Json>| side?.get(name)?.get(key);
        match (value(old), value(new)) {
            (Some(old), Some(new)) => !same(old, new),
            (old, new) => old.is_some() || (new.is_some() && has_default),
        }
    };
    let mut first = names(old, new).filter(|name| may_be(first, name));
    first.any(|name| {
        let below = |side: Option<&'a Json>| side.and_then(|side| side.get(name));
        names(below(old), below(new)).any(|key| may_be(second, key) && changes(name, key))
    })
}

/// Whether a key of a look-up may come out as a name.
fn may_be(pair: &Pair<'_>, key: &Json, name: &str) -> bool {
    if let Some(text) = key.as_str() {
        return text == name;
    }
    let parameter = key.get("Ref").and_then(Json::as_str);
    let parameter = parameter.and_then(|parameter| pair.new.parameters.get(parameter));
    let allowed = parameter.and_then(|parameter| parameter.get("AllowedValues")?.as_array());
    allowed.is_none_or(|allowed| allowed.iter().any(|one| scalar(one).as_deref() == Some(name)))
}

/// The keys that either side has.
fn names<'m>(old: Option<&'m Json>, new: Option<&'m Json>) -> impl Iterator<Item = &'m str> {
    let keys = |side: Option<&'m Json>| side.and_then(Json::as_object).into_iter().flat_map(Map::keys);
    let gone = keys(old).filter(move |key| new.is_none_or(|new| new.get(*key).is_none()));
    keys(new).chain(gone).map(String::as_str)
}
