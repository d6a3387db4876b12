//! Who may talk to the pods, and to whom they may talk.

use std::collections::BTreeSet;

use super::mesh::{self, PROBES, TUNNEL};
use super::operators::mesh::{GATEWAY, GATEWAY_LABEL};
use super::{Place, monitoring};
use crate::k8s::{meta, networking};
use crate::manifest::{Bundle, Error, IntegerOrText, Metadata};
use crate::model::{Identity, Reaches};
use crate::resources::entry::target::{GATEWAY_HEALTH, GATEWAY_PORT};

/// Where EKS answers pods that ask who they are (Amazon EKS user guide, "Learn how EKS Pod Identity grants pods access to
/// AWS services").
const IDENTITY: &str = "169.254.170.23/32";

pub(super) fn expand(place: Place<'_>, bundle: &mut Bundle) -> Result<(), Error> {
    bundle.add(nothing(place, "default-deny"))?;
    let spec = networking::NetworkPolicySpec {
        egress: Some(out(place)),
        ingress: Some(into(place)),
        pod_selector: Some(meta::LabelSelector {
            match_labels: Some(place.labels().selector()),
            ..Default::default()
        }),
        policy_types: Some(both()),
    };
    let own = place.described(place.system.workload(), &what(place));
    bundle.add(networking::NetworkPolicy::new(own, spec))?;
    if place.system.is_meshed() {
        let entry = place.system.entry_namespace();
        bundle.add_in(entry, nothing(place, "gateway-default-deny"))?;
        bundle.add_in(entry, of_gateway(place))?;
    }
    Ok(())
}

pub(super) const NOTHING: &str = "Nothing comes in and nothing goes out but what another policy says";

fn nothing(place: Place<'_>, name: &str) -> networking::NetworkPolicy {
    closed(place.described(name, NOTHING))
}

/// A policy that closes a namespace.
pub(super) fn closed(metadata: Metadata) -> networking::NetworkPolicy {
    let nothing = networking::NetworkPolicySpec {
        pod_selector: Some(meta::LabelSelector::default()),
        policy_types: Some(both()),
        ..Default::default()
    };
    networking::NetworkPolicy::new(metadata, nothing)
}

/// Who comes in to the service. In a mesh calls come encrypted by its port, and plain ones only from the pod's own machine.
fn into(place: Place<'_>) -> Vec<networking::NetworkPolicyIngressRule> {
    let port = place.system.service.port.number().into();
    if !place.system.is_meshed() {
        let all = [Some(from_balancer(place, &[port])), from_prometheus(place, port)];
        return all.into_iter().flatten().collect();
    }
    let from = |peer, port| networking::NetworkPolicyIngressRule {
        from: Some(vec![peer]),
        ports: Some(vec![tcp(port)]),
    };
    let gateway = pods_of(place.system.entry_namespace(), GATEWAY_LABEL);
    let all = [
        Some(from(gateway, TUNNEL)),
        from_prometheus(place, TUNNEL),
        Some(from(block(PROBES), port)),
    ];
    all.into_iter().flatten().collect()
}

/// What the gateway does: it is asked by the load balancer, and calls the service inside of the mesh.
fn of_gateway(place: Place<'_>) -> networking::NetworkPolicy {
    let says = "Requests of the load balancer and its questions come in; the service, names and istiod are asked for";
    let (namespace, label, port) = mesh::CONTROL;
    let to = |peer, ports: Vec<_>| networking::NetworkPolicyEgressRule {
        ports: Some(ports),
        to: Some(vec![peer]),
    };
    let service = pods_of(
        place.system.namespace(),
        ("app.kubernetes.io/name", place.system.workload()),
    );
    let spec = networking::NetworkPolicySpec {
        egress: Some(vec![
            to(service, vec![tcp(TUNNEL)]),
            to(names(), of_names()),
            to(pods_of(namespace, label), vec![tcp(port)]),
        ]),
        ingress: Some(vec![from_balancer(
            place,
            &[GATEWAY_PORT.into(), GATEWAY_HEALTH.0.into()],
        )]),
        pod_selector: Some(labelled(GATEWAY_LABEL)),
        policy_types: Some(both()),
    };
    networking::NetworkPolicy::new(place.described(GATEWAY, says), spec)
}

/// What the policy of the service says, in a sentence.
fn what(place: Place<'_>) -> String {
    let measured = place
        .system
        .monitoring
        .prometheus()
        .map_or("", |_| " and of Prometheus");
    let asked = if is_somebody(place) {
        "names, AWS and the pods' own identity"
    } else {
        "names and AWS"
    };
    if place.system.is_meshed() {
        return format!(
            "Calls of the gateway{measured} come in, encrypted by the mesh, and the probes of the pod's own machine, which \
             pass the mesh by from this address; {asked} are asked for"
        );
    }
    format!("Requests of the load balancer{measured} come in; {asked} are asked for")
}

