//! An object in the form in which it is compared.

use serde_json::{Map, Value as Json};

use crate::read::manifest::{Namespace, Objects, is_built_in, template_path};
use crate::read::{Document, Kind, Node};
use crate::schema::kubernetes::{self, Node as Schema, POD_SECURITY_LEVELS, Type, Version};

/// <https://kubernetes.io/docs/concepts/security/pod-security-admission/>
pub(super) const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

/// What the server writes, which is in files only when they were read from it.
const OF_THE_SERVER: &[&str] = &[
    "creationTimestamp",
    "generation",
    "managedFields",
    "resourceVersion",
    "selfLink",
    "uid",
];

/// Annotations that the server's own controllers and `kubectl` write.
const WRITTEN: &[&str] = &[
    "deployment.kubernetes.io/revision",
    "kubectl.kubernetes.io/last-applied-configuration",
];

/// One object.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) file: String,
    pub(super) line: u32,
    /// The file of that line: that of the whole, or one that a kustomization reads.
    pub(super) shown: String,
    pub(super) api_version: String,
    pub(super) group: String,
    pub(super) kind: String,
    /// Of an object of the cluster there is none, and it is empty where the file does not say it.
    pub(super) namespace: Option<String>,
    pub(super) name: String,
    pub(super) value: Map<String, Json>,
}

impl Object {
    /// The objects of a document, those of lists among them.
    pub(super) fn of(document: &Document) -> Vec<Self> {
        let documents = std::slice::from_ref(document);
        let objects = Objects::new(documents);
        let each = objects.all().iter().filter_map(|object| {
            let name = object.name().or_else(|| object.text(&["metadata", "generateName"]))?;
            let api_version = object.api_version();
            let schema = schema(api_version, object.kind);
            let place = document.place(object.place().at);
            Some(Self {
                file: document.file.clone(),
                shown: place.0.to_owned(),
                line: place.1.line,
                api_version: api_version.to_owned(),
                group: if is_built_in(object.group) {
                    String::new()
                } else {
                    object.group.to_owned()
                },
                kind: object.kind.to_owned(),
                namespace: match object.namespace() {
                    Namespace::Cluster => None,
                    Namespace::Unsaid => Some(String::new()),
                    Namespace::Said(name) => Some(name.to_owned()),
                },
                name: name.to_owned(),
                value: whole(object.node, schema),
            })
        });
        each.collect()
    }

    /// A value behind a path of keys.
    pub(super) fn dig(&self, keys: &[&str]) -> Option<&Json> {
        let (first, rest) = keys.split_first()?;
        rest.iter()
            .try_fold(self.value.get(*first)?, |value, key| value.get(*key))
    }

    pub(super) fn text(&self, keys: &[&str]) -> Option<&str> {
        self.dig(keys)?.as_str()
    }

    /// The items of a list behind a path of keys.
    pub(super) fn list(&self, keys: &[&str]) -> &[Json] {
        self.dig(keys).and_then(Json::as_array).map_or(&[], Vec::as_slice)
    }

    pub(super) fn annotation(&self, key: &str) -> Option<&str> {
        self.text(&["metadata", "annotations", key])
    }

    /// How much the level of pod security of a namespace forbids: its place in [`POD_SECURITY_LEVELS`].
    pub(super) fn pod_security(&self) -> Option<usize> {
        let said = self.label(ENFORCE).unwrap_or(POD_SECURITY_LEVELS[0]);
        POD_SECURITY_LEVELS.iter().position(|level| *level == said)
    }

    pub(super) fn label(&self, key: &str) -> Option<&str> {
        self.text(&["metadata", "labels", key])
    }

    /// Whether it is of one of these kinds of Kubernetes itself.
    pub(super) fn is(&self, kinds: &[&str]) -> bool {
        self.group.is_empty() && kinds.contains(&self.kind.as_str())
    }

