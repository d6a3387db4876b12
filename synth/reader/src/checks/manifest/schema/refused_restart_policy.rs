use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::is_settled;

pub(super) const RULE: Rule = Rule {
    name: "refused-restart-policy",
    why: "Pods of a Deployment, StatefulSet, DaemonSet or ReplicaSet restart always, those of a Job on a \
          failure or never: the server refuses anything else, and for a Job that it is not said.",
    link: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  ttlSecondsAfterFinished: 600
  template:
    spec: {containers: [{name: migrate, image: 'example/web:1.0'}]}
",
    instead: r"
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  ttlSecondsAfterFinished: 600
  template:
    spec: {restartPolicy: Never, containers: [{name: migrate, image: 'example/web:1.0'}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        let may: &[&str] = match pods.object.kind {
            "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "ReplicationController" => &["Always"],
            "Job" | "CronJob" => &["OnFailure", "Never"],
            _ => continue,
        };
        let policy = pods.dig(&["restartPolicy"]);
        let said = policy.map_or(Some("Always"), |node| node.text());
        if said.is_none_or(|said| may.contains(&said) || !is_settled(said) || said.is_empty()) {
            continue;
        }
        let title = pods.object.title();
        let draft = match policy {
            Some(node) => report.value(node, format!("the pods of {title} cannot restart so")),
            None => report.value(
                pods.object.place(),
                format!("{title} does not say when its pods restart"),
            ),
        };
        draft.help(format!("write `restartPolicy: {}`", may.join("` or `restartPolicy: ")));
    }
}
