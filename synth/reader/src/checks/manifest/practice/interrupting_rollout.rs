use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "interrupting-rollout",
    why: "With `Recreate` all pods end before the first new one starts: nobody answers meanwhile.",
    link: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment",
    level: Level::Info,
    family: Family::Practice,
    example: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  strategy: {type: Recreate}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      automountServiceAccountToken: false
      containers:
        - {name: web, image: 'example/web:1.0'}
",
    instead: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  strategy: {type: RollingUpdate}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      automountServiceAccountToken: false
      containers:
        - {name: web, image: 'example/web:1.0'}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        let strategy = pods
            .object
            .dig(&["spec", "strategy", "type"])
            .filter(|node| node.text() == Some("Recreate"));
        // One pod may be what cannot run twice.
        let Some(node) = strategy.filter(|_| pods.replicas().is_some_and(|replicas| replicas > 1)) else {
            continue;
        };
        let message = format!("{} ends all its pods before new ones start", pods.object.title());
        report
            .value(node, message)
            .help("leave it out, so that pods are replaced one by one");
    }
}
