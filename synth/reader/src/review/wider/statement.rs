//! The statements of policies, wherever in a resource they stand.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::super::show::brief;
use super::Row;
use super::condition;
use super::cover::{Axis, glob_of_any_case};
use crate::read::template::json;

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    pub(super) sid: Option<String>,
    pub(super) deny: bool,
    pub(super) principal: Axis,
    pub(super) action: Axis,
    pub(super) resource: Axis,
    /// By operator and key.
    pub(super) condition: BTreeMap<(String, String), Vec<Json>>,
}

/// The statements below a value, each with the path of its policy.
pub(super) fn below(path: &str, value: &Json, found: &mut Vec<(String, Statement)>) {
    match value {
        Json::Object(map) => match map.get("Statement") {
            Some(statements) => {
                for statement in many(statements).iter().flat_map(|one| branches(one)) {
                    found.extend(parse(statement).map(|statement| (path.to_owned(), statement)));
                }
            }
            None => {
                for (key, value) in map {
                    below(&format!("{path}.{key}"), value, found);
                }
            }
        },
        Json::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                below(&format!("{path}[{at}]"), item, found);
            }
        }
        // Some types take a policy as text.
        Json::String(text) if text.trim_start().starts_with('{') && text.contains("\"Statement\"") => {
            if let Ok(policy @ Json::Object(_)) = serde_json::from_str(text) {
                below(path, &policy, found);
            }
        }
        _ => {}
    }
}

/// The statements of both branches of an `Fn::If`, else the value itself.
fn branches(value: &Json) -> Vec<&Json> {
    match json::choice(value) {
        Some((_, yes, no)) => [yes, no].into_iter().flat_map(many).collect(),
        None => vec![value],
    }
}

/// One may stand for a list of one.
fn many(value: &Json) -> &[Json] {
    match value {
        Json::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}

fn parse(value: &Json) -> Option<Statement> {
    let map = value.as_object()?;
    let effect = map.get("Effect").and_then(Json::as_str)?;
    let mut condition = BTreeMap::new();
    for (operator, keys) in map.get("Condition").and_then(Json::as_object).into_iter().flatten() {
        for (key, values) in keys.as_object().into_iter().flatten() {
            condition.insert((operator.clone(), key.to_ascii_lowercase()), many(values).to_vec());
        }
    }
    let mut action = axis(map, "Action", "NotAction", names);
    action.values.iter_mut().for_each(|name| *name = cased(name));
    Some(Statement {
        sid: map.get("Sid").and_then(Json::as_str).map(str::to_owned),
        deny: effect == "Deny",
        principal: axis(map, "Principal", "NotPrincipal", principals),
        action,
        resource: axis(map, "Resource", "NotResource", names),
        condition,
    })
}

/// IAM does not look at the case of a service prefix.
fn cased(action: &str) -> String {
    match action.split_once(':') {
        Some((prefix, name)) => format!("{}:{name}", prefix.to_ascii_lowercase()),
        None => action.to_owned(),
    }
}

fn axis(map: &Map<String, Json>, plain: &str, not: &str, read: fn(&Json) -> Vec<String>) -> Axis {
    match (map.get(plain), map.get(not)) {
        (Some(value), _) => Axis {
            not: false,
            values: read(value),
        },
        (None, Some(value)) => Axis {
            not: true,
            values: read(value),
        },
        (None, None) => Axis::default(),
    }
}

fn names(value: &Json) -> Vec<String> {
    many(value).iter().map(brief).collect()
}

fn principals(value: &Json) -> Vec<String> {
    let Some(map) = value.as_object().filter(|_| json::function(value).is_none()) else {
        return names(value);
    };
    let mut found = Vec::new();
    for (kind, values) in map {
        for name in names(values) {
            let is_number = name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_digit());
            found.push(match kind.as_str() {
                "AWS" if name == "*" => name,
                // An account by its number is the account by its root.
                "AWS" if is_number || name == OWN => format!("AWS:arn:aws:iam::{name}:root"),
                "AWS" => format!("AWS:{}", name.replacen("arn:${AWS::Partition}:", "arn:aws:", 1)),
                _ => format!("{kind}:{name}"),
            });
        }
    }
    found
}

