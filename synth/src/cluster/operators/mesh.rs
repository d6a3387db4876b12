//! What the parts of the mesh are told. All have Istio's profile `ambient`
//! (<https://istio.io/latest/docs/ambient/install/helm/>); what it says that matters here is said again.

use serde_json::{Value as Json, json};

use super::super::pods::PORT;
use super::{off, pinned, resources};
use crate::model::{Environment, Installed, System};
use crate::resources::entry::target::{GATEWAY_HEALTH, GATEWAY_PORT};

/// The gateway: its pods, its Service and its account have one name.
pub(in crate::cluster) const GATEWAY: &str = "gateway";

/// What the pods of the gateway are chosen by, as its chart labels them.
pub(in crate::cluster) const GATEWAY_LABEL: (&str, &str) = ("istio", GATEWAY);

/// The profile.
const PROFILE: &str = "ambient";

/// The user of Istio's images.
const USER: u32 = 1337;

/// What has no pods is told nothing.
pub(super) fn kinds() -> Json {
    json!({ "profile": PROFILE })
}

/// istiod (<https://github.com/istio/istio/blob/1.31.1/manifests/charts/istio-control/istio-discovery/values.yaml>). ztunnel
/// stands in the same namespace, so that it need not be told whom to trust.
pub(super) fn control(installed: Installed<'_>) -> Json {
    json!({
        "profile": PROFILE,
        "image": image(installed),
        "autoscaleEnabled": false,
        "replicaCount": 2,
        "pdb": { "maxUnavailable": 1, "unhealthyPodEvictionPolicy": "AlwaysAllow" },
        "topologySpreadConstraints": [spread(("app", "istiod"))],
        "resources": resources(("250m", "1"), "512Mi"),
        "seccompProfile": { "type": "RuntimeDefault" },
        // Who may ask it is said by policies of the network.
        "global": { "networkPolicy": { "enabled": true } },
        "meshConfig": {
            // Who the client is, the load balancer says and nobody before it.
            "defaultConfig": { "gatewayTopology": { "numTrustedProxies": 1 } },
            "enableTracing": false,
        },
    })
}

/// The plug-in of each machine (<https://github.com/istio/istio/blob/1.31.1/manifests/charts/istio-cni/values.yaml>): it comes
/// after that of the VPC, whose folders on the machines of EKS are those that the chart looks into.
pub(super) fn network(installed: Installed<'_>) -> Json {
    json!({
        "profile": PROFILE,
        "image": image(installed),
        "ambient": { "enabled": true },
        "chained": true,
        "cniBinDir": "/opt/cni/bin",
        "cniConfDir": "/etc/cni/net.d",
        // No pod has a proxy of its own that could miss its rules.
        "repair": off(),
        "resources": resources(("50m", "500m"), "128Mi"),
        "seccompProfile": { "type": "RuntimeDefault" },
    })
}

/// What encrypts on each machine (<https://github.com/istio/istio/blob/1.31.1/manifests/charts/ztunnel/values.yaml>).
pub(super) fn tunnel(installed: Installed<'_>) -> Json {
    json!({
        "profile": PROFILE,
        "image": image(installed),
        "logAsJson": true,
        "resources": resources(("100m", "1"), "256Mi"),
    })
}

/// The gateway (<https://github.com/istio/istio/blob/1.31.1/manifests/charts/gateway/values.yaml>). Its pods are of the
/// restricted standard; istiod puts the image in, and takes that of the annotation.
pub(super) fn gateway(system: &System, environment: &Environment, installed: Installed<'_>) -> Json {
    let port =
        |name: &str, number: u16| json!({ "name": name, "port": number, "protocol": "TCP", "targetPort": number });
    let (least, most) = gateways(environment);
    let drain = system.service.drain_delay().0;
    json!({
        "podAnnotations": {
            // The load balancer sends requests for a while after a pod is told to go.
            "proxy.istio.io/config": format!("terminationDrainDuration: {drain}s"),
            "sidecar.istio.io/proxyImage": image(installed),
        },
        "autoscaling": {
            "enabled": true,
            "minReplicas": least,
            "maxReplicas": most,
            "targetCPUUtilizationPercentage": 70,
        },
        "podDisruptionBudget": { "maxUnavailable": 1, "unhealthyPodEvictionPolicy": "AlwaysAllow" },
        "topologySpreadConstraints": [spread(GATEWAY_LABEL)],
        // The load balancer has the certificate, so that it reads none.
        "rbac": off(),
        "resources": resources(("250m", "1"), "256Mi"),
        "securityContext": restricted_pod(),
        "containerSecurityContext": restricted_container(),
        "service": {
            "type": "ClusterIP",
            "ports": [port(PORT, GATEWAY_PORT), port("status-port", GATEWAY_HEALTH.0)],
        },
        "terminationGracePeriodSeconds": system.service.stop_timeout().0,
    })
}

fn restricted_pod() -> Json {
    json!({
        "fsGroup": USER,
        "runAsGroup": USER,
        "runAsNonRoot": true,
        "runAsUser": USER,
        "seccompProfile": { "type": "RuntimeDefault" },
    })
}

fn restricted_container() -> Json {
    json!({
        "allowPrivilegeEscalation": false,
        "capabilities": { "drop": ["ALL"] },
        "privileged": false,
        "readOnlyRootFilesystem": true,
        "runAsGroup": USER,
        "runAsNonRoot": true,
        "runAsUser": USER,
    })
}

/// The one image of a part, by its digest.
fn image(installed: Installed<'_>) -> String {
    let (repository, tag) = pinned(installed, 0);
    format!("{repository}:{tag}")
}

/// How many gateways there are, at least and at the most: one for each zone, and as many again.
pub(in crate::cluster) fn gateways(environment: &Environment) -> (u32, u32) {
    let zones = environment.network().zones.count().max(2);
    (zones, zones * 2)
}

/// What a gateway may take at the most, in thousandths of a CPU and MiB, and what it asks for.
pub(in crate::cluster) const GATEWAY_SIZE: ((u32, u32), (u32, u32)) = ((1000, 256), (250, 256));

/// Over the zones, as far as machines are there.
fn spread((key, value): (&str, &str)) -> Json {
    json!({
        "labelSelector": { "matchLabels": { key: value } },
        "maxSkew": 1,
        "topologyKey": "topology.kubernetes.io/zone",
        "whenUnsatisfiable": "ScheduleAnyway",
    })
}
