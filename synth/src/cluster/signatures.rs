//! Who must have signed what runs in the namespace: a policy of Kyverno
//! (<https://kyverno.io/docs/policy-types/image-validating-policy/>).
//!
//! Who signs and who looks are one pair. Cosign 3 keeps a signature as a bundle that refers to its image, which needs no tag,
//! so that it goes into a registry of tags that cannot be moved. Kyverno reads such bundles of ECR, signed without a key,
//! since 1.18; that 1.19.0 lost some of them (<https://github.com/kyverno/kyverno/issues/17363>,
//! <https://github.com/kyverno/kyverno/issues/16678>) is why it stays at 1.18. Sigstore's own policy controller finds no
//! signature in them (<https://github.com/sigstore/policy-controller/issues/1899>). Kyverno's makers name Kubernetes 1.33 to 1.35
//! for 1.18 and 1.19 (<https://endoflife.date/kyverno>): whether a newer one does, somebody must see.

use serde_json::{Value as Json, json};

use super::Place;
use crate::model::{Environment, System};
use crate::schema::github::claim::ISSUER;

/// The public log of signatures.
const LOG: &str = "https://rekor.sigstore.dev";

/// How long somebody may wait for an answer: the registry and the log are asked. Kubernetes takes no longer time.
const SECONDS: u32 = 30;

/// The policy; nothing if nobody asks. It looks at pods and at the Deployments that make them, at every image, and refuses
/// what it cannot look at.
pub(super) fn policy(system: &System, environment: &Environment, signer: &str) -> Option<Json> {
    let place = Place { system, environment };
    let metadata = json!({ "name": system.namespace(), "labels": place.labels().all() });
    system.checks_signatures().then(|| {
        json!({
            "apiVersion": "policies.kyverno.io/v1",
            "kind": "ImageValidatingPolicy",
            "metadata": metadata,
            "spec": spec(system.namespace(), signer),
        })
    })
}

fn spec(namespace: &str, signer: &str) -> Json {
    let every = "images.containers + images.initContainers + images.ephemeralContainers";
    json!({
        "attestors": [{ "name": "release", "cosign": by(signer) }],
        "autogen": { "podControllers": { "controllers": ["deployments"] } },
        // With the role of its own account.
        "credentials": { "providers": ["amazon"] },
        "evaluation": {
            "admission": { "enabled": true },
            "background": { "enabled": false },
        },
        "failurePolicy": "Fail",
        "matchConstraints": {
            "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": namespace } },
            "resourceRules": [{
                "apiGroups": [""],
                "apiVersions": ["v1"],
                "operations": ["CREATE", "UPDATE"],
                "resources": ["pods", "pods/ephemeralcontainers"],
            }],
        },
        "matchImageReferences": [{ "glob": "*" }],
        "validationActions": ["Deny"],
        // Who deploys names a digest, and its own fields stay as they are.
        "validationConfigurations": { "mutateDigest": false, "required": true, "verifyDigest": true },
        "validations": [{
            "expression": format!("({every}).all(image, verifyImageSignatures(image, [attestors.release]) > 0)"),
            "message": "an image is not signed by the workflow that releases this system",
        }],
        "webhookConfiguration": { "timeoutSeconds": SECONDS },
    })
}

/// Whose signatures count.
fn by(signer: &str) -> Json {
    json!({
        "keyless": { "identities": [{ "issuer": format!("https://{ISSUER}"), "subject": signer }] },
        "ctlog": { "url": LOG },
    })
}
