//! The values of Kyverno.

use serde_json::{Value as Json, json};

use super::{apart, off, resources, with_role};
use crate::model::{Environment, Installed, System};
use crate::resources::{VERIFIER, VERIFIER_ID, identity};

/// Kyverno (<https://github.com/kyverno/kyverno/blob/release-1.18/charts/kyverno/values.yaml>): it asks who signed the images
/// of one namespace, and does nothing else that it could. It is asked of no other namespace, so that an outage of it keeps no
/// other from being repaired.
pub(super) fn values(system: &System, environment: &Environment, installed: Installed<'_>) -> Json {
    let account = with_role(
        json!({ "name": VERIFIER.1 }),
        identity::of_operator(system, environment, VERIFIER_ID),
    );
    let own = json!({ "key": "kubernetes.io/metadata.name", "operator": "In", "values": [system.namespace()] });
    json!({
        "admissionController": {
            "replicas": 3,
            "podDisruptionBudget": { "enabled": true, "minAvailable": 2 },
            "rbac": { "serviceAccount": account },
            "container": {
                "image": apart(installed, 0),
                "resources": resources(("100m", "1000m"), "512Mi"),
            },
            "initContainer": {
                "image": apart(installed, 1),
                "resources": resources(("10m", "100m"), "256Mi"),
            },
        },
        "backgroundController": off(),
        "cleanupController": off(),
        "reportsController": off(),
        "config": { "webhooks": { "namespaceSelector": { "matchExpressions": [own] } } },
        // The job that moves what earlier versions stored has rights to all of it.
        "crds": { "install": true, "migration": off() },
        "features": {
            "admissionReports": off(),
            "backgroundScan": off(),
            // An exception would be a way around the policy.
            "policyExceptions": off(),
            "registryClient": { "credentialHelpers": ["amazon"] },
        },
        "policyReportsCleanup": off(),
        "webhooksCleanup": off(),
    })
}
