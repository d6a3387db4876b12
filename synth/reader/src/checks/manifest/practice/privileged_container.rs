use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Kind;

pub(super) const RULE: Rule = Rule {
    name: "privileged-container",
    why: "A privileged container is root on its node: it sees all devices and every other container.",
    link: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      securityContext: {privileged: true}
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      securityContext: {privileged: false}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods().iter().filter(|pods| !pods.is_windows()) {
        for container in pods.containers() {
            let Some(at) = container.dig(&["securityContext", "privileged"]) else {
                continue;
            };
            if at.kind == Kind::Bool(true) {
                report
                    .value(at, format!("container `{}` is privileged", container.name()))
                    .help("remove it, and add the one capability that is needed");
            }
        }
    }
}
