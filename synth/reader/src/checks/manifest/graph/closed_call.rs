use crate::checks::manifest::traffic::{Direction, opens, policies, rules};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Object, Pods};

pub(super) const RULE: Rule = Rule {
    name: "closed-call",
    why: "A NetworkPolicy counts ports of the pods, not of the Service: one that opens the port of the Service \
          lets nobody in. A Service whose pods are closed by policies, at the port that it forwards to, \
          refuses every call.",
    link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
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
    spec:
      containers:
        - {name: web, image: 'example/web:1.0', ports: [{containerPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 80}]}]
",
    instead: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: 'example/web:1.0', ports: [{containerPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 8080}]}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for service in set.manifests.of("Service") {
        for pods in set.manifests.behind(&service) {
            let ports = service.dig(&["spec", "ports"]).and_then(Node::list).unwrap_or_default();
            for its in ports {
                judge(set, &service, its, &pods, report);
            }
        }
    }
}

fn judge<'a>(set: &Set<'a>, service: &Object<'a>, its: &'a Node, pods: &Pods<'a>, report: &mut Report<'a>) {
    let Some(target) = its.get("targetPort").or_else(|| its.get("port")) else {
        return;
    };
    let protocol = its.get("protocol").and_then(Node::text).unwrap_or("TCP");
    let closing = policies(set, pods, Direction::In);
    let rules = rules(set, pods, Direction::In);
    // Nobody at all may call these pods: that is meant, and most often a default beside other policies.
    let Some(policy) = closing.first().filter(|_| !rules.is_empty()) else {
        return;
    };
    if rules.iter().any(|(_, rule)| opens(rule, target, protocol, pods)) {
        return;
    }
    let shown = target.to_text().unwrap_or_default();
    report
        .value(
            target,
            format!("no policy lets anybody reach port `{shown}` of {}", pods.object.title()),
        )
        .also(policy.place(), "what it does not open, this policy closes")
        .help(format!("open port `{shown}` to those who call {}", service.title()));
}
