//! What happens to an object that both sides have.

use serde_json::Value as Json;

use super::differ::{self, Difference};
use super::object::{self, ENFORCE, Object};
use super::world::World;
use super::{blank, fixed, hidden, roll, traffic};
use crate::review::verdict::{Effect, PropertyChange, Reason, ResourceChange, Source, Verdict};

/// What happens to an object that both sides have; `notes` is what others do to it.
pub(super) fn of(world: &World<'_>, old: &Object, new: &Object, notes: Vec<String>) -> Option<ResourceChange> {
    let schema = object::schema(&new.api_version, &new.kind);
    let mut change = blank(new, Verdict::Nothing);
    if !notes.is_empty() {
        change.verdict = if new.is(&["Service"]) {
            Verdict::Traffic
        } else {
            Verdict::Update
        };
    }
    change.notes = notes;
    if old.folder() != new.folder() {
        change.notes.push(format!("moved from `{}`", old.file));
    }
    if old.api_version != new.api_version {
        change.changes.push(version(old, new));
    }
    for difference in differ::objects(&old.value, &new.value, schema) {
        let unlike = old.api_version != new.api_version && new.is(RESHAPED) && difference.is_in("spec");
        if unlike || (difference.reordered && !counts_order(new, &difference)) {
            continue;
        }
        change.changes.push(property(world, old, new, &difference));
    }
    if change.changes.is_empty() && change.notes.is_empty() {
        return None;
    }
    change.notes.extend(stricter(old, new));
    let worst = change.changes.iter().map(|change| change.effect).max();
    change.verdict = worst.map_or(Verdict::Nothing, Verdict::from).max(change.verdict);
    match change.verdict {
        Verdict::Roll => change.notes.extend(roll::told(new, world.is_scaled(new))),
        Verdict::Refuse => change.notes.push(refusal(new)),
        Verdict::Replace => change.delete_first = true,
        _ => {}
    }
    change
        .changes
        .sort_by(|a, b| b.effect.cmp(&a.effect).then_with(|| a.path.cmp(&b.path)));
    Some(change)
}

/// That a namespace admits fewer pods than before.
fn stricter(old: &Object, new: &Object) -> Option<String> {
    let fewer = new.is(&["Namespace"]) && old.pod_security()? < new.pod_security()?;
    let level = new.label(ENFORCE).filter(|_| fewer)?;
    Some(format!(
        "pods that run stay; of those that come anew, one that breaks `{level}` is refused: `synth validate` tells which"
    ))
}

/// Kinds whose versions write the same in other fields.
const RESHAPED: &[&str] = &["Ingress", "HorizontalPodAutoscaler", "CustomResourceDefinition"];

fn version(old: &Object, new: &Object) -> PropertyChange {
    let text = if new.is(RESHAPED) {
        "the same object by another version of the API, of which the fields are not compared"
    } else {
        "the same object by another version of the API"
    };
    PropertyChange {
        path: "apiVersion".to_owned(),
        old: Some(old.api_version.clone().into()),
        new: Some(new.api_version.clone().into()),
        reordered: false,
        effect: Effect::Update,
        reasons: vec![Reason::new(Source::Kubernetes, text)],
    }
}

/// Whether the order of a list is a change of the object: of rules and subjects it is not.
fn counts_order(new: &Object, difference: &Difference) -> bool {
    let sets = [
        "Role",
        "ClusterRole",
        "RoleBinding",
        "ClusterRoleBinding",
        "NetworkPolicy",
    ];
    !(new.is(&sets) || difference.is_in("spec.accessModes") || difference.is_in("metadata.finalizers"))
}

fn property(world: &World<'_>, old: &Object, new: &Object, difference: &Difference) -> PropertyChange {
    let (effect, texts) = effect(world, old, new, difference);
    let hide = |value: Option<&Json>, object: &Object| {
        // Where an autoscaler may say how many there are, what the server writes tells nothing.
        let silent = difference.is_in("spec.replicas") && object.dig(&["spec", "replicas"]).is_none();
        hidden::of(object, difference, value.filter(|_| !silent))
    };
    PropertyChange {
        path: difference.path(),
        old: hide(difference.old.as_ref(), old),
        new: hide(difference.new.as_ref(), new),
        reordered: difference.reordered,
        effect,
        reasons: texts
            .into_iter()
            .map(|text| Reason::new(Source::Kubernetes, text))
            .collect(),
    }
}

fn effect(world: &World<'_>, old: &Object, new: &Object, difference: &Difference) -> (Effect, Vec<String>) {
    if let Some(text) = fixed::refused(old, new, difference) {
        return match fixed::replacer(new) {
            Some(who) => (Effect::Replace, vec![who.to_owned()]),
            None => (Effect::Refuse, vec![text]),
        };
    }
    if let Some((effect, text)) = roll::of(new, difference) {
        return (effect, vec![text.to_owned()]);
    }
    if let Some(text) = traffic::moves(new, difference) {
        return (Effect::Traffic, vec![text.to_owned()]);
    }
    (Effect::Update, in_place(world, new, difference).into_iter().collect())
}

/// What a change in place does that its path does not say.
fn in_place(world: &World<'_>, new: &Object, difference: &Difference) -> Option<String> {
    let lasting = ["Deployment", "StatefulSet", "ReplicaSet"];
    if new.is(&lasting) && difference.is_in("spec.replicas") {
        let is_said = new.dig(&["spec", "replicas"]).is_some();
        let text = match (is_said, world.is_scaled(new)) {
            (true, true) => "each apply takes the number back from the autoscaler",
            (false, true) => "from now on the autoscaler says how many",
            (false, false) => "nothing scales it, so that server-side apply sets it to 1",
            (true, false) => return None,
        };
        return Some(text.to_owned());
    }
    let content = ["data", "binaryData", "stringData"];
    if new.is(&["ConfigMap", "Secret"]) && content.iter().any(|part| difference.is_in(part)) {
        let readers = world.readers(new);
        let text = format!(
            "variables of {} keep the old value until its pods restart",
            readers.join(", ")
        );
        return (!readers.is_empty()).then_some(text);
    }
    None
}

/// How to get there all the same, and what that takes along.
fn refusal(new: &Object) -> String {
    let loses = match new.kind.as_str() {
        "StatefulSet" => "; its pods stop until then, unless it is deleted with `--cascade=orphan`",
        "Deployment" | "DaemonSet" | "ReplicaSet" | "Job" | "Pod" => "; its pods stop until then",
        "PersistentVolumeClaim" | "PersistentVolume" => "; its data does not come along",
        "RoleBinding" | "ClusterRoleBinding" => "; until then its subjects have no rights by it",
        "Service" => "; until then its name is not resolved",
        "CustomResourceDefinition" => "; all objects of its kind go with it",
        _ => "",
    };
    format!("to get there, delete it and then make it anew{loses}")
}
