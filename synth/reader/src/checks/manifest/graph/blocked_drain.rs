use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Object, Pods, Scaled, Selector};
use crate::read::{Entry, Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "blocked-drain",
    why: "A budget that never lets a pod go keeps nodes from being drained, so that upgrades of the cluster \
          hang until somebody deletes the budget.",
    link: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
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
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
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
    spec: {containers: [{name: web, image: 'example/web:1.0', resources: {requests: {cpu: 100m}}}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for budget in set.manifests.of("PodDisruptionBudget") {
        let entry = |key: &str| budget.entry(&["spec", key]);
        if let Some(entry) = entry("maxUnavailable").filter(|entry| is_none(&entry.value)) {
            tell(&budget, entry, None, report);
        }
        let Some(entry) = entry("minAvailable") else { continue };
        if entry.value.text() == Some("100%") {
            tell(&budget, entry, None, report);
        } else if let Some(least) = number(&entry.value) {
            judge(set, &budget, entry, least, report);
        }
    }
}

fn judge<'a>(set: &Set<'a>, budget: &Object<'a>, entry: &'a Entry, least: u64, report: &mut Report<'a>) {
    let Some(selector) = budget.dig(&["spec", "selector"]).map(Selector::of) else {
        return;
    };
    let pods = set.manifests.selected(&selector, budget.namespace());
    let mut all = 0;
    for pods in &pods {
        let Some(replicas) = replicas(set, pods) else { return };
        all += replicas;
    }
    if let Some(first) = pods.first().filter(|_| least >= all && all > 0) {
        tell(budget, entry, Some((first, all)), report);
    }
}

fn tell<'a>(budget: &Object<'a>, entry: &'a Entry, few: Option<(&Pods<'a>, u64)>, report: &mut Report<'a>) {
    let title = budget.title();
    let draft = match few {
        Some((pods, all)) => {
            let value = entry.value.to_text().unwrap_or_default();
            let draft = report.key(
                entry,
                format!("{title} keeps {value} of {all} pods, so that none can be moved"),
            );
            let replicas = pods.object.entry(&["spec", "replicas"]);
            draft.also_if(replicas, "so many there are").also_if(
                replicas.is_none().then(|| pods.object.place()),
                "the workload has one pod",
            )
        }
        None => report.key(entry, format!("{title} lets no pod go")),
    };
    draft.help("say `maxUnavailable: 1`, and run more than one pod");
}

/// How few pods there may be: those of the autoscaler, if there is one.
fn replicas<'a>(set: &Set<'a>, pods: &Pods<'a>) -> Option<u64> {
    let object = pods.object;
    let is_of_it = |scaled: Scaled<'a>| scaled.kind == Some(object.kind) && Some(scaled.name) == object.name();
    let mut scalers = set.manifests.within("HorizontalPodAutoscaler", object.namespace());
    match scalers.find(|scaler| scaler.scaled().is_some_and(is_of_it)) {
        Some(scaler) => scaler.dig(&["spec", "minReplicas"]).map_or(Some(1), number),
        None => pods.replicas(),
    }
}

fn number(node: &Node) -> Option<u64> {
    match &node.kind {
        Kind::Number(number) => number.as_u64(),
        _ => None,
    }
}

fn is_none(node: &Node) -> bool {
    number(node) == Some(0) || matches!(node.text(), Some("0" | "0%"))
}
