//! What a README tells about a statement.

use std::collections::BTreeMap;

use super::Grant;

/// Why most resources with a `*` have it.
pub(crate) const CHOSEN_BY_AWS: &str = "what stands for `*` is chosen by AWS when the resource is made";

/// Why most statements are on `*`.
pub(crate) const NO_RESOURCE_LEVEL: &str = "IAM has no resource-level permissions for these actions";

/// A statement in words: what the README of a system lays out as a line of its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The name of the statement.
    pub sid: String,
    /// Its actions by service, without the prefix: `ecr` has `PutImage`, ….
    pub actions: BTreeMap<String, Vec<String>>,
    /// Its resources, as `Fn::Sub` takes them.
    pub resources: Vec<String>,
    /// Its conditions, in words: `iam:PassedToService is ecs-tasks.amazonaws.com`.
    pub conditions: Vec<String>,
    /// What needs it: resource types, or steps of workflows.
    pub needed_by: Vec<String>,
    /// Why a resource is a pattern, one for each reason.
    pub reasons: Vec<String>,
}

impl Row {
    pub(super) fn new(sid: &str, grant: &Grant) -> Self {
        let mut actions: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for action in &grant.actions {
            let (service, name) = action.split_once(':').unwrap_or(("", action));
            actions.entry(service.to_owned()).or_default().push(name.to_owned());
        }
        Self {
            sid: sid.to_owned(),
            actions,
            resources: grant.resources.iter().cloned().collect(),
            conditions: grant.conditions.iter().map(words).collect(),
            needed_by: grant.needed_by.iter().cloned().collect(),
            reasons: reasons(grant),
        }
    }
}

fn words(condition: &super::Condition) -> String {
    let values: Vec<_> = condition.values.iter().map(String::as_str).collect();
    format!(
        "{} {} {}",
        condition.key,
        condition.operator.name(),
        values.join(" or ")
    )
}

fn reasons(grant: &Grant) -> Vec<String> {
    let mut reasons: Vec<String> = grant.reasons.iter().cloned().collect();
    // A reason that names actions is of these alone.
    let is_named = |name: &str| reasons.iter().any(|reason| reason.contains(&format!("`{name}`")));
    let names = || {
        grant
            .actions
            .iter()
            .map(|action| action.split_once(':').map_or(action.as_str(), |(_, name)| name))
    };
    let is_partly = names().any(is_named) && !names().all(is_named);
    if grant.resources.contains("*") && (reasons.is_empty() || is_partly) {
        reasons.push(NO_RESOURCE_LEVEL.to_owned());
    }
    if grant
        .resources
        .iter()
        .any(|resource| resource.len() > 1 && resource.contains(['*', '?']))
    {
        reasons.push(CHOSEN_BY_AWS.to_owned());
    }
    reasons
}