impl Statement {
    /// Whether whatever the other says is said here too.
    pub(super) fn covers(&self, other: &Self) -> bool {
        covers_principals(&self.principal, &other.principal)
            && covers_actions(&self.action, &other.action)
            && self.resource.covers(&other.resource)
            && self.conditions_cover(other)
    }

    /// Whether there are no conditions here that the other does not have at least as narrow.
    pub(super) fn conditions_cover(&self, other: &Self) -> bool {
        self.condition
            .iter()
            .all(|((operator, key), values)| other.narrows(operator, key, values))
    }

    /// Whether a condition here is at least as narrow as one with this operator, key and values.
    pub(super) fn narrows(&self, operator: &str, key: &str, values: &[Json]) -> bool {
        let of_key = self.condition.iter().filter(|((_, own), _)| own == key);
        let mut of_key = of_key.map(|((own, _), narrow)| (own.as_str(), narrow.as_slice()));
        of_key.any(|own| condition::implies(own, (operator, values)))
    }

    /// One statement for each principal, action and resource, if they are few enough to look at one by one.
    pub(super) fn atoms(&self) -> Vec<Self> {
        const MOST: usize = 4096;
        let axes = [&self.principal, &self.action, &self.resource];
        let product: usize = axes.iter().map(|axis| axis.values.len().max(1)).product();
        if product > MOST || axes.iter().any(|axis| axis.not) {
            return vec![self.clone()];
        }
        let each = |axis: &Axis| -> Vec<Axis> {
            let one = |value: &String| Axis {
                not: false,
                values: vec![value.clone()],
            };
            let all: Vec<Axis> = axis.values.iter().map(one).collect();
            if all.is_empty() { vec![Axis::default()] } else { all }
        };
        let mut found = Vec::with_capacity(product);
        for principal in each(&self.principal) {
            for action in each(&self.action) {
                for resource in each(&self.resource) {
                    found.push(Self {
                        principal: principal.clone(),
                        action: action.clone(),
                        resource,
                        ..self.clone()
                    });
                }
            }
        }
        found
    }

    /// A statement of the atoms of another one that are left.
    pub(super) fn together(whole: &Self, atoms: &[&Self]) -> Self {
        let left = |axis: fn(&Self) -> &Axis| Axis {
            not: axis(whole).not,
            values: axis(whole)
                .values
                .iter()
                .filter(|name| atoms.iter().any(|atom| axis(atom).values.contains(name)))
                .cloned()
                .collect(),
        };
        Self {
            principal: left(|statement| &statement.principal),
            action: left(|statement| &statement.action),
            resource: left(|statement| &statement.resource),
            ..whole.clone()
        }
    }

    /// The statement as a row.
    pub(super) fn row(&self) -> Row {
        let conditions = self.condition.iter().map(|((operator, key), values)| {
            let values: Vec<String> = values.iter().map(brief).collect();
            format!("{operator} {key}: {}", values.join(", "))
        });
        Row {
            effect: if self.deny { "Deny" } else { "Allow" },
            principal: self.principal.shown(),
            action: self.action.shown(),
            resource: self.resource.shown(),
            condition: conditions.collect(),
        }
    }
}

/// The account that a template is deployed to.
const OWN: &str = "${AWS::AccountId}";

/// The root of another account stands for everyone in it. That of the own account hands over to IAM, so that whoever is
/// named beside it needs no permission of IAM's any more:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
fn covers_principals(a: &Axis, b: &Axis) -> bool {
    if a.not || b.not || b.values.is_empty() {
        return a.covers(b);
    }
    let account = |root: &String, name: &String| {
        let account = root.strip_suffix(":root").filter(|account| !account.ends_with(OWN));
        account.is_some_and(|account| name.strip_prefix(account).is_some_and(|rest| rest.starts_with(':')))
    };
    let covered = |name: &String| a.covers_one(name) || a.values.iter().any(|root| account(root, name));
    b.values.iter().all(covered)
}

/// IAM does not look at the case of actions.
fn covers_actions(a: &Axis, b: &Axis) -> bool {
    a.covers_by(b, glob_of_any_case)
}
