//! Labels and annotations of all objects.
//!
//! Where they go:
//! <https://github.com/kubernetes-sigs/kustomize/tree/master/api/internal/konfig/builtinpluginconsts>.

use super::edit;
use super::field;
use super::id::Id;
use super::reader::{is_on, list};
use super::resource::Resource;
use crate::read::manifest::template_path;
use crate::read::{Entry, Node};

/// Where pods say which others they want to be near to, or far from.
const NEIGHBOURS: [&str; 5] = [
    "affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
    "affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
    "affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
    "affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
    "topologySpreadConstraints/labelSelector/matchLabels",
];

/// Adds `labels` and `commonLabels`.
pub(super) fn labels(root: &Node, resources: &mut [Resource]) {
    for label in list(root, "labels") {
        let pairs = pairs(label.get("pairs"));
        let (selectors, templates) = (is_on(label, &["includeSelectors"]), is_on(label, &["includeTemplates"]));
        for resource in resources.iter_mut() {
            let id = resource.id();
            add(resource.root_mut(), &["metadata", "labels"], true, &pairs);
            if selectors || templates {
                of_templates(resource.root_mut(), &id, "labels", &pairs);
            }
            if selectors {
                of_selectors(resource.root_mut(), &id, &pairs);
            }
            for place in list(label, "fields") {
                of_field(resource.root_mut(), &id, place, &pairs);
            }
        }
    }
    let pairs = pairs(root.get("commonLabels"));
    for resource in resources.iter_mut().filter(|_| !pairs.is_empty()) {
        let id = resource.id();
        add(resource.root_mut(), &["metadata", "labels"], true, &pairs);
        of_templates(resource.root_mut(), &id, "labels", &pairs);
        of_selectors(resource.root_mut(), &id, &pairs);
    }
}

/// Adds `commonAnnotations`.
pub(super) fn annotations(root: &Node, resources: &mut [Resource]) {
    let pairs = pairs(root.get("commonAnnotations"));
    for resource in resources.iter_mut().filter(|_| !pairs.is_empty()) {
        let id = resource.id();
        add(resource.root_mut(), &["metadata", "annotations"], true, &pairs);
        of_templates(resource.root_mut(), &id, "annotations", &pairs);
    }
}

fn pairs(node: Option<&Node>) -> Vec<Entry> {
    let map = node.and_then(Node::map);
    map.into_iter().flatten().cloned().collect()
}

fn add(root: &mut Node, path: &[&str], create: bool, pairs: &[Entry]) {
    let Some(first) = pairs.first() else { return };
    field::each(root, path, create.then_some(first.value.at), &mut |node| {
        for pair in pairs {
            edit::set(node, pair.clone());
        }
    });
}

/// Those of the pods that an object makes, and of what else it makes.
fn of_templates(root: &mut Node, id: &Id, what: &str, pairs: &[Entry]) {
    let template = template_path(&id.group, &id.kind).filter(|path| path.len() > 1);
    if let Some(template) = template {
        add(root, &[template, &["metadata", what]].concat(), true, pairs);
    }
    match id.kind.as_str() {
        "CronJob" => add(root, &["spec", "jobTemplate", "metadata", what], true, pairs),
        "StatefulSet" if what == "labels" => {
            add(root, &["spec", "volumeClaimTemplates[]", "metadata", what], true, pairs);
        }
        _ => {}
    }
}

fn of_selectors(root: &mut Node, id: &Id, pairs: &[Entry]) {
    let path: Vec<(&[&str], bool)> = match id.kind.as_str() {
        "Service" | "ReplicationController" if id.group.is_empty() => vec![(&["spec", "selector"], true)],
        "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet" => vec![(&["spec", "selector", "matchLabels"], true)],
        "Job" | "PodDisruptionBudget" => vec![(&["spec", "selector", "matchLabels"], false)],
        "CronJob" => vec![(&["spec", "jobTemplate", "spec", "selector", "matchLabels"], false)],
        "NetworkPolicy" if id.group == "networking.k8s.io" => vec![
            (&["spec", "podSelector", "matchLabels"], false),
            (&["spec", "ingress", "from", "podSelector", "matchLabels"], false),
            (&["spec", "egress", "to", "podSelector", "matchLabels"], false),
        ],
        _ => Vec::new(),
    };
    for (path, create) in path {
        add(root, path, create, pairs);
    }
    if id.group == "apps" && matches!(id.kind.as_str(), "Deployment" | "StatefulSet") {
        for path in NEIGHBOURS {
            let path: Vec<&str> = ["spec", "template", "spec"]
                .into_iter()
                .chain(path.split('/'))
                .collect();
            add(root, &path, false, pairs);
        }
    }
}

/// A place that the kustomization names by itself.
fn of_field(root: &mut Node, id: &Id, place: &Node, pairs: &[Entry]) {
    let fits = |key: &str, value: &str| place.get(key).and_then(Node::text).is_none_or(|text| text == value);
    if fits("kind", &id.kind) && fits("group", &id.group) && fits("version", &id.version) {
        let path: Vec<&str> = place
            .get("path")
            .and_then(Node::text)
            .unwrap_or_default()
            .split('/')
            .collect();
        add(root, &path, is_on(place, &["create"]), pairs);
    }
}
