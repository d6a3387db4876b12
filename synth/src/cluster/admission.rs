//! What may come into the namespace at all: templates and constraints of Gatekeeper
//! (<https://open-policy-agent.github.io/gatekeeper/website/docs/constrainttemplates>). A cluster knows the kind of a
//! constraint only after it has taken in the template, so that they are two files.

use serde_json::{Value as Json, json};

use super::Place;
use crate::model::{Environment, System};

/// What all of them read pods by.
const PODS: &str = include_str!("../../../templates/admission/pods.rego");

/// A policy.
struct Policy {
    /// The kind of its constraint.
    kind: &'static str,
    /// What it forbids, in a sentence.
    says: &'static str,
    rego: &'static str,
    /// The parameter of its constraint: a list of texts.
    parameter: Option<(&'static str, Vec<String>)>,
}

/// The labels that say whose pods they are.
const LABELS: [&str; 3] = [
    "app.kubernetes.io/instance",
    "app.kubernetes.io/name",
    "app.kubernetes.io/part-of",
];

/// The templates and the constraints; nothing if Gatekeeper does not look.
pub(super) fn policies(system: &System, environment: &Environment) -> Option<(Vec<Json>, Vec<Json>)> {
    if !system.has_policies() {
        return None;
    }
    let place = Place { system, environment };
    let all = all(place);
    let constraints = all.iter().map(|policy| constraint(place, policy));
    Some((all.iter().map(template).collect(), constraints.collect()))
}

fn all(place: Place<'_>) -> [Policy; 5] {
    let home = place
        .system
        .registry_account()
        .unwrap_or_else(|| place.environment.account());
    let image = format!("{}@", home.image(place.system.name.as_str()));
    [
        Policy {
            kind: "RequiredDigests",
            says: "Images are named by their digests: a tag may be moved",
            rego: include_str!("../../../templates/admission/digests.rego"),
            parameter: None,
        },
        Policy {
            kind: "AllowedRegistries",
            says: "Images come from the registry of the system, and from nowhere else",
            rego: include_str!("../../../templates/admission/registries.rego"),
            parameter: Some(("images", vec![image])),
        },
        Policy {
            kind: "RequiredLimits",
            says: "Containers say what they need and what they may take at the most",
            rego: include_str!("../../../templates/admission/limits.rego"),
            parameter: None,
        },
        Policy {
            kind: "RequiredLabels",
            says: "What runs says whose it is",
            rego: include_str!("../../../templates/admission/labels.rego"),
            parameter: Some(("labels", LABELS.map(str::to_owned).into())),
        },
        Policy {
            kind: "NoDefaultTokens",
            says: "Pods have an account of their own, and no token of it for the cluster's API",
            rego: include_str!("../../../templates/admission/tokens.rego"),
            parameter: None,
        },
    ]
}

/// The template has the name of the kind in small letters.
fn template(policy: &Policy) -> Json {
    let mut crd = json!({ "names": { "kind": policy.kind } });
    if let Some((name, _)) = &policy.parameter {
        let list = json!({ "type": "array", "items": { "type": "string" } });
        crd["validation"] = json!({ "openAPIV3Schema": { "type": "object", "properties": { *name: list } } });
    }
    let mut source = json!({ "version": "v1", "rego": policy.rego.trim_end() });
    if policy.rego.contains("import data.lib.pods") {
        source["libs"] = json!([PODS.trim_end()]);
    }
    json!({
        "apiVersion": "templates.gatekeeper.sh/v1",
        "kind": "ConstraintTemplate",
        "metadata": {
            "name": policy.kind.to_ascii_lowercase(),
            "annotations": { "description": policy.says },
            "labels": { "app.kubernetes.io/managed-by": "synth" },
        },
        "spec": {
            "crd": { "spec": crd },
            "targets": [{
                "target": "admission.k8s.gatekeeper.sh",
                "code": [{ "engine": "Rego", "source": source }],
            }],
        },
    })
}

/// It looks at pods and at the Deployments that make them, so that a mistake is refused when it is applied, and not when its
/// pods do not come.
fn constraint(place: Place<'_>, policy: &Policy) -> Json {
    let mut spec = json!({
        "enforcementAction": "deny",
        "match": {
            "kinds": [
                { "apiGroups": [""], "kinds": ["Pod"] },
                { "apiGroups": ["apps"], "kinds": ["Deployment"] },
            ],
            "namespaces": [place.system.namespace()],
        },
    });
    if let Some((name, values)) = &policy.parameter {
        spec["parameters"] = json!({ *name: values });
    }
    json!({
        "apiVersion": "constraints.gatekeeper.sh/v1beta1",
        "kind": policy.kind,
        "metadata": {
            "name": place.system.namespace(),
            "labels": place.labels().all(),
        },
        "spec": spec,
    })
}
