//! Values that a review must not spread.

use serde_json::{Map, Value as Json};

use super::differ::Difference;
use super::object::Object;
use crate::review::secret;

/// A value without the secrets in it.
pub(super) fn of(object: &Object, difference: &Difference, value: Option<&Json>) -> Option<Json> {
    let value = value?;
    if object.is(&["Secret"]) && ["data", "stringData"].iter().any(|part| difference.is_in(part)) {
        return Some(match value {
            Json::Object(map) => map
                .keys()
                .map(|key| (key.clone(), "****".into()))
                .collect::<Map<_, _>>()
                .into(),
            _ => "****".into(),
        });
    }
    let last = difference.place.last().map(String::as_str).unwrap_or_default();
    let names = difference.place.iter().map(|step| step.trim_matches(['[', ']']));
    let below_secret = matches!(last, "value") && names.rev().nth(1).is_some_and(secret::is_secret);
    let is_data = object.is(&["ConfigMap"]) && secret::is_secret(last);
    if (below_secret || is_data) && value.is_string() {
        return Some("****".into());
    }
    let whole = Map::from_iter([("at".to_owned(), value.clone())]);
    secret::hide(Some(value), &[], &whole)
}
