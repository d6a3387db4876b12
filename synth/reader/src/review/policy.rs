//! What becomes of a resource that leaves the stack.

use serde::Serialize;
use serde_json::Value as Json;

use super::stack::Item;

/// What happens to a resource that is removed or replaced, from the weakest to the safest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is deleted.
    Delete,
    /// It is deleted; a snapshot stays.
    Snapshot,
    /// It stays, outside the stack.
    Retain,
}

impl Fate {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Delete => "deleted",
            Self::Snapshot => "deleted after a snapshot",
            Self::Retain => "retained",
        }
    }
}

/// The types of which AWS can take a snapshot before it deletes; it refuses the policy on others.
const SNAPSHOTS: [&str; 8] = [
    "AWS::DocDB::DBCluster",
    "AWS::EC2::Volume",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::Neptune::DBCluster",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
];

/// What happens when the resource is removed from its template.
pub(super) fn removed(item: &Item) -> Fate {
    written(item, "DeletionPolicy").unwrap_or_else(|| default(item))
}

/// What happens to the old resource when a new one takes its place; without a policy AWS deletes it.
pub(super) fn replaced(item: &Item) -> Fate {
    match layer(item) {
        Some(fate) => fate,
        None => written(item, "UpdateReplacePolicy").unwrap_or(Fate::Delete),
    }
}

/// SAM gives each version of a layer a logical id of its own, and keeps the old ones unless told otherwise.
fn layer(item: &Item) -> Option<Fate> {
    let deletes = || {
        item.properties
            .get("RetentionPolicy")
            .is_some_and(|policy| policy == "Delete")
    };
    (item.kind == "AWS::Serverless::LayerVersion").then(|| if deletes() { Fate::Delete } else { Fate::Retain })
}

/// The fate under one of the two attributes.
pub(super) fn under(item: &Item, attribute: &str) -> Fate {
    if attribute == "DeletionPolicy" {
        removed(item)
    } else {
        replaced(item)
    }
}

fn written(item: &Item, attribute: &str) -> Option<Fate> {
    match item.attributes.get(attribute).and_then(Json::as_str)? {
        "Retain" | "RetainExceptOnCreate" => Some(Fate::Retain),
        "Snapshot" if SNAPSHOTS.contains(&item.kind.as_str()) => Some(Fate::Snapshot),
        "Snapshot" | "Delete" => Some(Fate::Delete),
        _ => None,
    }
}

/// AWS takes a snapshot of a cluster, and of a database instance outside a cluster, unless told otherwise.
fn default(item: &Item) -> Fate {
    match item.kind.as_str() {
        "AWS::RDS::DBCluster" => Fate::Snapshot,
        "AWS::RDS::DBInstance" if !item.properties.contains_key("DBClusterIdentifier") => Fate::Snapshot,
        _ => layer(item).unwrap_or(Fate::Delete),
    }
}
