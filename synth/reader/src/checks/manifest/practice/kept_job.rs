use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "kept-job",
    why: "A Job that has ended stays with its pods until somebody deletes it, and one of the same name cannot \
          be applied again.",
    link: "https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",
    level: Level::Info,
    family: Family::Practice,
    example: r"
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: migrate, image: 'example/web:1.0'}]}
",
    instead: r"
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  ttlSecondsAfterFinished: 86400
  template:
    spec: {restartPolicy: Never, containers: [{name: migrate, image: 'example/web:1.0'}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for job in set.manifests.of("Job") {
        // Whoever runs a hook deletes it.
        let hook = ["helm.sh/hook", "argocd.argoproj.io/hook"]
            .iter()
            .any(|key| job.annotation(key).is_some());
        if !hook && job.dig(&["spec"]).is_some() && job.dig(&["spec", "ttlSecondsAfterFinished"]).is_none() {
            let message = format!("{} stays when it has ended", job.title());
            report.value(job.place(), message).help("set `ttlSecondsAfterFinished`");
        }
    }
}