/// Whether pods ask who they are, to read a secret themselves. Where the cluster signs for them, they ask AWS with what it
/// signed, as they ask it for everything.
fn is_somebody(place: Place<'_>) -> bool {
    let reads = place.system.secrets_that(Reaches::ByName).next().is_some();
    reads && place.system.identity() == Some(Identity::HandedOut)
}

pub(super) fn both() -> Vec<networking::NetworkPolicySpecPolicyTypes> {
    use networking::NetworkPolicySpecPolicyTypes::{Egress, Ingress};
    vec![Ingress, Egress]
}

/// The load balancer stands in the public subnets; the machine of a pod may always ask it.
fn from_balancer(place: Place<'_>, ports: &[i64]) -> networking::NetworkPolicyIngressRule {
    let network = place.environment.network();
    let subnets = network.zones.each().map(|zone| block(&network.cidr.public(zone)));
    networking::NetworkPolicyIngressRule {
        from: Some(subnets.collect()),
        ports: Some(ports.iter().copied().map(tcp).collect()),
    }
}

/// Whoever measures asks each pod.
fn from_prometheus(place: Place<'_>, port: i64) -> Option<networking::NetworkPolicyIngressRule> {
    place.system.monitoring.prometheus()?;
    let pods = pods_of(monitoring::namespace(), ("app.kubernetes.io/name", "prometheus"));
    Some(networking::NetworkPolicyIngressRule {
        from: Some(vec![pods]),
        ports: Some(vec![tcp(port)]),
    })
}

fn out(place: Place<'_>) -> Vec<networking::NetworkPolicyEgressRule> {
    let to = |peers: Vec<networking::NetworkPolicyPeer>, ports| networking::NetworkPolicyEgressRule {
        ports: Some(ports),
        to: (!peers.is_empty()).then_some(peers),
    };
    // Auto Mode answers for names on each machine, so that there is no pod to choose.
    let names = match place.system.node_group() {
        None => Vec::new(),
        Some(_) => vec![names()],
    };
    let mut rules = vec![to(names, of_names()), to(vec![block("0.0.0.0/0")], vec![tcp(443)])];
    if is_somebody(place) {
        rules.push(to(vec![block(IDENTITY)], vec![tcp(80)]));
    }
    rules
}

/// The ports of those who answer for names.
pub(super) fn of_names() -> Vec<networking::NetworkPolicyPort> {
    let udp = networking::NetworkPolicyPort {
        protocol: Some(networking::NetworkPolicyPortProtocol::Udp),
        ..port(53)
    };
    vec![udp, tcp(53)]
}

/// The ports that pods of the service may ask for somewhere.
pub(super) fn ports(place: Place<'_>) -> BTreeSet<i64> {
    let ports = out(place).into_iter().flat_map(|rule| rule.ports.unwrap_or_default());
    let number = |port: networking::NetworkPolicyPort| match port.port {
        Some(IntegerOrText::Integer(number)) => Some(number),
        _ => None,
    };
    ports.filter_map(number).collect()
}

/// The pods that answer for names.
pub(super) fn names() -> networking::NetworkPolicyPeer {
    pods_of("kube-system", ("k8s-app", "kube-dns"))
}

/// Pods of another namespace.
pub(super) fn pods_of(namespace: &str, label: (&str, &str)) -> networking::NetworkPolicyPeer {
    networking::NetworkPolicyPeer {
        namespace_selector: Some(labelled(("kubernetes.io/metadata.name", namespace))),
        pod_selector: Some(labelled(label)),
        ..Default::default()
    }
}

pub(super) fn labelled((key, value): (&str, &str)) -> meta::LabelSelector {
    meta::LabelSelector {
        match_labels: Some([(key.to_owned(), value.to_owned())].into()),
        ..Default::default()
    }
}

pub(super) fn block(cidr: &str) -> networking::NetworkPolicyPeer {
    networking::NetworkPolicyPeer {
        ip_block: Some(networking::IPBlock::new(cidr)),
        ..Default::default()
    }
}

fn port(number: i64) -> networking::NetworkPolicyPort {
    networking::NetworkPolicyPort {
        port: Some(IntegerOrText::Integer(number)),
        ..Default::default()
    }
}

pub(super) fn tcp(number: i64) -> networking::NetworkPolicyPort {
    networking::NetworkPolicyPort {
        protocol: Some(networking::NetworkPolicyPortProtocol::Tcp),
        ..port(number)
    }
}
