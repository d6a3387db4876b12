use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Kind;

pub(super) const RULE: Rule = Rule {
    name: "escalating-container",
    why: "Unless it is forbidden, a program with the setuid bit gets more rights than the container began \
          with.",
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
      securityContext: {runAsUser: 1000}
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      securityContext: {runAsUser: 1000, allowPrivilegeEscalation: false}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods().iter().filter(|pods| !pods.is_windows()) {
        for container in pods.containers() {
            let setting = container.dig(&["securityContext", "allowPrivilegeEscalation"]);
            if setting.is_none_or(|node| node.kind == Kind::Bool(true)) {
                report
                    .value(
                        setting.unwrap_or(container.place()),
                        format!("container `{}` may gain privileges", container.name()),
                    )
                    .help("set `securityContext.allowPrivilegeEscalation` to false");
            }
        }
    }
}
