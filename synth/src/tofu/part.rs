//! What a module holds, and what can be said of it elsewhere.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;

use super::{Error, Value};

/// A kind of resource, or of a thing that is only looked up.
pub trait Kind: Serialize {
    /// Its name, such as `google_compute_instance`.
    const KIND: &'static str;
    /// Whether it is only looked up: a data source.
    const DATA: bool;
}

/// The name of a part of a module among those of its kind. A resource whose label changes is deleted and made anew, so it
/// comes from the role of the resource and from nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label(String);

impl Label {
    /// Parses a name.
    ///
    /// # Errors
    ///
    /// [`Error::Label`] if the language does not take it.
    pub fn new(name: &str) -> Result<Self, Error> {
        let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let letters = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        if begins && letters {
            Ok(Self(name.to_owned()))
        } else {
            Err(Error::Label { name: name.to_owned() })
        }
    }

    /// The name as it stands in a file.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A part of a module as expressions name it, such as `google_compute_network.main`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference(String);

impl Reference {
    pub(super) fn new<K: Kind>(label: &Label) -> Self {
        let room = if K::DATA { "data." } else { "" };
        Self(format!("{room}{}.{}", K::KIND, label.as_str()))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The only thing that can refer to a resource.
pub struct Handle<K> {
    reference: Reference,
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> Handle<K> {
    pub(super) fn new(label: &Label) -> Self {
        Self {
            reference: Reference::new::<K>(label),
            kind: PhantomData,
        }
    }

    /// The resource, for others to wait for.
    #[must_use]
    pub fn reference(&self) -> Reference {
        self.reference.clone()
    }

    /// What is known of it under a name or a path, such as `network_interface[0].network_ip`.
    pub(crate) fn attribute<T>(&self, path: &str) -> Value<T> {
        Value::expression(format!("{}.{path}", self.reference))
    }
}

impl<K> Clone for Handle<K> {
    fn clone(&self) -> Self {
        Self {
            reference: self.reference.clone(),
            kind: PhantomData,
        }
    }
}

impl<K> fmt::Debug for Handle<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reference.fmt(f)
    }
}
