use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Object, Selector};

pub(super) const RULE: Rule = Rule {
    name: "unbudgeted-replicas",
    why: "Without a budget a drain, as at each upgrade of nodes, may take all pods of a workload at once. It \
          is told where other workloads of the files have one.",
    link: "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/",
    level: Level::Info,
    family: Family::Practice,
    example: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      automountServiceAccountToken: false
      containers:
        - {name: web, image: 'example/web:1.0'}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: api}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: api}}}
---
apiVersion: v1
kind: Pod
metadata: {name: api, labels: {app: api}}
spec: {containers: [{name: api, image: 'example/api:1.0'}]}
",
    instead: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      automountServiceAccountToken: false
      containers:
        - {name: web, image: 'example/web:1.0'}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let budgets: Vec<_> = set.manifests.of("PodDisruptionBudget").collect();
    for pods in set.manifests.pods() {
        let object = &pods.object;
        let mut others = budgets
            .iter()
            .filter(|budget| budget.namespace().meets(object.namespace()))
            .peekable();
        if pods.replicas().is_none_or(|replicas| replicas <= 1) || others.peek().is_none() {
            continue;
        }
        let covers = |budget: &Object<'a>| {
            budget
                .dig(&["spec", "selector"])
                .is_none_or(|node| Selector::of(node).matches(pods.labels()))
        };
        if !others.any(covers) {
            let message = format!("no budget keeps pods of {} when nodes are drained", object.title());
            report
                .value(object.place(), message)
                .help("add a PodDisruptionBudget with `maxUnavailable: 1`");
        }
    }
}
