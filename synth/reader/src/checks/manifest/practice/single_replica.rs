use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::Object;
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    name: "single-replica",
    why: "A Service of one pod answers nobody while the pod moves: at each drain of a node, and at each crash.",
    link: "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: example/web:1.0
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /health, port: http}}
          livenessProbe: {tcpSocket: {port: http}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
",
    instead: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: example/web:1.0
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /health, port: http}}
          livenessProbe: {tcpSocket: {port: http}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let mut told = BTreeSet::new();
    for service in set.manifests.of("Service") {
        for pods in set.manifests.behind(&service) {
            let one = pods.object.kind == "Deployment" && pods.replicas() == Some(1);
            let at = pods.object.entry(&["spec", "replicas"]);
            // One that cannot run twice says so: it is recreated, or has a volume of its own.
            let recreated = pods.object.text(&["spec", "strategy", "type"]) == Some("Recreate");
            let volumes = pods.dig(&["volumes"]).and_then(Node::list).unwrap_or_default();
            let claims = volumes
                .iter()
                .any(|volume| volume.get("persistentVolumeClaim").is_some());
            if !one || recreated || claims || is_scaled(set, &pods.object) {
                continue;
            }
            if !told.insert(std::ptr::from_ref(pods.object.node).addr()) {
                continue;
            }
            let message = format!("{} runs one pod behind {}", pods.object.title(), service.title());
            let draft = match at {
                Some(entry) => report.key(entry, message),
                None => report.value(pods.object.place(), message),
            };
            draft
                .also(service.place(), "who calls this")
                .help("set `replicas` to 2 or more, or scale it");
        }
    }
}

fn is_scaled<'a>(set: &Set<'a>, object: &Object<'a>) -> bool {
    let mut scalers = set.manifests.scalers();
    scalers.any(|(_, scaled)| Some(scaled.name) == object.name())
}
