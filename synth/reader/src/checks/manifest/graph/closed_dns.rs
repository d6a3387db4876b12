use crate::checks::manifest::traffic::{Direction, rules};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::is_settled;

pub(super) const RULE: Rule = Rule {
    name: "closed-dns",
    why: "Pods that may call others only by a policy, and ask the name server by none, find no Service by its \
          name.",
    link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'example/web:1.0', resources: {requests: {cpu: 100m}}}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
    - {to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}
",
    instead: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'example/web:1.0', resources: {requests: {cpu: 100m}}}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
    - {to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}
    - {to: [{namespaceSelector: {}}], ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        let rules = rules(set, pods, Direction::Out);
        let Some((policy, first)) = rules.iter().find(|(_, rule)| calls_by_name(rule)) else {
            continue;
        };
        let own = pods.dig(&["dnsPolicy"]).and_then(Node::text);
        if matches!(own, Some("None" | "Default")) || rules.iter().any(|(_, rule)| lets_ask(rule)) {
            continue;
        }
        let message = format!(
            "{} lets {} call others but not ask the name server",
            policy.title(),
            pods.object.title()
        );
        report
            .value(first, message)
            .also(pods.object.place(), "these pods")
            .help("let them reach port 53, UDP and TCP, of `kube-dns` in `kube-system`");
    }
}

/// Whether somebody is called who is found by a name: another pod.
fn calls_by_name(rule: &Node) -> bool {
    let peers = rule.get("to").and_then(Node::list).unwrap_or_default();
    peers.iter().any(|peer| peer.get("podSelector").is_some())
}

/// Whether the port of the name server is open to anybody. Its number in the pod may be another.
fn lets_ask(rule: &Node) -> bool {
    let Some(ports) = rule.get("ports").and_then(Node::list).filter(|ports| !ports.is_empty()) else {
        return true;
    };
    ports.iter().any(|port| match port.get("port") {
        None => true,
        Some(node) => {
            let text = node.to_text().unwrap_or_default();
            let end = port.get("endPort").and_then(Node::as_f64).unwrap_or(0.0);
            let within = text.parse::<u32>().is_ok_and(|port| port <= 53) && end >= 53.0;
            matches!(&*text, "53" | "5353" | "1053" | "8053" | "dns" | "dns-tcp" | "domain")
                || within
                || !is_settled(&text)
        }
    })
}
