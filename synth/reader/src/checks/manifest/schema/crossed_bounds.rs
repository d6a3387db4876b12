use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "crossed-bounds",
    why: "The server refuses an autoscaler with a minimum over its maximum, a budget that says both how many \
          pods must stay and how many may go, and a roll-out that may neither add a pod nor miss one.",
    link: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  minAvailable: 1
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: {matchLabels: {app: web}}
",
    instead: r"
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: {matchLabels: {app: web}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for scaler in set.manifests.of("HorizontalPodAutoscaler") {
        let number = |key: &str| scaler.dig(&["spec", key]).and_then(|node| Some((node, node.as_f64()?)));
        let bounds = number("minReplicas").zip(number("maxReplicas"));
        if let Some(((least, _), (most, _))) = bounds.filter(|((_, min), (_, max))| min > max) {
            let message = format!("{} has a minimum over its maximum", scaler.title());
            let draft = report.value(least, message);
            draft.also(most, "the maximum").help("lower it, or raise the maximum");
        }
    }
    for budget in set.manifests.of("PodDisruptionBudget") {
        let entry = |key: &str| budget.entry(&["spec", key]);
        if let Some((stay, go)) = entry("minAvailable").zip(entry("maxUnavailable")) {
            let message = format!("{} says both how many pods stay and how many go", budget.title());
            let draft = report.key(stay, message);
            draft.also(go, "the other").help("leave one: better `maxUnavailable`");
        }
    }
    for (kind, path) in [("Deployment", "strategy"), ("DaemonSet", "updateStrategy")] {
        for object in set.manifests.of(kind) {
            let rolling = object.dig(&["spec", path, "rollingUpdate"]);
            if let Some(node) = rolling.filter(|node| is_stuck(kind, node)) {
                let message = format!("{} can neither add a pod nor miss one", object.title());
                report.value(node, message).help("write `maxSurge: 1`");
            }
        }
    }
}

/// Whether a roll-out may neither add a pod nor miss one; a DaemonSet adds none unless it is told to.
fn is_stuck(kind: &str, rolling: &Node) -> bool {
    let none = |key: &str| {
        rolling
            .get(key)
            .is_some_and(|node| matches!(node.scalar().as_deref(), Some("0" | "0%")))
    };
    none("maxUnavailable") && (none("maxSurge") || (kind == "DaemonSet" && rolling.get("maxSurge").is_none()))
}
