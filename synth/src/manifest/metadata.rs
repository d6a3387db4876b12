//! What every object says of itself.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::{Serialize, Serializer};

/// A kind that has objects of its own.
pub trait Kind: Serialize {
    /// The group and its version, such as `apps/v1`.
    const API_VERSION: &'static str;
    /// The kind, such as `Deployment`.
    const KIND: &'static str;
    /// The kind as rights name it, such as `deployments`.
    const PLURAL: &'static str;
    /// Whether its objects stand in a namespace.
    const NAMESPACED: bool;

    /// Its name, its labels, and what controllers read.
    fn metadata(&self) -> &Metadata;

    /// The same, to change it.
    fn metadata_mut(&mut self) -> &mut Metadata;
}

/// The name of an object, its labels, and what controllers and people read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Metadata {
    /// Its name.
    pub name: String,
    /// Its namespace; a bundle says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// What it is chosen by.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// What controllers and people read.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

impl Metadata {
    /// An object's name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// The same with something that controllers or people read.
    #[must_use]
    pub fn annotated(mut self, key: &str, value: impl Into<String>) -> Self {
        self.annotations.insert(key.to_owned(), value.into());
        self
    }

    /// The same with labels.
    #[must_use]
    pub fn labelled(mut self, labels: impl IntoIterator<Item = (String, String)>) -> Self {
        self.labels.extend(labels);
        self
    }
}

/// The name of an object of a kind. Only a bundle that has the object makes one.
pub struct Name<K> {
    name: String,
    kind: PhantomData<fn() -> K>,
}

impl<K> Name<K> {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: PhantomData,
        }
    }

    /// A name that an annotation gives a meaning to, where a controller looks for that first: an action of an Ingress in
    /// the place of a Service.
    #[must_use]
    pub fn of_action(name: &str) -> Self {
        Self::new(name)
    }

    /// The name of what a chart makes: it stands in no file of ours.
    #[must_use]
    pub fn of_chart(name: &str) -> Self {
        Self::new(name)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }
}

impl<K> Clone for Name<K> {
    fn clone(&self) -> Self {
        Self::new(&self.name)
    }
}

impl<K> PartialEq for Name<K> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl<K> fmt::Debug for Name<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.name, f)
    }
}

impl<K> From<&Self> for Name<K> {
    fn from(name: &Self) -> Self {
        name.clone()
    }
}

impl<K> Serialize for Name<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}
