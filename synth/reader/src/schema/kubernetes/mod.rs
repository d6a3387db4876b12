//! The kinds of Kubernetes, by version: Kubernetes' own, and custom resources that many clusters have.
//!
//! They are embedded and decoded definition by definition: whoever asks for a Deployment decodes what pods are made of,
//! and nothing else.
//!
//! ```ignore
//! let kind = kubernetes::kind(Version::V1_36, "apps/v1", "Deployment")?;
//! kind.namespaced();                                                      // true
//! let strategy = kind.root().find("spec/strategy/type")?;
//! strategy.allowed().collect::<Vec<_>>();                                 // ["RollingUpdate", "Recreate"]
//! kubernetes::kind(Version::V1_36, "policy/v1beta1", "PodDisruptionBudget");   // None
//! kubernetes::removed("policy/v1beta1", "PodDisruptionBudget")?.instead;       // Some("policy/v1")
//! ```

mod node;
mod removed;
mod version;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde_json::Value as Json;

pub use node::{ListType, Node, Type};
pub use removed::{Removed, removed};
pub use version::Version;

use super::Source;
use super::store::{self, WHOLE};

/// The levels of the Pod Security Standards, the loosest first:
/// <https://kubernetes.io/docs/concepts/security/pod-security-standards/>.
pub const POD_SECURITY_LEVELS: [&str; 3] = ["privileged", "baseline", "restricted"];

/// The group of what kubeadm reads.
pub const KUBEADM: &str = "kubeadm.k8s.io";

/// A kind of a version.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    root: Node,
}

impl Kind {
    /// The whole object, `apiVersion`, `kind` and `metadata` included.
    #[must_use]
    pub fn root(&self) -> Node {
        self.root
    }

    /// Whether its objects stand in a namespace.
    #[must_use]
    pub fn namespaced(&self) -> bool {
        self.root.in_namespace()
    }
}

/// A kind of a version, such as `apps/v1` and `Deployment`; `None` if that version has no such kind.
#[must_use]
pub fn kind(version: Version, api_version: &str, kind: &str) -> Option<Kind> {
    let position = position(&format!("{api_version}/{kind}"), version)?;
    let root = Node::of(version, position);
    Some(Kind { root })
}

/// The api version and the name of each kind of a version, sorted; lists of objects are kinds of their own.
pub fn kinds(version: Version) -> impl Iterator<Item = (&'static str, &'static str)> {
    let records = store::kubernetes().records.iter();
    let present = records.filter(move |record| record.absent >> version.bit() & 1 == 0);
    present.filter_map(|record| {
        let name = record.name.split('@').next()?;
        name.rsplit_once('/')
    })
}

/// The api versions under which a kind of a group exists, each with the versions of Kubernetes that have it, in order;
/// the group of `v1` is the empty text.
#[must_use]
pub fn versions_of(group: &str, kind: &str) -> BTreeMap<&'static str, Vec<Version>> {
    let mut found: BTreeMap<&str, Vec<Version>> = BTreeMap::new();
    for version in Version::ALL {
        for (api_version, name) in kinds(version) {
            if name == kind && self::group(api_version) == group {
                found.entry(api_version).or_default().push(version);
            }
        }
    }
    found
}

/// The group of an api version: `apps` of `apps/v1`, nothing of `v1`.
#[must_use]
pub fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// The names of all kinds of a version with their api versions whose name is nearest to a mistyped one, if one is near.
#[must_use]
pub fn nearest_kind(version: Version, kind: &str) -> Option<&'static str> {
    super::near::nearest(kind, kinds(version).map(|(_, name)| name))
}

/// Where the facts come from.
#[must_use]
pub fn source() -> &'static Source {
    &store::kubernetes().source
}

/// The record of a definition in a version: its newest form, or an older one.
fn position(name: &str, version: Version) -> Option<usize> {
    let store = store::kubernetes();
    let has = |position: usize| store.records[position].absent >> version.bit() & 1 == 0;
    let newest = store.position(name)?;
    if has(newest) {
        return Some(newest);
    }
    let older = (1..).map_while(|form| store.position(&format!("{name}@{form}")));
    older.into_iter().find(|position| has(*position))
}

/// What a record says.
fn decoded(position: usize) -> &'static Json {
    static DEFINITIONS: LazyLock<Vec<OnceLock<Json>>> =
        LazyLock::new(|| store::kubernetes().records.iter().map(|_| OnceLock::new()).collect());
    let store = store::kubernetes();
    DEFINITIONS[position].get_or_init(|| {
        let text = store.text(&store.records[position]).expect(WHOLE);
        serde_json::from_str(text).expect(WHOLE)
    })
}

/// The name of a record's definition.
fn name(position: usize) -> &'static str {
    let name = store::kubernetes().records[position].name.as_str();
    name.split_once('@').map_or(name, |(name, _)| name)
}
