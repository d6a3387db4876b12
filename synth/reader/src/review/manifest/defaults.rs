//! What the API server writes where a manifest says nothing.
//!
//! A file that begins to say what was so before changes nothing; above all no pod restarts for it.
//!
//! Sources: `pkg/apis/*/v1/defaults.go` of <https://github.com/kubernetes/kubernetes>, of which the reference says the
//! same field by field, <https://kubernetes.io/docs/reference/kubernetes-api/>.

use serde_json::{Map, Value as Json, json};

use crate::schema::kubernetes::Node as Schema;

/// Definition, field, value as JSON.
const DEFAULTS: &[(&str, &str, &str)] = &[
    ("core.v1.PodSpec", "restartPolicy", "\"Always\""),
    ("core.v1.PodSpec", "dnsPolicy", "\"ClusterFirst\""),
    ("core.v1.PodSpec", "schedulerName", "\"default-scheduler\""),
    ("core.v1.PodSpec", "terminationGracePeriodSeconds", "30"),
    ("core.v1.PodSpec", "securityContext", "{}"),
    ("core.v1.PodSpec", "enableServiceLinks", "true"),
    ("core.v1.PodSpec", "hostNetwork", "false"),
    ("core.v1.PodSpec", "hostPID", "false"),
    ("core.v1.PodSpec", "hostIPC", "false"),
    (
        "core.v1.Container",
        "terminationMessagePath",
        "\"/dev/termination-log\"",
    ),
    ("core.v1.Container", "terminationMessagePolicy", "\"File\""),
    ("core.v1.Container", "resources", "{}"),
    ("core.v1.Container", "stdin", "false"),
    ("core.v1.Container", "stdinOnce", "false"),
    ("core.v1.Container", "tty", "false"),
    ("core.v1.ContainerPort", "protocol", "\"TCP\""),
    ("core.v1.VolumeMount", "readOnly", "false"),
    ("core.v1.EnvVar", "value", "\"\""),
    ("core.v1.Probe", "timeoutSeconds", "1"),
    ("core.v1.Probe", "periodSeconds", "10"),
    ("core.v1.Probe", "successThreshold", "1"),
    ("core.v1.Probe", "failureThreshold", "3"),
    ("core.v1.Probe", "initialDelaySeconds", "0"),
    ("core.v1.HTTPGetAction", "scheme", "\"HTTP\""),
    ("core.v1.HTTPGetAction", "path", "\"/\""),
    ("core.v1.ObjectFieldSelector", "apiVersion", "\"v1\""),
    ("core.v1.ConfigMapVolumeSource", "defaultMode", "420"),
    ("core.v1.SecretVolumeSource", "defaultMode", "420"),
    ("core.v1.ProjectedVolumeSource", "defaultMode", "420"),
    ("core.v1.DownwardAPIVolumeSource", "defaultMode", "420"),
    ("core.v1.ServiceAccountTokenProjection", "expirationSeconds", "3600"),
    ("core.v1.HostPathVolumeSource", "type", "\"\""),
    ("core.v1.ServiceSpec", "type", "\"ClusterIP\""),
    ("core.v1.ServiceSpec", "sessionAffinity", "\"None\""),
    ("core.v1.ServiceSpec", "internalTrafficPolicy", "\"Cluster\""),
    ("core.v1.ServiceSpec", "externalTrafficPolicy", "\"Cluster\""),
    ("core.v1.ServiceSpec", "publishNotReadyAddresses", "false"),
    ("core.v1.ServicePort", "protocol", "\"TCP\""),
    ("core.v1.PersistentVolumeClaimSpec", "volumeMode", "\"Filesystem\""),
    ("core.v1.PersistentVolumeSpec", "volumeMode", "\"Filesystem\""),
    (
        "core.v1.PersistentVolumeSpec",
        "persistentVolumeReclaimPolicy",
        "\"Retain\"",
    ),
    ("v1/Secret", "type", "\"Opaque\""),
    ("apps.v1.DeploymentSpec", "replicas", "1"),
    ("apps.v1.DeploymentSpec", "revisionHistoryLimit", "10"),
    ("apps.v1.DeploymentSpec", "progressDeadlineSeconds", "600"),
    ("apps.v1.DeploymentSpec", "minReadySeconds", "0"),
    ("apps.v1.DeploymentSpec", "paused", "false"),
    ("apps.v1.DeploymentSpec", "strategy", "{\"type\": \"RollingUpdate\"}"),
    ("apps.v1.DeploymentStrategy", "type", "\"RollingUpdate\""),
    ("apps.v1.RollingUpdateDeployment", "maxSurge", "\"25%\""),
    ("apps.v1.RollingUpdateDeployment", "maxUnavailable", "\"25%\""),
    ("apps.v1.StatefulSetSpec", "replicas", "1"),
    ("apps.v1.StatefulSetSpec", "podManagementPolicy", "\"OrderedReady\""),
    ("apps.v1.StatefulSetSpec", "revisionHistoryLimit", "10"),
    ("apps.v1.StatefulSetSpec", "minReadySeconds", "0"),
    (
        "apps.v1.StatefulSetSpec",
        "updateStrategy",
        "{\"type\": \"RollingUpdate\"}",
    ),
    ("apps.v1.StatefulSetUpdateStrategy", "type", "\"RollingUpdate\""),
    ("apps.v1.RollingUpdateStatefulSetStrategy", "partition", "0"),
    ("apps.v1.DaemonSetSpec", "revisionHistoryLimit", "10"),
    ("apps.v1.DaemonSetSpec", "minReadySeconds", "0"),
    (
        "apps.v1.DaemonSetSpec",
        "updateStrategy",
        "{\"type\": \"RollingUpdate\"}",
    ),
    ("apps.v1.DaemonSetUpdateStrategy", "type", "\"RollingUpdate\""),
    ("apps.v1.RollingUpdateDaemonSet", "maxUnavailable", "1"),
    ("apps.v1.RollingUpdateDaemonSet", "maxSurge", "0"),
    ("batch.v1.JobSpec", "backoffLimit", "6"),
    ("batch.v1.JobSpec", "completionMode", "\"NonIndexed\""),
    ("batch.v1.JobSpec", "suspend", "false"),
    ("batch.v1.JobSpec", "parallelism", "1"),
    ("batch.v1.CronJobSpec", "concurrencyPolicy", "\"Allow\""),
    ("batch.v1.CronJobSpec", "suspend", "false"),
    ("batch.v1.CronJobSpec", "successfulJobsHistoryLimit", "3"),
    ("batch.v1.CronJobSpec", "failedJobsHistoryLimit", "1"),
    ("autoscaling.v2.HorizontalPodAutoscalerSpec", "minReplicas", "1"),
    ("storage.k8s.io/v1/StorageClass", "reclaimPolicy", "\"Delete\""),
    ("storage.k8s.io/v1/StorageClass", "volumeBindingMode", "\"Immediate\""),
    ("storage.k8s.io/v1/StorageClass", "allowVolumeExpansion", "false"),
    ("networking.v1.NetworkPolicyPort", "protocol", "\"TCP\""),
    (
        "admissionregistration.v1.ValidatingWebhook",
        "failurePolicy",
        "\"Fail\"",
    ),
    (
        "admissionregistration.v1.ValidatingWebhook",
        "matchPolicy",
        "\"Equivalent\"",
    ),
    ("admissionregistration.v1.ValidatingWebhook", "timeoutSeconds", "10"),
    ("admissionregistration.v1.MutatingWebhook", "failurePolicy", "\"Fail\""),
    (
        "admissionregistration.v1.MutatingWebhook",
        "matchPolicy",
        "\"Equivalent\"",
    ),
    ("admissionregistration.v1.MutatingWebhook", "timeoutSeconds", "10"),
    (
        "admissionregistration.v1.MutatingWebhook",
        "reinvocationPolicy",
        "\"Never\"",
    ),
];

