//! Two sides of a set of Kubernetes manifests: what the API server does about a change, which pods restart, where
//! traffic goes, what gets wider.
//!
//! Objects are matched by kind, namespace and name, in the same file first. Two spellings of one object are equal:
//! items of lists are found by their keys, amounts compared by their size, and what the server writes where nothing
//! is said counts as said.

mod defaults;
mod differ;
mod fixed;
mod gone;
mod object;
mod pairs;
mod quantity;
mod roll;
mod traffic;
mod wider;
mod world;

use serde_json::{Map, Value as Json};

use super::secret;
use super::verdict::{Effect, Language, PropertyChange, Reason, ResourceChange, Source, Verdict};
use super::wider::Wider;
use crate::read::Document;
use crate::read::manifest::{is_chart, is_manifest};
use differ::Difference;
use object::Object;
use world::World;

/// Whether a document has objects of Kubernetes that are what will be applied.
pub(super) fn is_one(document: &Document) -> bool {
    is_manifest(&document.root) && !is_chart(&document.root)
}

/// The objects of one side.
#[derive(Debug, Default)]
pub(super) struct Manifests(Vec<Object>);

impl Manifests {
    pub(super) fn push(&mut self, document: &Document) {
        self.0.extend(Object::of(document));
    }

    pub(super) fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.0.retain(|object| wanted(&object.file));
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|object| &object.file)
    }
}

/// What changes in all objects, and what gets wider by it.
pub(super) fn changes(old: &Manifests, new: &Manifests, resources: &mut Vec<ResourceChange>, wider: &mut Vec<Wider>) {
    let world = World {
        old: &old.0,
        new: &new.0,
    };
    let matched = pairs::of(&old.0, &new.0);
    let strands = traffic::stranded(&world, &matched.both);
    for (before, after) in &matched.both {
        let stranded = strands.iter().filter(|(object, _)| std::ptr::eq(*object, *after));
        let notes = stranded.map(|(_, text)| text.clone()).collect();
        resources.extend(changed(&world, before, after, notes));
    }
    for object in &matched.gone {
        resources.push(removed(&world, object, matched.successor(object)));
    }
    for object in &matched.come {
        let mut change = blank(object, Verdict::Create);
        change.renamed_from = matched.ancestor(object).map(Object::id);
        resources.push(change);
    }
    wider::of(&world, &matched, wider);
}

fn blank(object: &Object, verdict: Verdict) -> ResourceChange {
    ResourceChange {
        files: vec![object.file.clone()],
        id: object.id(),
        kind: object.kind.clone(),
        language: Language::Manifest,
        line: object.line,
        verdict,
        stateful: gone::holds(object),
        old_one: None,
        delete_first: false,
        renamed_from: None,
        renamed_to: None,
        changes: Vec::new(),
        notes: Vec::new(),
    }
}

fn removed(world: &World<'_>, object: &Object, to: Option<&Object>) -> ResourceChange {
    if let Some(keeper) = gone::keeper(object) {
        let mut change = blank(object, Verdict::Remove);
        change.notes.push(keeper.to_owned());
        return change;
    }
    if object.is_patch() {
        let mut change = blank(object, Verdict::Remove);
        change
            .notes
            .push("a patch: what it changed is again as it was".to_owned());
        return change;
    }
    let mut change = blank(object, Verdict::Delete);
    change.renamed_to = to.map(Object::id);
    change.notes = gone::takes_along(world, object);
    change
}

fn changed(world: &World<'_>, old: &Object, new: &Object, notes: Vec<String>) -> Option<ResourceChange> {
    let schema = object::schema(&new.api_version, &new.kind);
    let mut change = blank(new, Verdict::Nothing);
    change.notes = notes;
    if old.folder() != new.folder() {
        change.notes.push(format!("moved from `{}`", old.file));
    }
    for difference in differ::objects(&old.value, &new.value, schema) {
        if difference.reordered && !counts_order(new, &difference) {
            continue;
        }
        change.changes.push(property(world, old, new, &difference));
    }
    if change.changes.is_empty() && change.notes.is_empty() {
        return None;
    }
    let worst = change.changes.iter().map(|change| change.effect).max();
    change.verdict = worst.map_or(Verdict::Nothing, Verdict::from);
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
    let hide = |value: Option<&Json>, object: &Object| hidden(object, difference, value);
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
    let lasting = ["Deployment", "StatefulSet", "ReplicaSet"];
    if new.is(&lasting) && difference.is_in("spec.replicas") && new.dig(&["spec", "replicas"]).is_none() {
        let text = if world.is_scaled(new) {
            "from now on the autoscaler says how many"
        } else {
            "nothing scales it, so that server-side apply sets it to 1"
        };
        return (Effect::Update, vec![text.to_owned()]);
    }
    if new.is(&["ConfigMap", "Secret"])
        && ["data", "binaryData", "stringData"]
            .iter()
            .any(|part| difference.is_in(part))
    {
        let readers = world.readers(new);
        if !readers.is_empty() {
            let text = format!(
                "variables of {} keep the old value until its pods restart",
                readers.join(", ")
            );
            return (Effect::Update, vec![text]);
        }
    }
    (Effect::Update, Vec::new())
}

/// How to get there all the same, and what that takes along.
fn refusal(new: &Object) -> String {
    let loses = match new.kind.as_str() {
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Job" | "Pod" => "; its pods stop until then",
        "PersistentVolumeClaim" | "PersistentVolume" => "; its data does not come along",
        "RoleBinding" | "ClusterRoleBinding" => "; until then its subjects have no rights by it",
        "Service" => "; until then its name is not resolved",
        "CustomResourceDefinition" => "; all objects of its kind go with it",
        _ => "",
    };
    format!("to get there, delete it and then make it anew{loses}")
}

/// A value without the secrets in it.
fn hidden(object: &Object, difference: &Difference, value: Option<&Json>) -> Option<Json> {
    let value = value?;
    if object.is(&["Secret"]) && ["data", "stringData"].iter().any(|part| difference.is_in(part)) {
        return Some(match value {
            Json::Object(map) => map
                .keys()
                .map(|key| (key.clone(), "****".into()))
                .collect::<Map<_, _>>()
                .into(),
            _ => "****".into(),
        });
    }
    let last = difference.place.last().map(String::as_str).unwrap_or_default();
    let names = difference.place.iter().map(|step| step.trim_matches(['[', ']']));
    let below_secret = matches!(last, "value") && names.rev().nth(1).is_some_and(secret::is_secret);
    let is_data = object.is(&["ConfigMap"]) && secret::is_secret(last);
    if (below_secret || is_data) && value.is_string() {
        return Some("****".into());
    }
    let whole = Map::from_iter([("at".to_owned(), value.clone())]);
    secret::hide(Some(value), &[], &whole)
}
