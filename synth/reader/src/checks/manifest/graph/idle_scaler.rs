use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "idle-scaler",
    why: "An autoscaler whose minimum is its maximum scales nothing, and only hides how many pods there are.",
    link: "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 3, maxReplicas: 3}
",
    instead: r"
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 3, maxReplicas: 9}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for scaler in set.manifests.of("HorizontalPodAutoscaler") {
        let node = |key: &str| scaler.dig(&["spec", key]);
        // One pod is the minimum where none is said.
        let least = node("minReplicas").map_or(Some(1.0), Node::as_f64);
        let Some(most) = node("maxReplicas").filter(|most| most.as_f64() == least) else {
            continue;
        };
        let draft = report.value(most, format!("{} always runs as many pods", scaler.title()));
        draft
            .also_if(node("minReplicas"), "the minimum")
            .help("raise the maximum, or write `replicas` instead of the scaler");
    }
}
