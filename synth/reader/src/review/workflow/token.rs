//! What the token of a workflow's jobs may do.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::story::Story;
use super::{Job, Workflow};
use crate::review::wider::What;
use crate::schema::github::Level;

/// What `permissions` says.
#[derive(Debug, PartialEq, Eq)]
enum Grant {
    /// Nothing, which leaves it to the repository's settings.
    Unsaid,
    /// The same for every scope.
    All(Level),
    /// Some scopes; the others have nothing.
    Scopes(BTreeMap<String, Level>),
}

impl Grant {
    fn of(permissions: Option<&Json>) -> Self {
        match permissions {
            None | Some(Json::Null) => Self::Unsaid,
            Some(Json::String(text)) if text == "write-all" => Self::All(Level::Write),
            Some(Json::String(text)) if text == "read-all" => Self::All(Level::Read),
            Some(Json::Object(map)) => Self::Scopes(
                map.iter()
                    .filter_map(|(scope, value)| Some((scope.clone(), level(value)?)))
                    .collect(),
            ),
            Some(_) => Self::Scopes(BTreeMap::new()),
        }
    }

    fn level(&self, scope: &str) -> Option<Level> {
        match self {
            // Of the two settings that a repository may have, neither gives an identity token; the rest is not known.
            Self::Unsaid => None,
            Self::All(level) => Some(*level),
            Self::Scopes(scopes) => scopes.get(scope).copied(),
        }
    }
}

fn level(value: &Json) -> Option<Level> {
    match value.as_str() {
        Some("write") => Some(Level::Write),
        Some("read") => Some(Level::Read),
        _ => None,
    }
}

fn word(level: Option<Level>) -> &'static str {
    level.map_or("none", Level::name)
}

/// What a token may do now and could not.
fn gains(old: &Grant, new: &Grant) -> Vec<String> {
    match (old, new) {
        (Grant::Unsaid | Grant::All(Level::Write), Grant::Unsaid) | (Grant::Unsaid, Grant::All(Level::Read)) => {
            Vec::new()
        }
        (_, Grant::Unsaid) => vec!["left to the repository's setting, which may be to write everything".to_owned()],
        (Grant::All(before), Grant::All(now)) if before >= now => Vec::new(),
        (_, Grant::All(now)) => vec![format!("every scope: {}", now.name())],
        (_, Grant::Scopes(scopes)) => {
            let known = |scope: &str| *old != Grant::Unsaid || scope == "id-token";
            let rises = scopes
                .iter()
                .filter(|(scope, now)| known(scope) && old.level(scope) < Some(**now));
            rises
                .map(|(scope, now)| format!("{scope}: {} → {}", word(old.level(scope)), now.name()))
                .collect()
        }
    }
}

/// What a token that nobody had before may write.
fn writes(grant: &Grant) -> Vec<String> {
    match grant {
        Grant::All(Level::Write) => vec!["every scope: write".to_owned()],
        Grant::Unsaid | Grant::All(Level::Read) => Vec::new(),
        Grant::Scopes(scopes) => {
            let writes = scopes.iter().filter(|(_, level)| **level == Level::Write);
            writes.map(|(scope, _)| format!("{scope}: write")).collect()
        }
    }
}

fn tell(gained: Vec<String>, story: &mut Story) {
    for text in gained {
        story.wider(What::Permission, "permissions", format!("permissions: {text}"));
    }
}

/// What stands above the jobs, which is what those have that say nothing.
pub(super) fn of_workflow(before: &Workflow, after: &Workflow, story: &mut Story) {
    let (old, new) = (before.settings.get("permissions"), after.settings.get("permissions"));
    story.below("", &only(old), &only(new), &[]);
    let inherits = |job: &Job| !job.value.contains_key("permissions");
    let both = |job: &Job| inherits(job) && before.jobs.get(&job.id).is_none_or(inherits);
    if after.jobs.values().any(both) {
        tell(gains(&Grant::of(old), &Grant::of(new)), story);
    }
}

fn only(permissions: Option<&Json>) -> Map<String, Json> {
    let entry = permissions.map(|value| ("permissions".to_owned(), value.clone()));
    entry.into_iter().collect()
}

pub(super) fn of_new(after: &Workflow, story: &mut Story) {
    tell(writes(&Grant::of(after.settings.get("permissions"))), story);
}

/// What a job may do, unless it and its former self say nothing themselves.
pub(super) fn of_job(before: (&Workflow, &Job), after: (&Workflow, &Job), story: &mut Story) {
    let own = |job: &Job| job.value.get("permissions").cloned();
    let (old, new) = (own(before.1), own(after.1));
    story.below("", &only(old.as_ref()), &only(new.as_ref()), &[]);
    if old.is_some() || new.is_some() {
        let whole =
            |workflow: &Workflow, own: Option<Json>| own.or_else(|| workflow.settings.get("permissions").cloned());
        let (old, new) = (whole(before.0, old), whole(after.0, new));
        tell(gains(&Grant::of(old.as_ref()), &Grant::of(new.as_ref())), story);
    }
}

/// What a job that comes may write, if it says so itself.
pub(super) fn of_new_job(job: &Job, story: &mut Story) {
    tell(writes(&Grant::of(job.value.get("permissions"))), story);
}
