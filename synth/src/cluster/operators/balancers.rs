//! The values of the AWS Load Balancer Controller.

use serde_json::{Value as Json, json};

use super::{bare, resources, tagged, with_role};
use crate::model::{Environment, Firewall, Installed, System};
use crate::resources::{CONTROLLER, CONTROLLER_ID, TLS_POLICY, identity, tags};

/// The AWS Load Balancer Controller
/// (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/helm/aws-load-balancer-controller/values.yaml>):
/// it makes Application Load Balancers for the Ingresses of one namespace, and has no other way to what that takes.
pub(super) fn values(system: &System, environment: &Environment, installed: Installed<'_>) -> Json {
    let tags = tags(system, environment);
    let role = identity::of_operator(system, environment, CONTROLLER_ID);
    let account = with_role(json!({ "create": true, "name": CONTROLLER.1 }), role);
    json!({
        "clusterName": system.cluster(environment),
        "region": environment.account().region.as_str(),
        // A pod cannot ask the machine which network it is in.
        "vpcTags": tags,
        // What the controller may touch is said by these.
        "defaultTags": tags,
        "image": tagged(installed, 0),
        "replicaCount": 2,
        "podDisruptionBudget": { "maxUnavailable": 1 },
        "resources": resources(("100m", "500m"), "256Mi"),
        "podSecurityContext": {
            "fsGroup": 65534,
            "runAsNonRoot": true,
            "seccompProfile": { "type": "RuntimeDefault" },
        },
        "securityContext": bare(),
        "serviceAccount": account,
        "watchNamespace": system.entry_namespace(),
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
