use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Object, Selector};

pub(super) const RULE: Rule = Rule {
    name: "open-pod",
    why: "Whom no NetworkPolicy selects everybody may call, from any namespace. It is told where the files \
          have policies for other pods of the namespace.",
    link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation",
    level: Level::Info,
    family: Family::Graph,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: example/web:1.0

---
apiVersion: v1
kind: Pod
metadata: {name: api, labels: {app: api}}
spec: {containers: [{name: api, image: 'example/api:1.0'}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: api}
spec: {podSelector: {matchLabels: {app: api}}, policyTypes: [Ingress]}
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: example/web:1.0

---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: all}
spec: {podSelector: {}, policyTypes: [Ingress]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        let mut policies = set
            .manifests
            .within("NetworkPolicy", pods.object.namespace())
            .peekable();
        let on_host = pods.dig(&["hostNetwork"]).and_then(Node::as_bool) == Some(true);
        if on_host || policies.peek().is_none() {
            continue;
        }
        let selects = |policy: Object<'a>| {
            let selector = policy
                .dig(&["spec", "podSelector"])
                .map(Selector::of)
                .unwrap_or_default();
            selector.matches(pods.labels())
        };
        if !policies.any(selects) && !set.manifests.is_operated(pods.object.namespace()) {
            let message = format!(
                "no policy selects the pods of {}, so everybody may call them",
                pods.object.title()
            );
            let help = "add a policy for them, or one with `podSelector: {}` that denies what no other allows";
            report.value(pods.object.place(), message).help(help);
        }
    }
}
