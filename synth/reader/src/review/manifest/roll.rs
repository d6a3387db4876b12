//! Which pods restart, and how.

use serde_json::Value as Json;

use super::differ::Difference;
use super::object::Object;
use crate::review::show::brief;
use crate::review::verdict::Effect;

/// What a change of a workload does to its pods, if it reaches them.
pub(super) fn of(new: &Object, difference: &Difference) -> Option<(Effect, &'static str)> {
    if !new.group.is_empty() {
        return None;
    }
    let is = |path| difference.is_in(path);
    match new.kind.as_str() {
        "Deployment" | "DaemonSet" | "StatefulSet" if is("spec.template") => Some(template(new)),
        "ReplicaSet" | "ReplicationController" if is("spec.template") => {
            Some((Effect::Update, "only pods that are made from now on have it"))
        }
        "CronJob" if is("spec.jobTemplate") => Some((Effect::Update, "the next run has it")),
        "Pod" if is("spec.containers") || is("spec.initContainers") => {
            Some((Effect::Roll, "the container restarts in its place"))
        }
        _ => None,
    }
}

fn template(new: &Object) -> (Effect, &'static str) {
    let strategy = new
        .text(&["spec", "strategy", "type"])
        .or(new.text(&["spec", "updateStrategy", "type"]));
    if new.dig(&["spec", "paused"]) == Some(&Json::Bool(true)) {
        return (
            Effect::Update,
            "the Deployment is paused: its pods restart when it goes on",
        );
    }
    if new.dig(&["spec", "replicas"]).and_then(Json::as_u64) == Some(0) {
        return (Effect::Update, "it has no pods");
    }
    match strategy {
        Some("Recreate") => (Effect::Interrupt, "all pods stop before the first new one starts"),
        Some("OnDelete") => (Effect::Update, "a pod has it when somebody deletes the old one"),
        _ => (Effect::Roll, "part of the pods' template"),
    }
}

/// Which pods restart, in which order.
pub(super) fn told(new: &Object, is_scaled: bool) -> Option<String> {
    let number = |keys: &[&str]| new.dig(keys).and_then(Json::as_u64);
    let at = |keys: &[&str], default: &str| new.dig(keys).map_or_else(|| default.to_owned(), brief);
    let replicas = number(&["spec", "replicas"]).or_else(|| (!is_scaled).then_some(1));
    let pods = match replicas.filter(|_| !is_scaled) {
        Some(1) => "its pod restarts".to_owned(),
        Some(count) => format!("its {count} pods restart"),
        None => "its pods restart".to_owned(),
    };
    match new.kind.as_str() {
        "Deployment" => Some(format!(
            "{pods}: at most {} missing and {} more at a time",
            at(&["spec", "strategy", "rollingUpdate", "maxUnavailable"], "25%"),
            at(&["spec", "strategy", "rollingUpdate", "maxSurge"], "25%")
        )),
        "DaemonSet" => Some(format!(
            "its pod restarts on every node, {} at a time",
            at(&["spec", "updateStrategy", "rollingUpdate", "maxUnavailable"], "1")
        )),
        "StatefulSet" => Some(
            match number(&["spec", "updateStrategy", "rollingUpdate", "partition"]) {
                Some(first) if first > 0 => {
                    format!("its pods from number {first} on restart one after another, the last first")
                }
                _ => format!("{pods} one after another, the last first"),
            },
        ),
        _ => None,
    }
}
