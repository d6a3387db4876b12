//! What runs in the cluster for others: where each is installed from, with which values. What they are made of is their
//! makers' business; that it is what was looked at, the digests say.

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::manifest::yaml;
use crate::model::{Environment, Firewall, Operator, Pin, System};
use crate::resources::{CONTROLLER, TLS_POLICY, tags};

/// What an operator is installed from, in the order of installation.
#[derive(Clone, Debug, Serialize)]
pub struct Install {
    /// The name of the chart, and of what is installed.
    pub name: String,
    /// The namespace that it runs in.
    pub namespace: String,
    /// Where its maker publishes the chart.
    pub repository: String,
    /// Its version.
    pub version: String,
    /// The sum of the chart: 64 digits and letters.
    pub sum: String,
    /// Its images, each by its digest.
    pub images: Vec<String>,
}

/// The lock: everything that is installed, to the byte.
#[must_use]
pub fn lock(system: &System) -> Vec<Install> {
    system.operators().map(install).collect()
}

fn install(pin: &Pin) -> Install {
    let chart = pin.operator.chart();
    let images = chart.images.iter().zip(&pin.images);
    Install {
        name: chart.name.to_owned(),
        namespace: chart.namespace.to_owned(),
        repository: chart.repository.to_owned(),
        version: chart.version.to_owned(),
        sum: pin.chart.sum().to_owned(),
        images: images
            .map(|(image, digest)| format!("{}:{}@{digest}", image.repository, image.tag))
            .collect(),
    }
}

/// The values of each operator in an environment: the name of the chart, and the text.
#[must_use]
pub fn values(system: &System, environment: &Environment) -> Vec<(&'static str, String)> {
    let of = |pin: &Pin| {
        let values = match pin.operator {
            Operator::LoadBalancers => load_balancers(system, environment, pin),
        };
        (pin.operator.chart().name, yaml(&values))
    };
    system.operators().map(of).collect()
}

/// The AWS Load Balancer Controller
/// (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/helm/aws-load-balancer-controller/values.yaml>):
/// it makes Application Load Balancers for the Ingresses of one namespace, and has no other way to what that takes.
fn load_balancers(system: &System, environment: &Environment, pin: &Pin) -> Json {
    let chart = pin.operator.chart();
    let image = chart.images.iter().zip(&pin.images).next();
    let image = image
        .map(|(image, digest)| json!({ "repository": image.repository, "tag": format!("{}@{digest}", image.tag) }));
    let tags = tags(system, environment);
    json!({
        "clusterName": system.cluster(environment),
        "region": environment.account().region.as_str(),
        // A pod cannot ask the machine which network it is in.
        "vpcTags": tags,
        // What the controller may touch is said by these.
        "defaultTags": tags,
        "image": image,
        "replicaCount": 2,
        "podDisruptionBudget": { "maxUnavailable": 1 },
        "resources": {
            "limits": { "cpu": "500m", "memory": "256Mi" },
            "requests": { "cpu": "100m", "memory": "256Mi" },
        },
        "podSecurityContext": {
            "fsGroup": 65534,
            "runAsNonRoot": true,
            "seccompProfile": { "type": "RuntimeDefault" },
        },
        "securityContext": bare(),
        "serviceAccount": { "create": true, "name": CONTROLLER.1 },
        "watchNamespace": system.namespace(),
        // The class stands with the other manifests.
        "createIngressClassResource": false,
        "ingressClassParams": { "create": false },
        "disableIngressClassAnnotation": true,
        "disableIngressGroupNameAnnotation": true,
        "defaultSSLPolicy": TLS_POLICY,
        "defaultTargetType": "ip",
        // The groups of the load balancer and of the machines stand in the network.
        "enableBackendSecurityGroup": false,
        // A Service must not wait for the controller, and none asks it for a load balancer.
        "enableServiceMutatorWebhook": false,
        "enableShield": false,
        "enableWaf": false,
        "enableWafv2": matches!(environment.firewall(), Firewall::On { .. }),
        "keepTLSSecret": true,
        "controllerConfig": { "featureGates": features() },
    })
}

/// A container that can do nothing but run.
fn bare() -> Json {
    json!({
        "allowPrivilegeEscalation": false,
        "capabilities": { "drop": ["ALL"] },
        "readOnlyRootFilesystem": true,
        "runAsNonRoot": true,
    })
}

/// What it might do besides, and has no rights for.
fn features() -> Json {
    json!({
        "ALBGatewayAPI": false,
        "EnableServiceController": false,
        "GlobalAcceleratorController": false,
        "LBCapacityReservation": false,
        "NLBGatewayAPI": false,
        "SubnetDiscoveryByReachability": false,
    })
}
