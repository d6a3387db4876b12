//! What the API server refuses to change.
//!
//! `kubectl diff` ends with an error at these (<https://github.com/kubernetes/kubernetes/issues/118325>): whoever wants
//! the change deletes the object and makes it anew.

use serde_json::Value as Json;

use super::differ::Difference;
use super::object::Object;
use crate::read::manifest::Quantity;

/// Fields that never change.
struct Fixed {
    kinds: &'static [&'static str],
    paths: &'static [&'static str],
    /// What may change below them all the same.
    but: &'static [&'static str],
}

const fn fixed(kinds: &'static [&'static str], paths: &'static [&'static str], but: &'static [&'static str]) -> Fixed {
    Fixed { kinds, paths, but }
}

/// Sources: `Validate*Update` in `pkg/apis/*/validation/validation.go` of <https://github.com/kubernetes/kubernetes>; the
/// pages of the kinds below <https://kubernetes.io/docs/concepts/>.
const FIXED: &[Fixed] = &[
    fixed(&["Deployment", "ReplicaSet", "DaemonSet"], &["spec.selector"], &[]),
    // https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
    fixed(
        &["StatefulSet"],
        &["spec"],
        &[
            "spec.replicas",
            "spec.ordinals",
            "spec.template",
            "spec.updateStrategy",
            "spec.persistentVolumeClaimRetentionPolicy",
            "spec.minReadySeconds",
            "spec.revisionHistoryLimit",
        ],
    ),
    // https://kubernetes.io/docs/concepts/workloads/controllers/job/
    fixed(
        &["Job"],
        &[
            "spec.selector",
            "spec.template",
            "spec.completionMode",
            "spec.completions",
            "spec.podFailurePolicy",
            "spec.backoffLimitPerIndex",
            "spec.managedBy",
            "spec.successPolicy",
        ],
        &[],
    ),
    fixed(
        &["Pod"],
        &["spec"],
        &[
            "spec.containers.*.image",
            "spec.initContainers.*.image",
            "spec.activeDeadlineSeconds",
            "spec.tolerations",
            "spec.schedulingGates",
            "spec.terminationGracePeriodSeconds",
        ],
    ),
    // https://kubernetes.io/docs/concepts/storage/persistent-volumes/
    fixed(
        &["PersistentVolumeClaim"],
        &["spec"],
        &[
            "spec.resources.requests.storage",
            "spec.volumeAttributesClassName",
            "spec.volumeName",
            "spec.storageClassName",
        ],
    ),
    // https://kubernetes.io/docs/reference/access-authn-authz/rbac/
    fixed(&["RoleBinding", "ClusterRoleBinding"], &["roleRef"], &[]),
    fixed(&["Secret"], &["type"], &[]),
    // https://kubernetes.io/docs/concepts/storage/storage-classes/
    fixed(
        &["StorageClass"],
        &["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"],
        &[],
    ),
    fixed(&["VolumeAttributesClass"], &["driverName", "parameters"], &[]),
    fixed(&["PriorityClass"], &["value", "preemptionPolicy"], &[]),
    fixed(
        &["PersistentVolume"],
        &[
            "spec.csi",
            "spec.hostPath",
            "spec.local",
            "spec.nfs",
            "spec.iscsi",
            "spec.fc",
            "spec.awsElasticBlockStore",
            "spec.gcePersistentDisk",
            "spec.azureDisk",
            "spec.azureFile",
            "spec.cephfs",
            "spec.rbd",
            "spec.volumeMode",
        ],
        &[],
    ),
    fixed(&["IngressClass"], &["spec.controller"], &[]),
    fixed(&["RuntimeClass"], &["handler"], &[]),
    fixed(&["ResourceQuota"], &["spec.scopes"], &[]),
    fixed(&["EndpointSlice"], &["addressType"], &[]),
    fixed(
        &["CustomResourceDefinition"],
        &["spec.group", "spec.scope", "spec.names.plural", "spec.names.kind"],
        &[],
    ),
];

/// Why the server refuses a change, if it does.
pub(super) fn refused(old: &Object, new: &Object, difference: &Difference) -> Option<String> {
    if !new.group.is_empty() {
        return None;
    }
    let is_fixed = FIXED.iter().any(|fixed| {
        fixed.kinds.contains(&new.kind.as_str())
            && fixed.paths.iter().any(|path| difference.is_in(path))
            && !fixed.but.iter().any(|path| difference.is_in(path))
    });
    if is_fixed && !is_let_through(old, new, difference) {
        return Some("the API server refuses to change it".to_owned());
    }
    match new.kind.as_str() {
        "Service" => service(old, difference),
        "PersistentVolumeClaim" => claim(difference),
        "ConfigMap" | "Secret" => sealed(old, difference),
        _ => None,
    }
}