    /// Whether two may be in one namespace.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        match (&self.namespace, &other.namespace) {
            (Some(one), Some(other)) => one == other || one.is_empty() || other.is_empty(),
            (one, other) => one == other,
        }
    }

    /// The folder of its file.
    pub(super) fn folder(&self) -> &str {
        self.file.rfind('/').map_or("", |end| &self.file[..end])
    }

    /// Its name with its namespace, as `kubectl` writes it.
    pub(super) fn id(&self) -> String {
        match self.namespace.as_deref() {
            None | Some("") => self.name.clone(),
            Some(namespace) => format!("{namespace}/{}", self.name),
        }
    }

    /// Whether it is a part of an object that stands elsewhere, as kustomize puts them together.
    pub(super) fn is_patch(&self) -> bool {
        let workloads = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];
        let lacks_image = || {
            let containers = self.pod().and_then(|pod| pod.get("containers")?.as_array());
            containers.is_none_or(|all| all.iter().any(|container| container.get("image").is_none()))
        };
        self.is(&workloads) && (self.dig(&["spec", "selector"]).is_none() || lacks_image())
    }

    /// A part of what it makes pods of: their `metadata` or their `spec`. A template by itself makes none.
    fn of_pods(&self, part: &str) -> Option<&Json> {
        let group = self.api_version.split_once('/').map_or("", |(group, _)| group);
        let path = template_path(group, &self.kind).filter(|_| self.kind != "PodTemplate")?;
        self.dig(&[path, &[part]].concat())
    }

    /// The `spec` of its pods.
    pub(super) fn pod(&self) -> Option<&Json> {
        self.of_pods("spec")
    }

    /// The labels of its pods.
    pub(super) fn pod_labels(&self) -> Option<&Map<String, Json>> {
        self.of_pods("metadata")?.get("labels")?.as_object()
    }
}

/// The schema of a kind, in the newest version that has it.
pub(super) fn schema(api_version: &str, kind: &str) -> Option<Schema> {
    let mut versions = Version::ALL.iter().rev();
    versions.find_map(|version| kubernetes::kind(*version, api_version, kind).map(|kind| kind.root()))
}

fn whole(node: &Node, schema: Option<Schema>) -> Map<String, Json> {
    let Some(Json::Object(mut map)) = value(node, schema) else {
        return Map::new();
    };
    for key in ["apiVersion", "kind", "status"] {
        map.remove(key);
    }
    if let Some(metadata) = map.get_mut("metadata").and_then(Json::as_object_mut) {
        for key in OF_THE_SERVER {
            metadata.remove(*key);
        }
        // The pair says them already.
        for key in ["name", "namespace", "generateName"] {
            metadata.remove(key);
        }
        if let Some(annotations) = metadata.get_mut("annotations").and_then(Json::as_object_mut) {
            annotations.retain(|key, _| !WRITTEN.contains(&key.as_str()));
        }
        metadata.retain(|_, value| value.as_object().is_none_or(|map| !map.is_empty()));
    }
    map
}

/// A value without what says nothing: `null`, an empty list, a map without entries.
fn value(node: &Node, schema: Option<Schema>) -> Option<Json> {
    match &node.kind {
        Kind::Null => None,
        Kind::List(items) => {
            let below = schema.and_then(|schema| schema.items());
            let items: Vec<Json> = items.iter().filter_map(|item| value(item, below)).collect();
            (!items.is_empty()).then_some(Json::Array(items))
        }
        Kind::Map(map) => {
            let below = |key: &str| schema.and_then(|schema| schema.field(key).or_else(|| schema.values()));
            let entries = map
                .iter()
                .filter_map(|entry| Some((entry.key.clone(), value(&entry.value, below(&entry.key))?)));
            let entries: Map<String, Json> = entries.collect();
            // An object without fields may mean something, as `emptyDir: {}` does.
            let is_map = schema.is_some_and(|schema| schema.kind() == Type::Map);
            (!(is_map && entries.is_empty())).then_some(Json::Object(entries))
        }
        Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) => Some(node.to_value()),
    }
}
