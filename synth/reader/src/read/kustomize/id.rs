//! What tells an object apart.

use crate::read::Node;
use crate::read::manifest::is_of_the_cluster;

/// The kind, namespace and name of an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id {
    pub(super) group: String,
    pub(super) version: String,
    pub(super) kind: String,
    /// As it is written; nothing is `default` to kustomize.
    pub(super) namespace: Option<String>,
    pub(super) name: String,
}

impl Id {
    pub(super) fn of(root: &Node) -> Self {
        let text = |keys: &[&str]| root.dig(keys).and_then(Node::scalar).unwrap_or_default();
        let api = text(&["apiVersion"]);
        let (group, version) = api.split_once('/').unwrap_or(("", &api));
        Self {
            group: group.to_owned(),
            version: version.to_owned(),
            kind: text(&["kind"]),
            namespace: Some(text(&["metadata", "namespace"])).filter(|name| !name.is_empty()),
            name: text(&["metadata", "name"]),
        }
    }

    pub(super) fn is_of_the_cluster(&self) -> bool {
        is_of_the_cluster(&self.group, &self.kind)
    }

    /// Where it belongs: nowhere for what is of the cluster.
    pub(super) fn place(&self) -> Option<&str> {
        (!self.is_of_the_cluster()).then(|| self.namespace.as_deref().unwrap_or("default"))
    }

    /// Whether both name the same object.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.is_kind(other) && self.name == other.name && self.place() == other.place()
    }

    pub(super) fn is_kind(&self, other: &Self) -> bool {
        (&self.group, &self.version, &self.kind) == (&other.group, &other.version, &other.kind)
    }

    /// What to call it: Deployment `web`.
    pub(super) fn title(&self) -> String {
        format!("{} `{}`", self.kind, self.name)
    }

    /// What no two objects of a rendering have in common.
    pub(super) fn key(&self) -> (&str, &str, &str, Option<&str>, &str) {
        (&self.group, &self.version, &self.kind, self.place(), &self.name)
    }
}
