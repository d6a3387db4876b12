//! What goes away with an object.

use super::object::Object;
use super::world::World;

/// What an object holds that cannot be made again.
pub(super) fn holds(object: &Object) -> Option<&'static str> {
    match object.kind.as_str() {
        _ if !object.group.is_empty() => None,
        "PersistentVolumeClaim" | "PersistentVolume" => Some("volume"),
        "Namespace" => Some("all that is in it"),
        "CustomResourceDefinition" => Some("all objects of its kind"),
        "StatefulSet" => {
            let policy = object.text(&["spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted"]);
            let claims = !object.list(&["spec", "volumeClaimTemplates"]).is_empty();
            (claims && policy == Some("Delete")).then_some("volumes")
        }
        _ => None,
    }
}

/// Who keeps an object in the cluster that leaves the files.
pub(super) fn keeper(object: &Object) -> Option<&'static str> {
    let is = |key: &str, value: &str| object.annotation(key).is_some_and(|text| text.contains(value));
    if is("helm.sh/resource-policy", "keep") {
        return Some("Helm keeps it in the cluster");
    }
    if is("argocd.argoproj.io/sync-options", "Prune=false") {
        return Some("Argo CD keeps it in the cluster");
    }
    is("kustomize.toolkit.fluxcd.io/prune", "disabled").then_some("Flux keeps it in the cluster")
}

/// What goes with it.
pub(super) fn takes_along(world: &World<'_>, object: &Object) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(text) = loss(object) {
        notes.push(text.to_owned());
    }
    if object.is(&["Namespace"]) {
        let inside = world
            .old
            .iter()
            .filter(|one| one.namespace.as_deref() == Some(&object.name));
        let count = inside.count();
        if count > 0 {
            notes.push(format!("{count} objects of these files are in it"));
        }
    }
    notes.push("`kubectl apply` alone leaves it in the cluster; who prunes deletes it".to_owned());
    notes
}

fn loss(object: &Object) -> Option<&'static str> {
    if !object.group.is_empty() {
        return None;
    }
    match object.kind.as_str() {
        "Namespace" => Some("all objects in it are deleted with it"),
        "CustomResourceDefinition" => Some("all objects of its kind are deleted with it"),
        "PersistentVolumeClaim" => Some("its volume is deleted too, unless the class or the volume retains it"),
        "Deployment" | "DaemonSet" | "ReplicaSet" | "StatefulSet" | "Job" => Some("its pods stop"),
        "Ingress" => Some("its hosts are no longer served"),
        "RoleBinding" | "ClusterRoleBinding" => Some("its subjects lose what the role allows"),
        "Service" if object.text(&["spec", "type"]) == Some("LoadBalancer") => {
            Some("its balancer goes, and a new one has another address")
        }
        "Service" => Some("its name is no longer resolved"),
        _ => None,
    }
}
