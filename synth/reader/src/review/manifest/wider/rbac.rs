//! Rights of the API: <https://kubernetes.io/docs/reference/access-authn-authz/rbac/>.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::super::object::Object;
use super::super::world::World;
use super::Case;
use crate::review::wider::{Row, What};

/// Roles to which others are added by a label.
const AGGREGATED: &[&str] = &["view", "edit", "admin"];

/// Groups in which everybody is.
const ANYBODY: &[&str] = &["system:anonymous", "system:unauthenticated", "system:authenticated"];

pub(super) fn object(world: &World<'_>, case: &mut Case<'_>) {
    if case.new.is(&["Role", "ClusterRole"]) {
        rules(case);
        aggregation(case);
    } else if case.new.is(&["RoleBinding", "ClusterRoleBinding"]) {
        subjects(world, case);
    }
}

fn texts<'a>(rule: &'a Json, key: &str) -> Vec<&'a str> {
    let list = rule.get(key).and_then(Json::as_array);
    list.into_iter().flatten().filter_map(Json::as_str).collect()
}

/// One thing that may be done.
#[derive(Clone, Copy)]
struct Right<'a> {
    verb: &'a str,
    group: &'a str,
    /// Of the API, or a path of the server.
    on: &'a str,
    /// One object; all of them if it is not said.
    name: Option<&'a str>,
    is_path: bool,
}

fn rights(rule: &Json) -> Vec<Right<'_>> {
    let (names, groups) = (texts(rule, "resourceNames"), texts(rule, "apiGroups"));
    let names: Vec<Option<&str>> = if names.is_empty() {
        vec![None]
    } else {
        names.into_iter().map(Some).collect()
    };
    let mut found = Vec::new();
    for verb in texts(rule, "verbs") {
        let path = |on| Right {
            verb,
            group: "",
            on,
            name: None,
            is_path: true,
        };
        found.extend(texts(rule, "nonResourceURLs").into_iter().map(path));
        for on in texts(rule, "resources") {
            for group in &groups {
                let right = |name: &Option<_>| Right {
                    verb,
                    group,
                    on,
                    name: *name,
                    is_path: false,
                };
                found.extend(names.iter().map(right));
            }
        }
    }
    found
}

/// Whether a rule allows it.
fn allows(rule: &Json, right: &Right<'_>) -> bool {
    let has = |key: &str, wanted: &str| texts(rule, key).iter().any(|one| *one == "*" || *one == wanted);
    if !has("verbs", right.verb) {
        return false;
    }
    if right.is_path {
        let under = |one: &&str| one.strip_suffix('*').is_some_and(|start| right.on.starts_with(start));
        return has("nonResourceURLs", right.on) || texts(rule, "nonResourceURLs").iter().any(under);
    }
    let sub = right.on.split_once('/').map(|(_, sub)| format!("*/{sub}"));
    let names = texts(rule, "resourceNames");
    has("apiGroups", right.group)
        && (has("resources", right.on) || sub.is_some_and(|sub| texts(rule, "resources").contains(&sub.as_str())))
        && (names.is_empty() || right.name.is_some_and(|name| names.contains(&name)))
}

fn rules(case: &mut Case<'_>) {
    let before = case.old.map_or(&[][..], |old| old.list(&["rules"]));
    for rule in case.new.list(&["rules"]) {
        let gained: Vec<Right<'_>> = rights(rule)
            .into_iter()
            .filter(|right| !before.iter().any(|rule| allows(rule, right)))
            .collect();
        let mut verbs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for right in &gained {
            verbs.entry(shown(right)).or_default().insert(right.verb.to_owned());
        }
        let mut on: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
        for (resource, verbs) in verbs {
            on.entry(verbs.into_iter().collect()).or_default().push(resource);
        }
        for (action, resource) in on {
            let text = format!("+ {} on {}", action.join(", "), resource.join(", "));
            let row = Row {
                effect: "Allow",
                principal: Vec::new(),
                action,
                resource,
                condition: Vec::new(),
            };
            case.row("rules", text, row);
        }
    }
}

fn shown(right: &Right<'_>) -> String {
    let on = match right.group {
        "" => right.on.to_owned(),
        group => format!("{}.{group}", right.on),
    };
    right.name.map_or(on.clone(), |name| format!("{on} {name}"))
}

fn aggregation(case: &mut Case<'_>) {
    let Some(old) = case.old else { return };
    for role in AGGREGATED {
        let label = format!("rbac.authorization.k8s.io/aggregate-to-{role}");
        let is_on = |object: &Object| object.label(&label) == Some("true");
        if is_on(case.new) && !is_on(old) {
            let text = format!("its rules are added to ClusterRole {role}, for whoever has that");
            case.tell(What::Permission, "metadata.labels", text);
        }
    }
}

fn who(subject: &Json) -> Option<String> {
    let text = |key: &str| subject.get(key).and_then(Json::as_str);
    let (kind, name) = (text("kind")?, text("name")?);
    Some(match text("namespace") {
        Some(namespace) if kind == "ServiceAccount" => format!("{kind} {namespace}/{name}"),
        _ => format!("{kind} {name}"),
    })
}

fn subjects(world: &World<'_>, case: &mut Case<'_>) {
    let new = case.new;
    let role = |binding: &Object| binding.dig(&["roleRef", "name"]).cloned();
    let kind = new.text(&["roleRef", "kind"]).unwrap_or("Role");
    // Another binding may have bound the same, or a former name of this one.
    let same = |old: &&Object| {
        old.is(&["RoleBinding", "ClusterRoleBinding"])
            && (old.kind == "ClusterRoleBinding" || old.namespace == new.namespace)
            && (role(old), old.text(&["roleRef", "kind"])) == (role(new), new.text(&["roleRef", "kind"]))
    };
    let before: BTreeSet<String> = world
        .old
        .iter()
        .filter(same)
        .flat_map(|old| old.list(&["subjects"]).iter().filter_map(who))
        .collect();
    let gained = new.list(&["subjects"]).iter().filter_map(who);
    let gained: Vec<String> = gained.filter(|subject| !before.contains(subject)).collect();
    for subject in gained {
        let name = new.text(&["roleRef", "name"]).unwrap_or_default().to_owned();
        let text = format!("{subject} gets {kind} {name}");
        if ANYBODY.iter().any(|group| subject.ends_with(&format!(" {group}"))) {
            case.tell(What::Public, "subjects", text);
        } else {
            case.tell(What::Permission, "subjects", text);
        }
    }
}
