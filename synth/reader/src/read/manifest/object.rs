//! One object.

use super::{is_settled, kinds};
use crate::read::{Document, Entry, Map, Node};

/// One object of a file.
#[derive(Debug, Clone, Copy)]
pub struct Object<'a> {
    /// The document that it stands in.
    pub document: &'a Document,
    /// The whole of it.
    pub node: &'a Node,
    /// The group of the API; the oldest has no name.
    pub group: &'a str,
    /// The version of the group.
    pub version: &'a str,
    /// Its kind.
    pub kind: &'a str,
}

/// Where an object belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Namespace<'a> {
    /// To the cluster.
    Cluster,
    /// To one that it does not name: whoever applies it does, or it is `default`.
    Unsaid,
    /// To the one that it names.
    Said(&'a str),
}

impl<'a> Namespace<'a> {
    /// Whether two can be the same.
    #[must_use]
    pub fn meets(self, other: Namespace<'_>) -> bool {
        match (self, other) {
            (Self::Said(one), Namespace::Said(other)) => one == other || !is_settled(one) || !is_settled(other),
            (Self::Cluster, other) => other == Namespace::Cluster,
            (_, other) => other != Namespace::Cluster,
        }
    }

    /// The name where nobody says another.
    #[must_use]
    pub fn name(self) -> Option<&'a str> {
        match self {
            Self::Cluster => None,
            Self::Unsaid => Some("default"),
            Self::Said(name) => Some(name),
        }
    }
}

impl<'a> From<Option<&'a str>> for Namespace<'a> {
    fn from(name: Option<&'a str>) -> Self {
        name.filter(|name| !name.is_empty()).map_or(Self::Unsaid, Self::Said)
    }
}

impl<'a> Object<'a> {
    /// The object that a map is, if it says of which kind.
    #[must_use]
    pub fn new(document: &'a Document, node: &'a Node) -> Option<Self> {
        let api = node.get("apiVersion")?.text()?;
        let (group, version) = api.split_once('/').unwrap_or(("", api));
        let kind = node.get("kind")?.text()?;
        Some(Self {
            document,
            node,
            group,
            version,
            kind,
        })
    }

    /// The group and version as the object says them.
    #[must_use]
    pub fn api_version(&self) -> &'a str {
        self.node.get("apiVersion").and_then(Node::text).unwrap_or_default()
    }

    /// A value behind a path of keys.
    #[must_use]
    pub fn dig(&self, keys: &[&str]) -> Option<&'a Node> {
        self.node.dig(keys)
    }

    /// The entry behind a path of keys: the key is what a reader looks for.
    #[must_use]
    pub fn entry(&self, keys: &[&str]) -> Option<&'a Entry> {
        let (last, before) = keys.split_last()?;
        self.node.dig(before)?.map()?.entry(last)
    }

    /// A text behind a path of keys.
    #[must_use]
    pub fn text(&self, keys: &[&str]) -> Option<&'a str> {
        self.dig(keys)?.text()
    }

    /// Its name; one that the server makes has none.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        self.text(&["metadata", "name"])
    }

    /// Where to point at the object as a whole: its name, or else its kind.
    #[must_use]
    pub fn place(&self) -> &'a Node {
        let place = self.dig(&["metadata", "name"]).or_else(|| self.node.get("kind"));
        place.unwrap_or(self.node)
    }

    /// What to call it: Deployment `web`.
    #[must_use]
    pub fn title(&self) -> String {
        let name = self.name().or_else(|| self.text(&["metadata", "generateName"]));
        format!("{} `{}`", self.kind, name.unwrap_or("?"))
    }

    /// Where it belongs.
    #[must_use]
    pub fn namespace(&self) -> Namespace<'a> {
        if kinds::is_of_the_cluster(self.group, self.kind) {
            return Namespace::Cluster;
        }
        Namespace::from(self.text(&["metadata", "namespace"]))
    }

    /// Its labels.
    #[must_use]
    pub fn labels(&self) -> Labels<'a> {
        Labels(self.dig(&["metadata", "labels"]).and_then(Node::map))
    }

    /// A text of its annotations.
    #[must_use]
    pub fn annotation(&self, key: &str) -> Option<&'a str> {
        self.dig(&["metadata", "annotations"])?.get(key)?.text()
    }

    /// The folder of its file.
    #[must_use]
    pub fn folder(&self) -> &'a str {
        let file = &self.document.file;
        file.rfind(['/', '\\']).map_or("", |end| &file[..end])
    }

    /// Whether it is the same object in another place: of the same kind, namespace and name.
    #[must_use]
    pub fn is_like(&self, other: &Object<'_>) -> bool {
        (self.group, self.kind, self.name()) == (other.group, other.kind, other.name())
            && self.namespace() == other.namespace()
    }
}

/// The labels of an object or of the pods that it makes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Labels<'a>(pub(super) Option<&'a Map>);

impl<'a> Labels<'a> {
    /// The value of one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.0?.get(key)?.text()
    }

    /// Whether there is one, whatever its value is.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.0.is_some_and(|map| map.get(key).is_some())
    }

    /// All of them.
    pub fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let entries = self.0.into_iter().flat_map(Map::iter);
        entries.filter_map(|entry| Some((entry.key.as_str(), entry.value.text()?)))
    }
}
