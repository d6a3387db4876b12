use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "cron-without-deadline",
    why: "A CronJob that has missed a hundred times, as its controller was down or it was suspended, never \
          runs again unless it says how late it may start.",
    link: "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline",
    level: Level::Info,
    family: Family::Practice,
    example: r#"
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "0 4 * * *"
  jobTemplate:
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: report, image: 'example/report:1.0'}]}
"#,
    instead: r#"
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "0 4 * * *"
  startingDeadlineSeconds: 3600
  jobTemplate:
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: report, image: 'example/report:1.0'}]}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for job in set.manifests.of("CronJob") {
        if job.dig(&["spec"]).is_some() && job.dig(&["spec", "startingDeadlineSeconds"]).is_none() {
            let message = format!("{} does not say how late it may start", job.title());
            report
                .value(job.place(), message)
                .help("set `startingDeadlineSeconds`, such as 3600");
        }
    }
}
