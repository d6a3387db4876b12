//! Which kinds are written, and what their definitions do not say.

/// The kinds that are rendered.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("apiregistration.k8s.io/v1", "APIService"),
    ("apps/v1", "DaemonSet"),
    ("apps/v1", "Deployment"),
    ("autoscaling/v2", "HorizontalPodAutoscaler"),
    ("eks.amazonaws.com/v1", "IngressClassParams"),
    ("elbv2.k8s.aws/v1beta1", "IngressClassParams"),
    ("external-secrets.io/v1", "ExternalSecret"),
    ("external-secrets.io/v1", "SecretStore"),
    ("monitoring.coreos.com/v1", "PrometheusRule"),
    ("monitoring.coreos.com/v1", "ServiceMonitor"),
    ("networking.istio.io/v1", "Gateway"),
    ("networking.istio.io/v1", "VirtualService"),
    ("networking.k8s.io/v1", "Ingress"),
    ("networking.k8s.io/v1", "IngressClass"),
    ("networking.k8s.io/v1", "NetworkPolicy"),
    ("policy/v1", "PodDisruptionBudget"),
    ("rbac.authorization.k8s.io/v1", "ClusterRole"),
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
    ("rbac.authorization.k8s.io/v1", "Role"),
    ("rbac.authorization.k8s.io/v1", "RoleBinding"),
    ("rbac.authorization.k8s.io/v1", "ClusterRole"),
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
    ("apps/v1", "DaemonSet"),
    ("security.istio.io/v1", "AuthorizationPolicy"),
    ("security.istio.io/v1", "PeerAuthentication"),
    ("v1", "ConfigMap"),
    ("v1", "LimitRange"),
    ("v1", "Namespace"),
    ("v1", "ResourceQuota"),
    ("v1", "Service"),
    ("v1", "ServiceAccount"),
];

/// What a text names: the end of a definition's name, the field, the kind.
pub(super) const REFERENCES: &[(&str, &str, &str)] = &[
    ("ConfigMapEnvSource", "name", "core::ConfigMap"),
    ("IngressServiceBackend", "name", "core::Service"),
    ("IngressSpec", "ingressClassName", "networking::IngressClass"),
    ("PodSpec", "serviceAccountName", "core::ServiceAccount"),
];

/// What is written of parts that have much more: of custom resources, which take every provider and every way to sign in.
pub(super) const ONLY: &[(&str, &[&str])] = &[
    (
        "external_secrets.v1.ExternalSecretSpec",
        &["data", "refreshInterval", "secretStoreRef", "target"],
    ),
    (
        "external_secrets.v1.ExternalSecretSpecData",
        &["remoteRef", "secretKey"],
    ),
    (
        "external_secrets.v1.ExternalSecretSpecDataRemoteRef",
        &["key", "property"],
    ),
    (
        "external_secrets.v1.ExternalSecretSpecTarget",
        &["creationPolicy", "deletionPolicy", "name"],
    ),
    ("external_secrets.v1.SecretStoreSpec", &["provider"]),
    ("external_secrets.v1.SecretStoreSpecProvider", &["aws"]),
    (
        "external_secrets.v1.SecretStoreSpecProviderAws",
        &["auth", "region", "service"],
    ),
    ("external_secrets.v1.SecretStoreSpecProviderAwsAuth", &["jwt"]),
    (
        "external_secrets.v1.SecretStoreSpecProviderAwsAuthJwtServiceAccountRef",
        &["name"],
    ),
    ("istio.v1.AuthorizationPolicySpec", &["action", "rules", "selector"]),
    ("istio.v1.AuthorizationPolicySpecRules", &["from", "to"]),
    ("istio.v1.AuthorizationPolicySpecRulesFromSource", &["principals"]),
    ("istio.v1.AuthorizationPolicySpecRulesToOperation", &["ports"]),
    ("istio.v1.GatewaySpecServers", &["hosts", "port"]),
    ("istio.v1.GatewaySpecServersPort", &["name", "number", "protocol"]),
    ("istio.v1.PeerAuthenticationSpec", &["mtls"]),
    ("istio.v1.VirtualServiceSpec", &["gateways", "hosts", "http"]),
    (
        "istio.v1.VirtualServiceSpecHttp",
        &["directResponse", "match", "retries", "route", "timeout"],
    ),
    ("istio.v1.VirtualServiceSpecHttpDirectResponse", &["status"]),
    ("istio.v1.VirtualServiceSpecHttpMatch", &["uri"]),
    ("istio.v1.VirtualServiceSpecHttpRetries", &["attempts", "retryOn"]),
    ("istio.v1.VirtualServiceSpecHttpRoute", &["destination"]),
    ("istio.v1.VirtualServiceSpecHttpRouteDestination", &["host", "port"]),
    ("monitoring.v1.PrometheusRuleSpecGroups", &["name", "rules"]),
    (
        "monitoring.v1.PrometheusRuleSpecGroupsRules",
        &["alert", "annotations", "expr", "for", "labels", "record"],
    ),
    ("monitoring.v1.ServiceMonitorSpec", &["endpoints", "selector"]),
    (
        "monitoring.v1.ServiceMonitorSpecEndpoints",
        &["interval", "path", "port", "scrapeTimeout"],
    ),
    ("monitoring.v1.ServiceMonitorSpecSelector", &["matchLabels"]),
];

/// Parts that nothing here writes, and that lead to many more: what a pod mounts besides a scratch folder, what only the
/// cluster writes, what is gone in spirit, and the older of two spellings.
pub(super) const LEFT_OUT: &[(&str, &str)] = &[
    ("core.v1.NamespaceSpec", "finalizers"),
    ("core.v1.PodSpec", "ephemeralContainers"),
    ("core.v1.PodSpec", "overhead"),
    ("core.v1.PodSpec", "resourceClaims"),
    ("core.v1.PodSpec", "serviceAccount"),
    ("core.v1.Volume", "awsElasticBlockStore"),
    ("core.v1.Volume", "azureDisk"),
    ("core.v1.Volume", "azureFile"),
    ("core.v1.Volume", "cephfs"),
    ("core.v1.Volume", "cinder"),
    ("core.v1.Volume", "csi"),
    ("core.v1.Volume", "downwardAPI"),
    ("core.v1.Volume", "ephemeral"),
    ("core.v1.Volume", "fc"),
    ("core.v1.Volume", "flexVolume"),
    ("core.v1.Volume", "flocker"),
    ("core.v1.Volume", "gcePersistentDisk"),
    ("core.v1.Volume", "gitRepo"),
    ("core.v1.Volume", "glusterfs"),
    ("core.v1.Volume", "image"),
    ("core.v1.Volume", "iscsi"),
    ("core.v1.Volume", "nfs"),
    ("core.v1.Volume", "photonPersistentDisk"),
    ("core.v1.Volume", "portworxVolume"),
    ("core.v1.Volume", "projected"),
    ("core.v1.Volume", "quobyte"),
    ("core.v1.Volume", "rbd"),
    ("core.v1.Volume", "scaleIO"),
    ("core.v1.Volume", "storageos"),
    ("core.v1.Volume", "vsphereVolume"),
    ("elbv2.v1beta1.IngressClassParamsSpec", "PrefixListsIDs"),
];
