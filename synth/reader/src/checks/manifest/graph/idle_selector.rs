use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Object, Pods, Selector};
use crate::read::{Entry, Node};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "idle-selector",
    why: "A Service, a NetworkPolicy or a PodDisruptionBudget whose selector finds no pod does nothing: the \
          Service refuses every call, the policy and the budget protect nobody. It is told only where the \
          files hold workloads of the namespace, and nothing that may make others.",
    link: "https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - {name: web, image: 'example/web:1.0', ports: [{name: http, containerPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: wbe}, ports: [{port: 80, targetPort: http}]}
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - {name: web, image: 'example/web:1.0', ports: [{name: http, containerPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for service in set.manifests.of("Service") {
        if let Some(entry) = service.entry(&["spec", "selector"]) {
            judge(set, service, entry, &Selector::of_pairs(&entry.value), report);
        }
    }
    for (kind, key) in [("NetworkPolicy", "podSelector"), ("PodDisruptionBudget", "selector")] {
        for object in set.manifests.of(kind) {
            if let Some(entry) = object.entry(&["spec", key]) {
                judge(set, object, entry, &Selector::of(&entry.value), report);
            }
        }
    }
}

fn judge<'a>(set: &Set<'a>, object: Object<'a>, entry: &'a Entry, selector: &Selector<'a>, report: &mut Report<'a>) {
    let namespace = object.namespace();
    let near = |pods: &&Pods<'a>| pods.object.namespace().meets(namespace);
    let has_none = selector.is_empty() || !set.manifests.selected(selector, namespace).is_empty();
    if has_none || set.manifests.is_operated(namespace) || !set.manifests.pods().iter().any(|pods| near(&pods)) {
        return;
    }
    let draft = report.key(
        entry,
        format!("the selector of {} finds no pod of these files", object.title()),
    );
    // The pods of which fewest labels differ were probably meant.
    let others = set.manifests.pods().iter().filter(near).take(MOST);
    let missed = |pods: &&Pods<'a>| selector.missed(pods.labels()).count();
    let meant = others.min_by_key(missed);
    let slip = meant.and_then(|pods| Some((pods, selector.missed(pods.labels()).next()?)));
    let Some((pods, missed)) = slip else {
        draft.help("change the selector to the labels of the pods, or remove the object");
        return;
    };
    let label = pods.labels().get(&missed.key);
    let wanted = missed.value.text().unwrap_or_default();
    draft.also(place(pods), format!("the pods of {}", pods.object.title()));
    match label.filter(|label| nearest(wanted, std::iter::once(*label)).is_some()) {
        Some(label) => draft.help(format!("did you mean `{}: {label}`?", missed.key)),
        None => draft.help("change the selector to the labels of the pods, or remove the object"),
    }
}

/// So many pods are compared to say which was meant.
const MOST: usize = 200;

fn place<'a>(pods: &Pods<'a>) -> &'a Node {
    let labels = pods.template.dig(&["metadata", "labels"]);
    labels.unwrap_or(pods.template)
}
