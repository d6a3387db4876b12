//! What is known of kinds without their schemas.

/// The groups of the API server itself.
///
/// Source: <https://kubernetes.io/docs/reference/kubernetes-api/>.
const BUILT_IN: [&str; 23] = [
    "",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "apps",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "extensions",
    "flowcontrol.apiserver.k8s.io",
    "internal.apiserver.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
];

/// Kinds of these groups that belong to no namespace.
///
/// Source: `kubectl api-resources --namespaced=false`.
const OF_THE_CLUSTER: [&str; 33] = [
    "APIService",
    "CSIDriver",
    "CSINode",
    "CertificateSigningRequest",
    "ClusterRole",
    "ClusterRoleBinding",
    "ClusterTrustBundle",
    "ComponentStatus",
    "CustomResourceDefinition",
    "DeviceClass",
    "FlowSchema",
    "IPAddress",
    "IngressClass",
    "MutatingAdmissionPolicy",
    "MutatingAdmissionPolicyBinding",
    "MutatingWebhookConfiguration",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PodSecurityPolicy",
    "PriorityClass",
    "PriorityLevelConfiguration",
    "ResourceSlice",
    "RuntimeClass",
    "SelfSubjectReview",
    "ServiceCIDR",
    "StorageClass",
    "SubjectAccessReview",
    "TokenReview",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
    "VolumeAttachment",
];

/// Groups of custom resources that make no pods, Services, ConfigMaps or service accounts.
const QUIET: [&str; 10] = [
    "eks.amazonaws.com",
    "monitoring.coreos.com",
    "networking.istio.io",
    "security.istio.io",
    "gateway.networking.k8s.io",
    "traefik.io",
    "keda.sh",
    "elbv2.k8s.aws",
    "kustomize.config.k8s.io",
    "config.kubernetes.io",
];

/// Whether a group of the API is Kubernetes' own.
#[must_use]
pub fn is_built_in(group: &str) -> bool {
    BUILT_IN.contains(&group)
}

pub(in crate::read) fn is_of_the_cluster(group: &str, kind: &str) -> bool {
    is_built_in(group) && (OF_THE_CLUSTER.contains(&kind) || kind == "VolumeAttributesClass")
}

pub(super) fn may_make_objects(group: &str) -> bool {
    !is_built_in(group) && !QUIET.contains(&group)
}
