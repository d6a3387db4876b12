//! What a setting of a workflow guards, and what its change means.

use serde_json::Value as Json;

/// Parts of conditions that let only some people, places or events through.
const GUARDS: &[&str] = &[
    "author_association",
    "github.actor",
    "github.triggering_actor",
    "github.repository",
    "github.ref",
    "github.event_name",
    "github.event.pull_request.head.repo",
    "github.event.workflow_run.head_repository",
    "github.event.sender",
];

/// What a condition asked of whoever sets the job off, if it did.
pub(super) fn asked(condition: &str) -> Option<&'static str> {
    GUARDS.iter().find(|guard| condition.contains(**guard)).copied()
}

/// What a change of a setting does, if its name does not say it.
pub(super) fn said(key: &str, old: Option<&Json>, new: Option<&Json>) -> Option<&'static str> {
    match (key, old, new) {
        ("name", ..) => Some("rules and workflows that name it wait for the old name"),
        ("timeout-minutes", Some(_), None) => Some("GitHub ends it after 360 minutes"),
        ("continue-on-error", _, Some(Json::Bool(true))) => Some("a failure no longer stops what follows"),
        ("concurrency", Some(_), None) => Some("runs can overlap"),
        ("concurrency", _, Some(Json::Bool(true))) => Some("a run in progress is cancelled by the next one"),
        ("if", None, _) => Some("it is left out where the condition does not hold"),
        ("if", _, None) => Some("it always runs"),
        _ => None,
    }
}
