//! The values of Sealed Secrets.

use serde_json::{Value as Json, json};

use super::{apart, resources};
use crate::model::{Installed, Operator};

/// Sealed Secrets (<https://github.com/bitnami/sealed-secrets/blob/main/helm/sealed-secrets/values.yaml>): it opens what was
/// sealed for the one namespace that has such, and has rights to the secrets of no other but its own.
pub(super) fn values(installed: Installed<'_>) -> Json {
    let chart = installed.operator.chart();
    json!({
        "image": apart(installed, 0),
        "fullnameOverride": chart.name,
        // It looks into its own in any case, and has rights there only if that is said.
        "additionalNamespaces": [Operator::Prometheus.chart().namespace, chart.namespace],
        "rbac": {
            "clusterRole": false,
            "namespacedRoles": true,
            // Whoever seals has the rights of the operator, and nobody else asks.
            "serviceProxier": { "bind": false },
        },
        "podSecurityContext": {
            "enabled": true,
            "fsGroup": 65534,
            "seccompProfile": { "type": "RuntimeDefault" },
        },
        "containerSecurityContext": {
            "enabled": true,
            "allowPrivilegeEscalation": false,
            "capabilities": { "drop": ["ALL"] },
            "readOnlyRootFilesystem": true,
            "runAsNonRoot": true,
            "runAsUser": 1001,
        },
        "resources": resources(("20m", "200m"), "64Mi"),
    })
}
