use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "floating-image",
    why: "The tag `latest`, and no tag, mean another image tomorrow: pods of one workload differ, and there is \
          no way back.",
    link: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:latest
      imagePullPolicy: Always
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      imagePullPolicy: Always
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        for container in pods.containers() {
            let Some((at, image)) = container.image() else { continue };
            if image.digest.is_none() && matches!(image.tag, None | Some("latest" | "")) {
                let shown = at.text().unwrap_or_default();
                report
                    .value(at, format!("`{shown}` is another image tomorrow"))
                    .help("name a version, or better a digest: `name@sha256:…`");
            }
        }
    }
}
