use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "kept-sick-pods",
    why: "Unless it is said otherwise, a budget also protects pods that run and are not ready: if too many \
          are, no node that has one can be drained.",
    link: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy",
    level: Level::Info,
    family: Family::Practice,
    example: r"
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
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
    for budget in set.manifests.of("PodDisruptionBudget") {
        let policy = budget.text(&["spec", "unhealthyPodEvictionPolicy"]);
        if budget.version == "v1" && policy != Some("AlwaysAllow") {
            let message = format!("{} keeps pods that are not ready", budget.title());
            report
                .value(budget.place(), message)
                .help("set `unhealthyPodEvictionPolicy: AlwaysAllow`");
        }
    }
}
