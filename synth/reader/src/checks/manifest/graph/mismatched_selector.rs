use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::Selector;

pub(super) const RULE: Rule = Rule {
    name: "mismatched-selector",
    why: "A workload that does not select its own pods is refused.",
    link: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",
    level: Level::Error,
    family: Family::Graph,
    example: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: wbe}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'example/web:1.0', resources: {requests: {cpu: 100m}}}]}
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
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods().iter().filter(|pods| pods.object.group == "apps") {
        let Some(node) = pods.object.dig(&["spec", "selector"]) else {
            continue;
        };
        let (selector, title) = (Selector::of(node), pods.object.title());
        let labels = pods.template.dig(&["metadata", "labels"]).and_then(Node::map);
        if selector.is_empty() || selector.matches(pods.labels()) {
            continue;
        }
        let place = pods.template.dig(&["metadata", "labels"]);
        let missed = selector.missed(pods.labels()).next();
        let draft = match missed {
            Some(entry) => report.key(
                entry,
                format!("{title} does not select its own pods, which lack this label"),
            ),
            None => report.value(node, format!("{title} does not select its own pods")),
        };
        draft.also_if(place.filter(|_| labels.is_some()), "the labels of the pods");
        draft.help("write the same labels in `selector` and in the template");
    }
}
