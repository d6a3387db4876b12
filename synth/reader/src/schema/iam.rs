//! The actions of IAM: on which kinds of resource each can be allowed, and under which conditions.

use std::cmp::Ordering;
use std::sync::{LazyLock, OnceLock};

use super::store::{self, WHOLE};

/// A service of AWS as IAM sees it.
#[derive(Debug)]
pub struct Service {
    /// What its actions begin with, such as `ecr`.
    pub prefix: &'static str,
    /// Its actions, sorted by name without regard to case.
    pub actions: Vec<Action>,
    /// The kinds of resource that its actions can be narrowed to, sorted by name.
    pub resources: Vec<ResourceKind>,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its name without the prefix, such as `BatchGetImage`. It is in lower case where no source has the case, which
    /// is fine with IAM, which does not look at it.
    pub name: String,
    /// What it does to what it acts on, if a source says.
    pub level: Option<Level>,
    /// The kinds of resource that it can be narrowed to, of this service; none means that only `*` will do.
    pub resources: Vec<String>,
    /// The condition keys that it knows besides those of its resources, if a source says.
    pub conditions: Vec<String>,
    /// Actions that AWS asks for besides, such as `iam:PassRole`.
    pub depends_on: Vec<String>,
}

/// What an action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(
    missing_docs,
    reason = "the names are those of AWS's service authorization reference"
)]
pub enum Level {
    List,
    Read,
    Tagging,
    Write,
    PermissionsManagement,
}

/// A kind of resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceKind {
    /// Its name in the service authorization reference, such as `repository`.
    pub name: String,
    /// The shapes of its ARN, such as `arn:${Partition}:ecr:${Region}:${Account}:repository/${RepositoryName}`.
    pub arns: Vec<String>,
    /// The condition keys that look at it.
    pub conditions: Vec<String>,
}

impl Service {
    /// An action by its name, in any case.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&Action> {
        let position = self.actions.binary_search_by(|action| without_case(&action.name, name));
        position.ok().map(|position| &self.actions[position])
    }

    /// A kind of resource by its name, in any case: some actions name it in another than the kind itself.
    #[must_use]
    pub fn resource(&self, name: &str) -> Option<&ResourceKind> {
        // Nearly all are named as they are spelled.
        let spelled = self.resources.binary_search_by(|kind| kind.name.as_str().cmp(name));
        let mut kinds = self.resources.iter();
        match spelled {
            Ok(position) => self.resources.get(position),
            Err(_) => kinds.find(|kind| kind.name.eq_ignore_ascii_case(name)),
        }
    }

    /// The action whose name is nearest to a mistyped one, if one is near.
    #[must_use]
    pub fn nearest_action(&self, name: &str) -> Option<&str> {
        super::near::nearest(name, self.actions.iter().map(|action| action.name.as_str()))
    }

    fn decode(prefix: &'static str, text: Option<&str>) -> Self {
        let raw: raw::Service = serde_json::from_str(text.expect(WHOLE)).expect(WHOLE);
        Self {
            prefix,
            actions: raw.actions.0.into_iter().map(Action::from).collect(),
            resources: raw.resources.0.into_iter().map(ResourceKind::from).collect(),
        }
    }
}

impl From<(String, raw::Action)> for Action {
    fn from((name, raw): (String, raw::Action)) -> Self {
        Self {
            name,
            level: raw.level.and_then(|letter| level(&letter)),
            resources: raw.on,
            conditions: raw.keys,
            depends_on: raw.needs,
        }
    }
}

impl From<(String, raw::Resource)> for ResourceKind {
    fn from((name, raw): (String, raw::Resource)) -> Self {
        Self {
            name,
            arns: raw.arns,
            conditions: raw.keys,
        }
    }
}

/// A record as it lies in the store.
mod raw {
    use std::fmt;
    use std::marker::PhantomData;

    use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

    #[derive(serde::Deserialize)]
    pub(super) struct Service {
        #[serde(default)]
        pub(super) actions: Entries<Action>,
        #[serde(default)]
        pub(super) resources: Entries<Resource>,
    }

    #[derive(Default, serde::Deserialize)]
    #[serde(default)]
    pub(super) struct Action {
        pub(super) level: Option<String>,
        pub(super) on: Vec<String>,
        pub(super) keys: Vec<String>,
        pub(super) needs: Vec<String>,
    }

    #[derive(Default, serde::Deserialize)]
    #[serde(default)]
    pub(super) struct Resource {
        pub(super) arns: Vec<String>,
        pub(super) keys: Vec<String>,
    }

    /// An object in its own order.
    pub(super) struct Entries<T>(pub(super) Vec<(String, T)>);

    impl<T> Default for Entries<T> {
        fn default() -> Self {
            Self(Vec::new())
        }
    }

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_map(Reader(PhantomData))
        }
    }

    struct Reader<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
        type Value = Entries<T>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(Entries(entries))
        }
    }
}

/// Which of two texts comes first, in whatever case they are.
fn without_case(one: &str, other: &str) -> Ordering {
    for (one, other) in one.bytes().zip(other.bytes()) {
        if one != other {
            match one.to_ascii_lowercase().cmp(&other.to_ascii_lowercase()) {
                Ordering::Equal => {}
                different => return different,
            }
        }
    }
    one.len().cmp(&other.len())
}

fn level(letter: &str) -> Option<Level> {
    Some(match letter {
        "L" => Level::List,
        "R" => Level::Read,
        "T" => Level::Tagging,
        "W" => Level::Write,
        "P" => Level::PermissionsManagement,
        _ => return None,
    })
}

/// The prefixes of all services, sorted.
pub fn prefixes() -> impl Iterator<Item = &'static str> {
    let names = store::iam().records.iter().map(|record| record.name.as_str());
    names.filter(|name| !name.ends_with(':'))
}

/// A service by the prefix of its actions.
#[must_use]
pub fn service(prefix: &str) -> Option<&'static Service> {
    static SERVICES: LazyLock<Vec<OnceLock<Service>>> =
        LazyLock::new(|| store::iam().records.iter().map(|_| OnceLock::new()).collect());
    let store = store::iam();
    let position = store.position(prefix).filter(|_| !prefix.ends_with(':'))?;
    let record = &store.records[position];
    Some(SERVICES[position].get_or_init(|| Service::decode(&record.name, store.text(record))))
}

/// An action by its full name, such as `ecr:BatchGetImage`, in any case.
#[must_use]
pub fn action(name: &str) -> Option<(&'static Service, &'static Action)> {
    let (prefix, action) = name.split_once(':')?;
    let service = service(prefix).or_else(|| service(&prefix.to_ascii_lowercase()))?;
    Some((service, service.action(action)?))
}

#[cfg(test)]
mod tests {
    use super::{prefixes, service};

    #[test]
    fn kinds_of_resource_lie_sorted_and_no_two_differ_in_case_alone() {
        for service in prefixes().filter_map(service) {
            let mut without_case: Vec<String> = service.resources.iter().map(|kind| kind.name.to_lowercase()).collect();
            without_case.sort_unstable();
            without_case.dedup();
            assert_eq!(without_case.len(), service.resources.len(), "{}", service.prefix);
            assert!(
                service.resources.is_sorted_by(|a, b| a.name < b.name),
                "{}",
                service.prefix
            );
        }
    }
}