/// What the server takes in some cases.
fn is_let_through(old: &Object, new: &Object, difference: &Difference) -> bool {
    let is = |path| difference.is_in(path);
    match new.kind.as_str() {
        // While a Job is suspended, where its pods go may change.
        "Job" if is("spec.template") => {
            let places = [
                "spec.template.metadata.labels",
                "spec.template.metadata.annotations",
                "spec.template.spec.nodeSelector",
                "spec.template.spec.affinity",
                "spec.template.spec.tolerations",
                "spec.template.spec.schedulingGates",
            ];
            old.dig(&["spec", "suspend"]) == Some(&Json::Bool(true)) && places.into_iter().any(is)
        }
        // Of an indexed Job both may change together.
        "Job" if is("spec.completions") => {
            let indexed = |job: &Object| job.text(&["spec", "completionMode"]) == Some("Indexed");
            let equal = || new.dig(&["spec", "completions"]) == new.dig(&["spec", "parallelism"]);
            // The server counts one where nothing is said of either.
            (indexed(old) && indexed(new) && equal()) || difference.old.is_none() || difference.new.is_none()
        }
        // The server makes one of its own where none is said.
        "Job" if is("spec.selector") => difference.old.is_none() || difference.new.is_none(),
        "StatefulSet" if is("spec.volumeClaimTemplates.*.status") => true,
        _ => false,
    }
}

/// <https://kubernetes.io/docs/concepts/services-networking/service/>
fn service(old: &Object, difference: &Difference) -> Option<String> {
    let text = |value: &Option<Json>| value.as_ref().and_then(Json::as_str).map(str::to_owned);
    let (was, is) = (text(&difference.old), text(&difference.new));
    if difference.is_in("spec.clusterIP") && old.text(&["spec", "type"]) != Some("ExternalName") {
        return match (was.as_deref(), is.as_deref()) {
            (Some(was), Some(is)) if !was.is_empty() && !is.is_empty() => {
                Some("the API server refuses another address".to_owned())
            }
            (None | Some(""), Some("None")) => {
                Some("the API server refuses to take the address away that it gave".to_owned())
            }
            _ => None,
        };
    }
    let first = |value: &Option<Json>| value.as_ref()?.as_array()?.first().cloned();
    let families = first(&difference.old).zip(first(&difference.new));
    if difference.is_in("spec.ipFamilies") && families.is_some_and(|(old, new)| old != new) {
        return Some("the API server refuses another first family of addresses".to_owned());
    }
    (difference.is_in("spec.loadBalancerClass") && was.is_some() && is.is_some())
        .then(|| "the API server refuses another class of balancer".to_owned())
}

fn claim(difference: &Difference) -> Option<String> {
    let text = |value: &Option<Json>| value.as_ref().and_then(Json::as_str).map(str::to_owned);
    let (was, is) = (text(&difference.old)?, text(&difference.new)?);
    let both = Quantity::parse(&was).zip(Quantity::parse(&is));
    let shrinks = both.is_some_and(|(was, is)| is < was);
    if shrinks && difference.is_in("spec.resources.requests.storage") {
        return Some("the API server refuses a claim that shrinks".to_owned());
    }
    let named = difference.is_in("spec.storageClassName") || difference.is_in("spec.volumeName");
    named.then(|| "the API server refuses to change it".to_owned())
}

/// <https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable>
fn sealed(old: &Object, difference: &Difference) -> Option<String> {
    let parts = ["data", "binaryData", "stringData", "immutable"];
    let is_sealed = old.value.get("immutable") == Some(&Json::Bool(true));
    (is_sealed && parts.into_iter().any(|part| difference.is_in(part)))
        .then(|| "it is immutable, so that the API server refuses it".to_owned())
}

/// Who deletes the object and makes it anew by itself, if somebody does.
pub(super) fn replacer(new: &Object) -> Option<&'static str> {
    let is = |key: &str, value: &str| new.annotation(key).is_some_and(|text| text.contains(value));
    let policy = |key: &str, default: &str, wanted: &str| new.annotation(key).unwrap_or(default).contains(wanted);
    let helm = "helm.sh/hook-delete-policy";
    if new.annotation("helm.sh/hook").is_some() && policy(helm, "before-hook-creation", "before-hook-creation") {
        return Some("Helm deletes a hook before it makes it anew");
    }
    let argo = "argocd.argoproj.io/hook-delete-policy";
    if new.annotation("argocd.argoproj.io/hook").is_some() && policy(argo, "BeforeHookCreation", "BeforeHookCreation") {
        return Some("Argo CD deletes a hook before it makes it anew");
    }
    let options = "argocd.argoproj.io/sync-options";
    if is(options, "Force=true") && is(options, "Replace=true") {
        return Some("Argo CD is told to replace it by force");
    }
    is("kustomize.toolkit.fluxcd.io/force", "enabled").then_some("Flux is told to replace it by force")
}
