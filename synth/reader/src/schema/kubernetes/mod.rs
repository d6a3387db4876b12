//! The facts of Kubernetes: every built-in kind of the versions in the store, and the few of EKS that no package has.
//!
//! ```ignore
//! let kind = kubernetes::kind(Version::V1_36, "apps/v1", "Deployment")?;
//! kind.definition().field("spec")?.definition(Version::V1_36)?.field("replicas")?.shape   // Shape::Integer
//! kind.is_namespaced()                                                                    // true
//! ```

mod closed;
mod definition;
mod of_eks;
mod scope;
mod version;

use std::sync::LazyLock;

pub use definition::{Definition, Field, Shape, definition};
pub use version::Version;

use super::store::{Store, WHOLE};

/// Where the facts come from.
#[must_use]
pub fn source() -> &'static super::Source {
    &store().source
}

fn store() -> &'static Store {
    static STORE: LazyLock<Store> =
        LazyLock::new(|| Store::open(include_bytes!("../../../../schemas/kubernetes.zst")).expect(WHOLE));
    &STORE
}

/// The text of a record.
fn text(name: &str) -> Option<&'static str> {
    let position = store().position(name)?;
    store().text(&store().records[position])
}

/// A kind that has objects of its own, in a version.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The version of Kubernetes.
    pub version: Version,
    /// The group and its version, such as `apps/v1`.
    pub api_version: &'static str,
    /// The kind, such as `Deployment`.
    pub name: &'static str,
    definition: &'static str,
}

impl Kind {
    /// What an object of it has.
    ///
    /// # Panics
    ///
    /// Never: every kind of the store has its definition, which a test holds.
    #[must_use]
    pub fn definition(&self) -> &'static Definition {
        definition(self.version, self.definition).expect(WHOLE)
    }

    /// Whether its objects stand in a namespace.
    #[must_use]
    pub fn is_namespaced(&self) -> bool {
        scope::is_namespaced(self.api_version, self.name)
    }
}

/// A kind by its group and name.
#[must_use]
pub fn kind(version: Version, api_version: &str, name: &str) -> Option<Kind> {
    kinds(version).find(|kind| kind.api_version == api_version && kind.name == name)
}

/// All kinds of a version, by group.
pub fn kinds(version: Version) -> impl Iterator<Item = Kind> {
    static LINES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let of = |version: Version| text(&format!("kinds-{version}")).expect(WHOLE);
        Version::ALL.into_iter().map(of).collect()
    });
    let built_in = LINES[version as usize].lines().chain(of_eks::KINDS.lines());
    built_in.filter_map(move |line| {
        let mut words = line.split(' ');
        Some(Kind {
            version,
            api_version: words.next()?,
            name: words.next()?,
            definition: words.next()?,
        })
    })
}

/// The versions that have a kind, whatever the version of its group, each with that: `policy/v1beta1` until 1.24,
/// `policy/v1` since 1.21.
pub fn versions_of(group: &str, name: &str) -> impl Iterator<Item = (Version, &'static str)> {
    let is_it = move |kind: &Kind| kind.name == name && self::group(kind.api_version) == group;
    Version::ALL
        .into_iter()
        .flat_map(kinds)
        .filter(is_it)
        .map(|kind| (kind.version, kind.api_version))
}

/// The group of `apps/v1`: `apps`; nothing for the first one, which is `v1`.
#[must_use]
pub fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}
