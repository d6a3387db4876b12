//! Who talks to whom among those who measure.

use super::{ALERTMANAGER, KUBELET, MACHINES, OF_MACHINES, PROMETHEUS, Place, STATE, described, selector};
use crate::cluster::machines::base::MEASURES;
use crate::cluster::policy::{block, both, names, of_names, pods_of, tcp};
use crate::k8s::networking;
use crate::model::PODS;

/// The port of the API server.
const API: i64 = 6443;

/// Prometheus asks all, and operators ask it.
pub(super) fn of_prometheus(place: Place<'_>, name: &str) -> networking::NetworkPolicy {
    let machines = place.machines;
    let operators = machines.cloud.operators.iter().map(|one| block(one.as_str()));
    // A machine passes on what comes in by a port of its own.
    let passed_on = [machines.ground.addresses().as_str(), PODS].map(block);
    let into = rule_in(operators.chain(passed_on).collect(), PROMETHEUS);
    let program = |namespace: &str, name: &str, port| {
        let pods = pods_of(namespace, ("app.kubernetes.io/name", name));
        rule_out(vec![pods], vec![tcp(port)])
    };
    let (own, _) = MEASURES;
    let ground = block(machines.ground.addresses().as_str());
    let mut out = vec![
        rule_out(vec![names()], of_names()),
        rule_out(vec![ground], vec![tcp(API), tcp(KUBELET)]),
        program(own, "alertmanager", ALERTMANAGER),
        program(own, "kube-state-metrics", STATE),
        program(OF_MACHINES, "node-exporter", MACHINES),
    ];
    let port = place.system.service.port.number().into();
    let workload = place.system.workload();
    let namespaces = machines.namespaces.iter();
    out.extend(namespaces.map(|namespace| program(namespace.name.as_str(), workload, port)));
    let says = "Operators come in; pods, machines and the API server are asked, and Alertmanager is told";
    policy(place, (name, says), into, out)
}

/// What counts objects asks the API server for them.
pub(super) fn of_state(place: Place<'_>, name: &str) -> networking::NetworkPolicy {
    let out = vec![
        rule_out(vec![names()], of_names()),
        rule_out(vec![block(place.machines.ground.addresses().as_str())], vec![tcp(API)]),
    ];
    let says = "Prometheus asks for figures; the API server is asked";
    policy(place, (name, says), measured(STATE), out)
}

/// Alertmanager tells Slack, and a relay of mail: both have addresses that change.
pub(super) fn of_alertmanager(place: Place<'_>, name: &str) -> networking::NetworkPolicy {
    let out = vec![
        rule_out(vec![names()], of_names()),
        rule_out(vec![block("0.0.0.0/0")], vec![tcp(443), tcp(587)]),
    ];
    let says = "Prometheus tells it; it tells people by Slack and by mail";
    policy(place, (name, says), measured(ALERTMANAGER), out)
}

/// What looks at machines asks nobody.
pub(super) fn of_machines(place: Place<'_>, name: &str) -> networking::NetworkPolicy {
    policy(
        place,
        (name, "Prometheus asks for figures"),
        measured(MACHINES),
        Vec::new(),
    )
}

fn measured(port: i64) -> networking::NetworkPolicyIngressRule {
    let (namespace, label) = MEASURES;
    rule_in(vec![pods_of(namespace, label)], port)
}

fn rule_in(from: Vec<networking::NetworkPolicyPeer>, port: i64) -> networking::NetworkPolicyIngressRule {
    networking::NetworkPolicyIngressRule {
        from: Some(from),
        ports: Some(vec![tcp(port)]),
    }
}

fn rule_out(
    to: Vec<networking::NetworkPolicyPeer>,
    ports: Vec<networking::NetworkPolicyPort>,
) -> networking::NetworkPolicyEgressRule {
    networking::NetworkPolicyEgressRule {
        ports: Some(ports),
        to: Some(to),
    }
}

fn policy(
    place: Place<'_>,
    (name, says): (&str, &str),
    ingress: networking::NetworkPolicyIngressRule,
    egress: Vec<networking::NetworkPolicyEgressRule>,
) -> networking::NetworkPolicy {
    let spec = networking::NetworkPolicySpec {
        egress: (!egress.is_empty()).then_some(egress),
        ingress: Some(vec![ingress]),
        pod_selector: Some(selector(name)),
        policy_types: Some(both()),
    };
    networking::NetworkPolicy::new(described(place, name, says), spec)
}
