use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Object, Selector, is_settled};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "idle-peer",
    why: "A NetworkPolicy that lets in, or out to, pods that do not exist lets nobody. It is told of peers of \
          its own namespace whose label is nearly that of pods in the files: a slip.",
    link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors",
    level: Level::Warning,
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
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress: [{from: [{podSelector: {matchLabels: {app: wbe}}}]}]
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
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for policy in set.manifests.of("NetworkPolicy") {
        for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
            let rules = policy.dig(&["spec", rules]).and_then(Node::list).unwrap_or_default();
            let peers = rules.iter().filter_map(|rule| rule.get(peers)?.list()).flatten();
            let own = peers.filter(|peer| peer.get("namespaceSelector").is_none());
            own.filter_map(|peer| peer.get("podSelector"))
                .for_each(|node| judge(set, &policy, node, report));
        }
    }
}

fn judge<'a>(set: &Set<'a>, policy: &Object<'a>, node: &'a Node, report: &mut Report<'a>) {
    let (selector, namespace) = (Selector::of(node), policy.namespace());
    if selector.is_empty() || !set.manifests.selected(&selector, namespace).is_empty() {
        return;
    }
    let pods = || {
        set.manifests
            .pods()
            .iter()
            .filter(|pods| pods.object.namespace().meets(namespace))
            .take(MOST)
    };
    for entry in selector.entries() {
        let Some(wanted) = entry.value.text().filter(|text| is_settled(text)) else {
            continue;
        };
        let labels = || pods().filter_map(|pods| pods.labels().get(&entry.key));
        if labels().any(|label| label == wanted) {
            continue;
        }
        // `v2` is no slip for `v1`.
        let slips = labels().filter(|label| wanted.len() > 2 && letters(label) != letters(wanted));
        if let Some(near) = nearest(wanted, slips) {
            let message = format!(
                "{} names pods with `{}: {wanted}`, which none here has",
                policy.title(),
                entry.key
            );
            report
                .value(&entry.value, message)
                .help(format!("did you mean `{near}`?"));
        }
    }
}

fn letters(label: &str) -> String {
    label.chars().filter(|letter| !letter.is_ascii_digit()).collect()
}

/// So many pods are compared to say which was meant.
const MOST: usize = 200;
