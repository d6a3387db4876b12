//! The values of External Secrets.

use serde_json::{Value as Json, json};

use super::{resources, tagged};
use crate::model::{Installed, System};

/// External Secrets (<https://github.com/external-secrets/external-secrets/blob/v2.9.0/deploy/charts/external-secrets/values.yaml>):
/// it has rights in one namespace and none in the others, and no web hook, since what it would look at is checked before it is
/// committed.
pub(super) fn values(system: &System, installed: Installed<'_>) -> Json {
    json!({
        "image": tagged(installed, 0),
        "replicaCount": 2,
        "leaderElect": true,
        "scopedNamespace": system.namespace(),
        "scopedRBAC": true,
        // Kinds of all namespaces are left out.
        "crds": {
            "createClusterExternalSecret": false,
            "createClusterGenerator": false,
            "createClusterPushSecret": false,
            "createClusterSecretStore": false,
            "createPushSecret": false,
        },
        "processClusterExternalSecret": false,
        "processClusterGenerator": false,
        "processClusterPushSecret": false,
        "processClusterStore": false,
        "processPushSecret": false,
        // Who may look at pods may not so look at where secrets are.
        "rbac": { "aggregateToEdit": false, "aggregateToView": false, "servicebindings": { "create": false } },
        "serviceAccount": { "create": true, "name": "external-secrets" },
        "podDisruptionBudget": { "enabled": true, "minAvailable": 1 },
        "resources": resources(("50m", "200m"), "128Mi"),
        "webhook": { "create": false },
        "certController": { "create": false },
    })
}
