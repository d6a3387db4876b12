//! What sets a workflow off.

use serde_json::{Map, Value as Json};

use super::form::is_filter;
use super::story::Story;
use crate::review::differ::{self, Step};
use crate::review::wider::What;

/// Events that somebody without any right to the repository can cause, and that run with its secrets.
///
/// <https://docs.github.com/en/actions/reference/security/secure-use#understanding-the-risk-of-script-injections> and
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows>
const STRANGERS: &[(&str, &str)] = &[
    (
        "pull_request_target",
        "a pull request from a fork runs it with the repository's secrets",
    ),
    (
        "workflow_run",
        "a run that a fork set off is followed by this one with the repository's secrets",
    ),
    (
        "issue_comment",
        "whoever may comment sets it off, with the repository's secrets",
    ),
    (
        "issues",
        "whoever may open an issue sets it off, with the repository's secrets",
    ),
    (
        "discussion",
        "whoever may open a discussion sets it off, with the repository's secrets",
    ),
    (
        "discussion_comment",
        "whoever may comment sets it off, with the repository's secrets",
    ),
    ("fork", "whoever forks the repository sets it off"),
    ("watch", "whoever stars the repository sets it off"),
];

pub(super) fn changes(old: &Map<String, Json>, new: &Map<String, Json>, story: &mut Story) {
    for (name, after) in new {
        match old.get(name) {
            None => {
                story.value(format!("on.{name}"), None, Some(after.clone()), &[]);
                stranger(name, story);
            }
            Some(before) => filters(name, before, after, story),
        }
    }
    for (name, before) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        let text = "it no longer sets the workflow off".to_owned();
        story.value(format!("on.{name}"), Some(before.clone()), None, &[text]);
    }
}

/// What a new workflow lets strangers do.
pub(super) fn opened(new: &Map<String, Json>, story: &mut Story) {
    for name in new.keys() {
        stranger(name, story);
    }
}

fn stranger(name: &str, story: &mut Story) {
    if let Some((_, text)) = STRANGERS.iter().find(|(event, _)| *event == name) {
        story.wider(What::Public, format!("on.{name}"), format!("on.{name}: {text}"));
    }
}

fn filters(name: &str, before: &Json, after: &Json, story: &mut Story) {
    let path = format!("on.{name}");
    let (Some(old), Some(new)) = (before.as_object(), after.as_object()) else {
        if before != after {
            story.value(path, Some(before.clone()), Some(after.clone()), &[]);
        }
        return;
    };
    let keys: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let (was, is) = (old.get(key), new.get(key));
        if was == is {
            continue;
        }
        if is_filter(key) {
            let said: Vec<String> = reach(name, key, was, is).map(str::to_owned).into_iter().collect();
            story.value(format!("{path}.{key}"), was.cloned(), is.cloned(), &said);
        } else {
            plain(&path, key, was, is, story);
        }
    }
}

/// Inputs, secrets and outputs.
fn plain(path: &str, key: &str, was: Option<&Json>, is: Option<&Json>, story: &mut Story) {
    let map = |value: Option<&Json>| -> Map<String, Json> {
        value.map(|value| (key.to_owned(), value.clone())).into_iter().collect()
    };
    for difference in differ::maps(&map(was), &map(is)) {
        if difference.reordered && key != "inputs" {
            continue;
        }
        let is_input = matches!(difference.path.as_slice(), [_, Step::Key(_)]) && matches!(key, "inputs" | "secrets");
        let required =
            |value: &Json| value.get("required") == Some(&Json::Bool(true)) && value.get("default").is_none();
        let said = match (&difference.old, &difference.new) {
            (None, Some(input)) if is_input && required(input) => Some("whoever starts it without this is refused"),
            (Some(_), None) if is_input => Some("a caller that still gives it is refused"),
            _ => None,
        };
        let said: Vec<String> = said.map(str::to_owned).into_iter().collect();
        let place = format!("{path}.{}", differ::dotted(&difference.path));
        story.value(place, difference.old.clone(), difference.new.clone(), &said);
    }
}

/// Whether it runs in more or in fewer cases, where that can be told.
fn reach(trigger: &str, key: &str, was: Option<&Json>, is: Option<&Json>) -> Option<&'static str> {
    let list = |value: Option<&Json>| value.and_then(Json::as_array).cloned();
    let (was, is) = (list(was), list(is));
    let takes_back = |item: &Json| item.as_str().is_some_and(|item| item.starts_with('!'));
    let comes_or_goes = was.is_none() || is.is_none();
    // Without `types` an event has some of its own; of `push`, a filter of branches alone leaves tags out.
    let unsure = comes_or_goes && (key == "types" || (trigger == "push" && !key.starts_with("paths")));
    if unsure || was.iter().chain(&is).flatten().any(takes_back) {
        return None;
    }
    let more = match (was, is) {
        (Some(was), Some(is)) => {
            let (grows, shrinks) = (
                was.iter().all(|item| is.contains(item)),
                is.iter().all(|item| was.contains(item)),
            );
            if grows == shrinks {
                return None;
            }
            grows != key.ends_with("-ignore")
        }
        (was, _) => was.is_some(),
    };
    Some(if more {
        "it runs in more cases"
    } else {
        "it runs in fewer cases"
    })
}
