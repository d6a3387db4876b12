use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "replicas-beside-scaler",
    why: "Every time the manifest is applied, its `replicas` undo what the autoscaler did, and under load that \
          stops pods that are needed.",
    link: "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'example/web:1.0', resources: {requests: {cpu: 100m}}}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 5
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
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
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 5
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (scaler, scaled) in set.manifests.scalers() {
        let kind = scaled.kind.unwrap_or("Deployment");
        for target in set.manifests.named(kind, scaled.name, scaler.namespace()) {
            let Some(entry) = target.entry(&["spec", "replicas"]) else {
                continue;
            };
            report
                .key(entry, format!("{} has `replicas` beside an autoscaler", target.title()))
                .also(scaler.place(), "the autoscaler")
                .help("remove `replicas`; the autoscaler has `minReplicas`");
        }
    }
}
