//! What differs in an environment.

use serde_json::{Value as Json, json};

use super::base::settings;
use super::{Base, Place, SERVICE_PORT, bundle, empty, patch};
use crate::cluster::pods::{resources, told_by};
use crate::cluster::policy::{block, tcp};
use crate::cluster::scaling::{budget, scaler};
use crate::k8s::{autoscaling, meta, networking, policy};
use crate::manifest::{Bundle, Error, Given};
use crate::model::{Capacity, Namespace, Open, PODS};

/// How many pods go at a time where they scale, and after how many seconds the next may: nearer to the bounds at which the
/// system wants fewer than going by halves, since one has to be too many each time.
pub(crate) const GOING: (i64, i64) = (1, 60);

/// The file of a patch, and the patch.
type Patch = (&'static str, Json);

/// What only this environment has, and the patches of what all have: each with its file.
pub(super) fn expand(place: Place<'_>, namespace: &Namespace, base: &Base) -> Result<(Bundle, Vec<Patch>), Error> {
    let mut own = bundle("");
    let door = place.described(&format!("{}-node-port", place.system.workload()), who(namespace));
    own.add(networking::NetworkPolicy::new(door, doors(place, namespace)))?;
    let (one, seconds) = GOING;
    let going = autoscaling::HPAScalingPolicy::new(seconds, autoscaling::HPAScalingPolicyType::Pods, one);
    if let Some(spec) = scaler(namespace.capacity, &base.deployment, Some(going)) {
        own.add(policy::PodDisruptionBudget::new(place.own(), budget(&place.labels())))?;
        let name = place.named(&format!("{}-hpa", place.system.workload()));
        own.add(autoscaling::HorizontalPodAutoscaler::new(name, spec))?;
    }
    let mut patches = vec![
        ("deployment-patch.yaml", deployment(place, namespace)),
        ("service-patch.yaml", service(place, namespace)),
    ];
    if !namespace.settings.is_empty() {
        patches.push(("settings-patch.yaml", told(place, namespace)));
    }
    Ok((own, patches))
}

/// The kustomization but for its resources and patches.
pub(super) fn kustomization(place: Place<'_>, namespace: &Namespace) -> Json {
    let mut all = empty();
    all["namespace"] = namespace.name.as_str().into();
    let instance: Vec<Json> = place
        .labels_of(namespace)
        .instance()
        .into_iter()
        .map(|(key, value)| json!({ "pairs": { key: value }, "includeTemplates": true }))
        .collect();
    all["labels"] = instance.into();
    all["images"] = json!([{ "name": place.image(), "digest": Given::Digest.to_string() }]);
    all
}

fn deployment(place: Place<'_>, namespace: &Namespace) -> Json {
    let name = place.system.workload();
    let container = json!({ "name": name, "resources": resources(namespace.amounts) });
    let mut spec = json!({ "template": { "spec": { "containers": [container] } } });
    // Where pods scale, a number here would undo it at each deployment.
    if let Capacity::Fixed(count) = namespace.capacity {
        spec["replicas"] = count.into();
    }
    if !namespace.settings.is_empty() {
        let annotations = told_by(&settings(place, Some(namespace)));
        spec["template"]["metadata"] = json!({ "annotations": annotations });
    }
    patch("apps/v1", "Deployment", name, json!({ "spec": spec }))
}

fn service(place: Place<'_>, namespace: &Namespace) -> Json {
    let port = json!({ "port": SERVICE_PORT, "protocol": "TCP", "nodePort": namespace.port.number() });
    let spec = json!({ "spec": { "ports": [port] } });
    patch("v1", "Service", place.system.workload(), spec)
}

fn told(place: Place<'_>, namespace: &Namespace) -> Json {
    let own: serde_json::Map<String, Json> = namespace
        .settings
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().into()))
        .collect();
    patch("v1", "ConfigMap", place.system.workload(), json!({ "data": own }))
}

fn who(namespace: &Namespace) -> &'static str {
    match namespace.open {
        Open::ToOperators => "Operators come in by the port of the machines",
        Open::ToAnybody { .. } => "Everybody comes in by the port of the machines",
    }
}

/// Who comes in by the port of the machines. A machine that has no pod of the service passes a request on under an address of
/// its own or of its part of the pods' network, and one that has some may do so too
/// (<https://kubernetes.io/docs/tutorials/services/source-ip/#source-ip-for-services-with-type-nodeport>).
fn doors(place: Place<'_>, namespace: &Namespace) -> networking::NetworkPolicySpec {
    let machines = place.machines;
    let from = match namespace.open {
        Open::ToAnybody { .. } => vec![block("0.0.0.0/0")],
        Open::ToOperators => {
            let operators = machines.cloud.operators.iter().map(|one| block(one.as_str()));
            let passed_on = [machines.ground.addresses().as_str(), PODS].map(block);
            operators.chain(passed_on).collect()
        }
    };
    let rule = networking::NetworkPolicyIngressRule {
        from: Some(from),
        ports: Some(vec![tcp(place.system.service.port.number().into())]),
    };
    networking::NetworkPolicySpec {
        ingress: Some(vec![rule]),
        pod_selector: Some(meta::LabelSelector {
            match_labels: Some(place.labels().selector()),
            ..Default::default()
        }),
        policy_types: Some(vec![networking::NetworkPolicySpecPolicyTypes::Ingress]),
        ..Default::default()
    }
}
