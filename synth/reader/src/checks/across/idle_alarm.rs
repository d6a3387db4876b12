use super::facts::{Names, Seen, Watch, has_pods, is_slip};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Namespace, Object, Pods, is_settled};
use crate::read::template::known::Sure;
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "idle-alarm",
    why: "Container Insights names clusters, namespaces, Services and workloads in the dimensions of its metrics. An \
          alarm, a chart or a filter on one that is not there never sees a value, and says nothing while the \
          real one fails.",
    link: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # alarms.yaml
Resources:
  HighMemory:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: ContainerInsights
      MetricName: pod_memory_utilization_over_pod_limit
      Dimensions:
        - {Name: ClusterName, Value: shop}
        - {Name: Namespace, Value: shop}
        - {Name: Service, Value: order}
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Average
      Threshold: 80
--- # orders.yaml
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {selector: {app: orders}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop, labels: {app: orders}}
spec: {containers: [{name: orders, image: 'example/orders:1.0'}]}
",
    instead: r"
--- # alarms.yaml
Resources:
  HighMemory:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: ContainerInsights
      MetricName: pod_memory_utilization_over_pod_limit
      Dimensions:
        - {Name: ClusterName, Value: shop}
        - {Name: Namespace, Value: shop}
        - {Name: Service, Value: orders}
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Average
      Threshold: 80
--- # orders.yaml
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {selector: {app: orders}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop, labels: {app: orders}}
spec: {containers: [{name: orders, image: 'example/orders:1.0'}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let clusters = Names::of(set, "AWS::EKS::Cluster", "Name");
    for watch in Watch::all(set) {
        let namespace = watch.namespace.as_ref().and_then(only);
        let is_ours = namespace.is_some_and(|(namespace, _)| has_pods(set, namespace));
        if let Some(cluster) = &watch.cluster {
            of_cluster(set, &clusters, cluster, is_ours, report);
        }
        let parts = [(&watch.service, "Service"), (&watch.workload, "workload")];
        let parts = parts.iter().filter_map(|(seen, what)| Some((seen.as_ref()?, *what)));
        if is_ours {
            let (namespace, _) = namespace.unwrap_or_default();
            parts.for_each(|(seen, what)| of_part(set, namespace, seen, what, report));
        } else if let Some(seen) = &watch.namespace {
            let parts: Vec<&Seen<'a>> = parts.map(|(seen, _)| seen).collect();
            of_namespace(set, seen, &parts, report);
        }
    }
}

/// The name, if it is one; one of several is for another environment.
fn only<'q>(seen: &'q Seen<'_>) -> Option<(&'q str, Sure)> {
    match seen.names.as_slice() {
        [one] => Some((&one.value, one.sure)),
        _ => None,
    }
}

fn of_cluster<'a>(set: &Set<'a>, clusters: &Names<'a>, seen: &Seen<'a>, is_ours: bool, report: &mut Report<'a>) {
    let Some((name, sure)) = only(seen) else { return };
    if clusters.is_empty() || clusters.has(name) {
        return;
    }
    let near = clusters.near(name);
    let proven = clusters.is_closed() && (set.together || is_ours);
    if near.is_none() && !proven {
        return;
    }
    let draft = report.value(
        seen.at,
        format!("no template makes the cluster `{name}` that is watched here"),
    );
    draft.sure(sure.max(clusters.sure()));
    draft.also_if(
        near.map(|(_, at)| at).or(clusters.known().next().map(|(_, at)| at)),
        "a cluster",
    );
    match near {
        Some((near, _)) => draft.help(format!("did you mean `{}`?", near.value)),
        None => draft.help("watch the cluster that the templates make"),
    }
}

/// A namespace in which no manifest has pods: told if it is a slip, or what is watched runs in another.
fn of_namespace<'a>(set: &Set<'a>, seen: &Seen<'a>, parts: &[&Seen<'a>], report: &mut Report<'a>) {
    let Some((name, sure)) = only(seen) else { return };
    let pods = || set.manifests.pods().iter().map(|pods| pods.object);
    let said = |object: &Object<'a>| object.text(&["metadata", "namespace"]).filter(|home| is_settled(home));
    // Who does not say a namespace may be applied to any.
    if pods().any(|object| said(&object).is_none()) {
        return;
    }
    let near = nearest(
        name,
        pods()
            .filter_map(|object| said(&object))
            .filter(|home| is_slip(name, home)),
    );
    let watched = |object: &Object<'a>| {
        let mut names = parts.iter().filter_map(|seen| only(seen));
        names.any(|(name, _)| object.name() == Some(name))
    };
    let there = pods().find(|object| match near {
        Some(near) => said(object) == Some(near),
        None => watched(object),
    });
    let Some(there) = there else { return };
    let home = said(&there).unwrap_or_default();
    report
        .value(
            seen.at,
            format!("no manifest has pods in namespace `{name}`, which is watched here"),
        )
        .sure(sure)
        .also(there.place(), format!("{} is in namespace `{home}`", there.title()))
        .help(format!("watch namespace `{home}`"));
}

/// A Service or workload that a namespace does not have.
fn of_part<'a>(set: &Set<'a>, home: &str, seen: &Seen<'a>, what: &str, report: &mut Report<'a>) {
    let Some((name, sure)) = only(seen) else { return };
    let is_service = what == "Service";
    let within = |object: &&Object<'a>| {
        // What makes pods may be of any kind, a Rollout say.
        (object.kind == "Service") == is_service && object.namespace().meets(Namespace::Said(home))
    };
    let there = || set.manifests.all().iter().filter(within);
    if there().any(|object| object.name().is_none_or(|its| its == name || !is_settled(its))) {
        return;
    }
    let makes_pods = |object: &&Object<'a>| is_service || Pods::of(**object).is_some();
    let names = || there().filter(makes_pods).filter_map(Object::name);
    let near = nearest(name, names().filter(|its| is_slip(name, its)));
    let is_operated = set.manifests.is_operated(Namespace::Said(home));
    if near.is_none() && (!set.together || is_operated) {
        return;
    }
    let message = format!("no manifest makes the {what} `{name}` of namespace `{home}` that is watched here");
    let draft = report.value(seen.at, message);
    draft.sure(sure);
    let other = there()
        .filter(makes_pods)
        .find(|object| near.is_none() || object.name() == near);
    let place: Option<&'a Node> = other.map(Object::place);
    draft.also_if(place, other.map_or_else(String::new, Object::title));
    match near {
        Some(near) => draft.help(format!("did you mean `{near}`?")),
        None => draft.help("watch one that the manifests make"),
    }
}