/// What a field is where nothing is said, given what stands beside it.
pub(super) fn of(schema: Option<Schema>, field: &str, beside: &Map<String, Json>) -> Option<Json> {
    let definition = schema?.definition()?;
    let text = |key: &str| beside.get(key).and_then(Json::as_str);
    match (definition, field) {
        ("core.v1.Container", "imagePullPolicy") => Some(pull_policy(text("image")?).into()),
        ("core.v1.PodSpec", "serviceAccount") => return beside.get("serviceAccountName").cloned(),
        ("core.v1.PodSpec", "serviceAccountName") => return beside.get("serviceAccount").cloned(),
        ("core.v1.ServicePort", "targetPort") => return beside.get("port").cloned(),
        ("networking.v1.NetworkPolicySpec", "policyTypes") => Some(match beside.get("egress") {
            Some(_) => json!(["Ingress", "Egress"]),
            None => json!(["Ingress"]),
        }),
        ("apps.v1.DeploymentStrategy", "rollingUpdate") if text("type") != Some("Recreate") => {
            Some(json!({ "maxSurge": "25%", "maxUnavailable": "25%" }))
        }
        ("apps.v1.DaemonSetUpdateStrategy" | "apps.v1.StatefulSetUpdateStrategy", "rollingUpdate")
            if text("type") != Some("OnDelete") =>
        {
            Some(json!({}))
        }
        _ => None,
    }
    .or_else(|| {
        let mut known = DEFAULTS
            .iter()
            .filter(|(of, name, _)| *of == definition && *name == field);
        serde_json::from_str(known.next()?.2).ok()
    })
}

/// `IfNotPresent`, but for what has no tag or the tag `latest`.
fn pull_policy(image: &str) -> &'static str {
    let (name, has_digest) = image.split_once('@').map_or((image, false), |(name, _)| (name, true));
    let last = name.rsplit('/').next().unwrap_or(name);
    match last.split_once(':') {
        Some((_, tag)) if tag != "latest" => "IfNotPresent",
        None if has_digest => "IfNotPresent",
        _ => "Always",
    }
}
