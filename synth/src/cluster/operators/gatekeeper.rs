//! The values of Gatekeeper.

use serde_json::{Value as Json, json};

use super::{off, pinned, resources};
use crate::model::{Installed, Operator, System};

/// The name of the condition that it looks at one namespace by.
pub(crate) const CONDITION: &str = "of-the-system";

/// Gatekeeper (<https://github.com/open-policy-agent/gatekeeper/blob/v3.23.0/charts/gatekeeper/values.yaml>): what comes into
/// the namespace of the system is refused while nobody can look at it, and it is asked of no other, so that an outage of it
/// keeps no other from being repaired. It changes nothing. The chart leaves the condition out for a cluster that is older
/// than 1.28, where the API server does not know it.
pub(super) fn values(system: &System, installed: Installed<'_>) -> Json {
    let (repository, release) = pinned(installed, 0);
    // A request for what stands in no namespace names none, and with `Fail` an expression that fails refuses it.
    let one = format!(
        "has(request.namespace) && request.namespace == '{}'",
        system.namespace()
    );
    json!({
        "image": { "repository": repository, "release": release },
        "replicas": 3,
        "pdb": { "controllerManager": { "minAvailable": 2 } },
        "validatingWebhookFailurePolicy": "Fail",
        "validatingWebhookMatchConditions": [{ "name": CONDITION, "expression": one }],
        // It looks only whether a namespace says of itself that nobody looks at it.
        "validatingWebhookCheckIgnoreFailurePolicy": "Ignore",
        "validatingWebhookTimeoutSeconds": 5,
        "disableMutation": true,
        "enableExternalData": false,
        // What was there before a policy is looked at, too.
        "auditInterval": 300,
        "logDenies": true,
        "metricsBackends": ["prometheus"],
        "controllerManager": { "resources": resources(("100m", "500m"), "512Mi") },
        "audit": { "resources": resources(("100m", "500m"), "512Mi") },
        // Kinds and namespaces are made before, so that no job of the chart has rights to.
        "postInstall": {
            "labelNamespace": off(),
            "probeWebhook": off(),
        },
        "upgradeCRDs": off(),
    })
}

/// What says of the namespace of Gatekeeper that it does not look at itself.
pub(super) fn ignoring(namespace: &str) -> Option<(String, String)> {
    let own = Operator::Gatekeeper.chart().namespace;
    let label = ("admission.gatekeeper.sh/ignore", "no-self-managing");
    (namespace == own).then(|| (label.0.to_owned(), label.1.to_owned()))
}
