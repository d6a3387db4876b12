//! Namespaces, and what stands before and behind names.

use super::edit;
use super::field;
use super::reader::text;
use super::resource::Resource;
use crate::read::{Kind, Node, Span};

/// Puts every object into the namespace:
/// <https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/namespace/namespace.go>.
pub(super) fn namespace(root: &Node, resources: &mut [Resource]) {
    let Some((namespace, at)) = text(root, "namespace") else {
        return;
    };
    for resource in resources {
        let id = resource.id();
        resource.remember();
        let set = &mut |node: &mut Node| *node = edit::text(namespace, at);
        let root = resource.root_mut();
        if !id.is_of_the_cluster() {
            field::each(root, &["metadata", "namespace"], Some(at), set);
        }
        match id.kind.as_str() {
            "Namespace" => field::each(root, &["metadata", "name"], Some(at), set),
            "RoleBinding" | "ClusterRoleBinding" => subjects(root, namespace, at),
            "APIService" if id.group == "apiregistration.k8s.io" => {
                field::each(root, &["spec", "service", "namespace"], Some(at), set);
            }
            "CustomResourceDefinition" => {
                let path = ["spec", "conversion", "webhook", "clientConfig", "service", "namespace"];
                field::each(root, &path, None, set);
            }
            _ => {}
        }
    }
}

/// Only the account `default` is one of the namespace for sure; others follow where they go.
fn subjects(root: &mut Node, namespace: &str, at: Span) {
    field::each(root, &["subjects[]"], None, &mut |subjects| {
        let Kind::List(items) = &mut subjects.kind else { return };
        for subject in items {
            if subject.get("name").and_then(Node::text) == Some("default") {
                edit::set(subject, edit::entry("namespace", edit::text(namespace, at)));
            }
        }
    });
}

/// Whether names of a kind stay as they are.
fn is_fixed(group: &str, kind: &str) -> bool {
    matches!(kind, "CustomResourceDefinition" | "Namespace")
        || (group, kind) == ("apiregistration.k8s.io", "APIService")
}

/// Puts `namePrefix` before all names and `nameSuffix` behind them.
pub(super) fn affixes(root: &Node, resources: &mut [Resource]) {
    let prefix = text(root, "namePrefix").map_or("", |(text, _)| text);
    let suffix = text(root, "nameSuffix").map_or("", |(text, _)| text);
    if prefix.is_empty() && suffix.is_empty() {
        return;
    }
    for resource in resources {
        let id = resource.id();
        if is_fixed(&id.group, &id.kind) {
            continue;
        }
        resource.rename(format!("{prefix}{}{suffix}", id.name));
        if !prefix.is_empty() {
            resource.affixes.0.push(prefix.to_owned());
        }
        if !suffix.is_empty() {
            resource.affixes.1.push(suffix.to_owned());
        }
    }
}
