use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "crowded-replicas",
    why: "Pods of which nobody says that they are to be apart can all stand on one node, and go with it.",
    link: "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
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
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: web}}
      containers:
        - {name: web, image: 'example/web:1.0'}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        let several = pods.replicas().filter(|replicas| *replicas > 1);
        let some = |keys: &[&str]| pods.dig(keys).is_some();
        let apart = some(&["topologySpreadConstraints"]) || some(&["affinity", "podAntiAffinity"]);
        let Some(replicas) = several.filter(|_| !apart) else {
            continue;
        };
        let message = format!(
            "the {replicas} pods of {} may all stand on one node",
            pods.object.title()
        );
        report
            .value(pods.object.place(), message)
            .help("spread them by `topologySpreadConstraints`");
    }
}
