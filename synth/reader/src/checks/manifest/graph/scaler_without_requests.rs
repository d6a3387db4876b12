use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Object, Pods, Scaled, is_built_in};

pub(super) const RULE: Rule = Rule {
    name: "scaler-without-requests",
    why: "A utilization is a share of what the containers request. If one of them requests nothing, the \
          autoscaler cannot compute it and does not scale, unless a LimitRange of the namespace fills it in.",
    link: "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-resource-metrics",
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
    spec: {containers: [{name: web, image: 'example/web:1.0'}]}
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
    for scaler in set.manifests.of("HorizontalPodAutoscaler") {
        let ranges = set.manifests.within("LimitRange", scaler.namespace()).next().is_some();
        let Some(pods) = target(set, &scaler).filter(|_| !ranges) else {
            continue;
        };
        for (resource, at) in utilizations(&scaler) {
            judge(&scaler, &pods, resource, at, report);
        }
    }
}

fn target<'a>(set: &Set<'a>, scaler: &Object<'a>) -> Option<Pods<'a>> {
    let Scaled { kind, name, .. } = scaler.scaled()?;
    let mut named = set.manifests.named(kind?, name, scaler.namespace());
    named.find(|object| is_built_in(object.group)).and_then(Pods::of)
}

/// The resources whose utilization is looked at, over all containers of a pod.
fn utilizations<'a>(scaler: &Object<'a>) -> Vec<(&'a str, &'a Node)> {
    let old = scaler
        .dig(&["spec", "targetCPUUtilizationPercentage"])
        .map(|at| ("cpu", at));
    let metrics = scaler
        .dig(&["spec", "metrics"])
        .and_then(Node::list)
        .unwrap_or_default();
    let new = metrics.iter().filter_map(|metric| {
        let resource = metric.get("resource")?;
        resource.dig(&["target", "averageUtilization"])?;
        Some((resource.get("name")?.text()?, resource))
    });
    old.into_iter().chain(new).collect()
}

fn judge<'a>(scaler: &Object<'a>, pods: &Pods<'a>, resource: &str, at: &'a Node, report: &mut Report<'a>) {
    // The pod as a whole can request, too.
    if pods.dig(&["resources", "requests", resource]).is_some() {
        return;
    }
    let has = |kind: &str, container: &crate::read::manifest::Container<'a>| {
        container.dig(&["resources", kind, resource]).is_some()
    };
    // A limit without a request is its request.
    let lacks = pods
        .running()
        .find(|container| !has("requests", container) && !has("limits", container));
    if let Some(container) = lacks {
        let message = format!(
            "{} scales by the utilization of {resource}, of which container `{}` requests nothing",
            scaler.title(),
            container.name()
        );
        report
            .value(at, message)
            .also(container.place(), "this container")
            .help(format!("set `resources.requests.{resource}` of every container"));
    }
}
