//! Objects in the order in which they are applied.

use serde_json::{Map, Value as Json};

use super::layout::Layout;
use super::metadata::{Kind, Name};
use super::yaml::yaml;

/// Why objects do not stand together.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Two objects of a kind have one name.
    #[error("{kind} `{name}` stands twice in the manifests of {namespace}; give each its own name")]
    Twice {
        /// The kind.
        kind: &'static str,
        /// The name.
        name: String,
        /// The namespace.
        namespace: String,
    },
    /// An object cannot be written as JSON, which is a mistake in this crate.
    #[error("{0} cannot be written: {1}")]
    Unwritable(&'static str, serde_json::Error),
}

/// An object as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The group of its kind, such as `apps`; nothing for the first one.
    pub group: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Its kind as rights name it, such as `deployments`.
    pub resource: &'static str,
    /// Its name.
    pub name: String,
    /// All of it.
    pub json: Json,
}

/// The objects of a namespace, in the order in which they are applied.
#[derive(Clone, Debug)]
pub struct Bundle {
    namespace: String,
    layout: Layout,
    objects: Vec<Object>,
}

impl Bundle {
    /// Nothing yet, for a namespace; without a name for whichever an overlay says.
    #[must_use]
    pub fn new(namespace: &str, layout: Layout) -> Self {
        Self {
            namespace: namespace.to_owned(),
            layout,
            objects: Vec::new(),
        }
    }

    /// Takes in an object, and gives its name.
    ///
    /// # Errors
    ///
    /// [`Error::Twice`] if there is one of its kind and name.
    pub fn add<K: Kind>(&mut self, object: K) -> Result<Name<K>, Error> {
        let namespace = self.namespace.clone();
        self.add_in(&namespace, object)
    }

    /// The same in another namespace: what is said of something that is there already.
    ///
    /// # Errors
    ///
    /// The same.
    pub fn add_in<K: Kind>(&mut self, namespace: &str, mut object: K) -> Result<Name<K>, Error> {
        if K::NAMESPACED && !namespace.is_empty() {
            object.metadata_mut().namespace = Some(namespace.to_owned());
        }
        let name = object.metadata().name.clone();
        let at = |other: &Object| {
            let there = other.json["metadata"]["namespace"].as_str();
            !K::NAMESPACED || there.unwrap_or_default() == namespace
        };
        if self
            .objects
            .iter()
            .any(|other| other.kind == K::KIND && other.name == name && at(other))
        {
            return Err(Error::Twice {
                kind: K::KIND,
                name,
                namespace: namespace.to_owned(),
            });
        }
        let Json::Object(fields) = serde_json::to_value(&object).map_err(|error| Error::Unwritable(K::KIND, error))?
        else {
            unreachable!("a kind is a struct");
        };
        let mut json = Map::new();
        json.insert("apiVersion".into(), K::API_VERSION.into());
        json.insert("kind".into(), K::KIND.into());
        json.extend(fields);
        let given = Name::new(&name);
        self.objects.push(Object {
            group: K::API_VERSION.split_once('/').map_or("", |(group, _)| group),
            kind: K::KIND,
            resource: K::PLURAL,
            name,
            json: Json::Object(json),
        });
        Ok(given)
    }

    /// Adds what checkers and people read to an object that is there; no namespace is the bundle's own.
    pub fn annotate(&mut self, (kind, namespace, name): (&str, &str, &str), key: &str, value: String) {
        let own = &self.namespace;
        let namespace = if namespace.is_empty() { own } else { namespace };
        let object = self.objects.iter_mut().find(|object| {
            let at = object.json["metadata"]["namespace"].as_str();
            object.kind == kind && object.name == name && at.is_none_or(|at| at == namespace)
        });
        if let Some(metadata) = object.and_then(|object| object.json["metadata"].as_object_mut()) {
            let annotations = metadata
                .entry("annotations")
                .or_insert_with(|| Json::Object(Map::new()));
            annotations[key] = value.into();
        }
    }

    /// The objects with the files that they stand in, in the order in which they are applied: `65-deployment.yaml`.
    #[must_use]
    pub fn objects(&self) -> Vec<(String, &Object)> {
        let placed = self
            .objects
            .iter()
            .map(|object| (self.layout.place(object.kind), object));
        let mut all: Vec<_> = placed.collect();
        all.sort_by_key(|((place, _), _)| *place);
        all.into_iter().map(|((_, file), object)| (file, object)).collect()
    }

    /// The text of each file, in the order in which they are applied.
    #[must_use]
    pub fn files(&self) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = Vec::new();
        for (name, object) in self.objects() {
            let text = yaml(&object.json);
            match files.last_mut().filter(|(last, _)| *last == name) {
                Some((_, before)) => before.extend(["---\n", &text]),
                None => files.push((name, text)),
            }
        }
        files
    }
}
