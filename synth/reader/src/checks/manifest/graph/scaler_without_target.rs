use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Scaled, is_settled};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "scaler-without-target",
    why: "An autoscaler of what does not exist scales nothing. It is told only where the files hold workloads \
          of that kind in the namespace.",
    link: "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
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
    spec: {containers: [{name: web, image: 'example/web:1.0', resources: {requests: {cpu: 100m}}}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wbe}
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
    for scaler in set.manifests.of("HorizontalPodAutoscaler") {
        let Some(Scaled {
            kind: Some(kind),
            name,
            at,
        }) = scaler.scaled()
        else {
            continue;
        };
        let namespace = scaler.namespace();
        let others = || set.manifests.within(kind, namespace);
        let there = set.manifests.named(kind, name, namespace).next().is_some();
        if there || !is_settled(name) || others().next().is_none() {
            continue;
        }
        let draft = report.value(
            at,
            format!(
                "{} scales the {kind} `{name}`, which is not in these files",
                scaler.title()
            ),
        );
        let near = nearest(name, others().filter_map(|other| other.name()));
        let meant = others().find(|other| near.is_some() && other.name() == near);
        draft.also_if(meant.map(|other| other.place()), "this one is here");
        match near {
            Some(near) => draft.help(format!("did you mean `{near}`?")),
            None => draft.help("name a workload of these files, or see that the cluster has it"),
        }
    }
}
