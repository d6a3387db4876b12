//! Who may talk to the pods, and to whom they may talk.

use std::collections::BTreeSet;

use super::{Place, monitoring};
use crate::k8s::{meta, networking};
use crate::manifest::{Bundle, Error, IntegerOrText, Metadata};
use crate::model::Reaches;

/// Where EKS answers pods that ask who they are (Amazon EKS user guide, "Learn how EKS Pod Identity grants pods access to
/// AWS services").
const IDENTITY: &str = "169.254.170.23/32";

pub(super) fn expand(place: Place<'_>, bundle: &mut Bundle) -> Result<(), Error> {
    let nothing = networking::NetworkPolicySpec {
        pod_selector: Some(meta::LabelSelector::default()),
        policy_types: Some(both()),
        ..Default::default()
    };
    let says = |name: &str, what: &str| place.named(name).annotated("kubernetes.io/description", what);
    let denied = says(
        "default-deny",
        "Nothing comes in and nothing goes out but what another policy says",
    );
    bundle.add(networking::NetworkPolicy::new(denied, nothing))?;
    let own: Metadata = says(place.system.workload(), &what(place));
    let spec = networking::NetworkPolicySpec {
        egress: Some(out(place)),
        ingress: Some(
            [Some(from_balancer(place)), from_prometheus(place)]
                .into_iter()
                .flatten()
                .collect(),
        ),
        pod_selector: Some(meta::LabelSelector {
            match_labels: Some(place.labels().selector()),
            ..Default::default()
        }),
        policy_types: Some(both()),
    };
    bundle.add(networking::NetworkPolicy::new(own, spec))?;
    Ok(())
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
    format!("Requests of the load balancer{measured} come in; {asked} are asked for")
}

/// Whether pods ask who they are, to read a secret themselves.
fn is_somebody(place: Place<'_>) -> bool {
    place.system.secrets_that(Reaches::ByName).next().is_some()
}

fn both() -> Vec<networking::NetworkPolicySpecPolicyTypes> {
    use networking::NetworkPolicySpecPolicyTypes::{Egress, Ingress};
    vec![Ingress, Egress]
}

/// The load balancer stands in the public subnets; the machine of a pod may always ask it.
fn from_balancer(place: Place<'_>) -> networking::NetworkPolicyIngressRule {
    let network = place.environment.network();
    let subnets = network.zones.each().map(|zone| block(&network.cidr.public(zone)));
    networking::NetworkPolicyIngressRule {
        from: Some(subnets.collect()),
        ports: Some(vec![tcp(place.system.service.port.number().into())]),
    }
}

/// Whoever measures asks each pod.
fn from_prometheus(place: Place<'_>) -> Option<networking::NetworkPolicyIngressRule> {
    place.system.monitoring.prometheus()?;
    let pods = pods_of(monitoring::namespace(), ("app.kubernetes.io/name", "prometheus"));
    Some(networking::NetworkPolicyIngressRule {
        from: Some(vec![pods]),
        ports: Some(vec![tcp(place.system.service.port.number().into())]),
    })
}

fn out(place: Place<'_>) -> Vec<networking::NetworkPolicyEgressRule> {
    let to = |peers: Vec<networking::NetworkPolicyPeer>, ports| networking::NetworkPolicyEgressRule {
        ports: Some(ports),
        to: (!peers.is_empty()).then_some(peers),
    };
    let udp = networking::NetworkPolicyPort {
        protocol: Some(networking::NetworkPolicyPortProtocol::Udp),
        ..port(53)
    };
    // Auto Mode answers for names on each machine, so that there is no pod to choose.
    let names = match place.system.node_group() {
        None => Vec::new(),
        Some(_) => vec![names()],
    };
    let mut rules = vec![
        to(names, vec![udp, tcp(53)]),
        to(vec![block("0.0.0.0/0")], vec![tcp(443)]),
    ];
    if is_somebody(place) {
        rules.push(to(vec![block(IDENTITY)], vec![tcp(80)]));
    }
    rules
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
fn names() -> networking::NetworkPolicyPeer {
    pods_of("kube-system", ("k8s-app", "kube-dns"))
}

/// Pods of another namespace.
fn pods_of(namespace: &str, label: (&str, &str)) -> networking::NetworkPolicyPeer {
    let selector = |label: (&str, &str)| meta::LabelSelector {
        match_labels: Some([(label.0.to_owned(), label.1.to_owned())].into()),
        ..Default::default()
    };
    networking::NetworkPolicyPeer {
        namespace_selector: Some(selector(("kubernetes.io/metadata.name", namespace))),
        pod_selector: Some(selector(label)),
        ..Default::default()
    }
}

fn block(cidr: &str) -> networking::NetworkPolicyPeer {
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

fn tcp(number: i64) -> networking::NetworkPolicyPort {
    networking::NetworkPolicyPort {
        protocol: Some(networking::NetworkPolicyPortProtocol::Tcp),
        ..port(number)
    }
}
