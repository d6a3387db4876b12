//! Maps of texts, such as labels.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::Value;
use super::value::escaped;

/// Texts by their names, in the order of the names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts(BTreeMap<String, Value<String>>);

impl Texts {
    /// A map with these entries; of two with one name, the last counts.
    #[must_use]
    pub fn new<V: Into<Value<String>>>(entries: impl IntoIterator<Item = (&'static str, V)>) -> Self {
        Self(
            entries
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect(),
        )
    }
}

impl Serialize for Texts {
    /// The names are templates too.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (escaped(name), value)))
    }
}
