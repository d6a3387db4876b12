//! The actions of IAM: on which kinds of resource each can be allowed, and under which conditions.

use std::sync::{LazyLock, OnceLock};

use serde_json::Value as Json;

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
        let position = self
            .actions
            .binary_search_by(|action| in_lower_case(&action.name).cmp(in_lower_case(name)));
        position.ok().map(|position| &self.actions[position])
    }

    /// A kind of resource by its name.
    #[must_use]
    pub fn resource(&self, name: &str) -> Option<&ResourceKind> {
        self.resources.iter().find(|kind| kind.name == name)
    }

    /// The action whose name is nearest to a mistyped one, if one is near.
    #[must_use]
    pub fn nearest_action(&self, name: &str) -> Option<&str> {
        super::near::nearest(name, self.actions.iter().map(|action| action.name.as_str()))
    }

    fn decode(prefix: &'static str, text: Option<&str>) -> Self {
        let json: Json = serde_json::from_str(text.expect(WHOLE)).expect(WHOLE);
        let map = |key: &str| json.get(key).and_then(Json::as_object).into_iter().flatten();
        Self {
            prefix,
            actions: map("actions").map(|(name, json)| Action::decode(name, json)).collect(),
            resources: map("resources")
                .map(|(name, json)| ResourceKind::decode(name, json))
                .collect(),
        }
    }
}

impl Action {
    fn decode(name: &str, json: &Json) -> Self {
        Self {
            name: name.to_owned(),
            level: json.get("level").and_then(Json::as_str).and_then(level),
            resources: texts(json, "on"),
            conditions: texts(json, "keys"),
            depends_on: texts(json, "needs"),
        }
    }
}

impl ResourceKind {
    fn decode(name: &str, json: &Json) -> Self {
        Self {
            name: name.to_owned(),
            arns: texts(json, "arns"),
            conditions: texts(json, "keys"),
        }
    }
}

fn in_lower_case(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.bytes().map(|byte| byte.to_ascii_lowercase())
}

fn texts(json: &Json, key: &str) -> Vec<String> {
    let list = json.get(key).and_then(Json::as_array).into_iter().flatten();
    list.filter_map(Json::as_str).map(str::to_owned).collect()
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
