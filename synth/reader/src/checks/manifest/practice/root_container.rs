use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Kind;

pub(super) const RULE: Rule = Rule {
    name: "root-container",
    why: "A process that is root in the container is a step from root on its node. Where neither the pod nor \
          the container forbids it, the image decides.",
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
      securityContext: {allowPrivilegeEscalation: false}
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      securityContext: {runAsNonRoot: true}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods().iter().filter(|pods| !pods.is_windows()) {
        for container in pods.containers() {
            let user = container.security(pods, "runAsUser");
            let is_root = user.is_some_and(|user| user.to_text().as_deref() == Some("0"));
            let forbids = container
                .security(pods, "runAsNonRoot")
                .is_some_and(|node| node.kind == Kind::Bool(true));
            let name = container.name();
            match user {
                Some(user) if is_root => report
                    .value(user, format!("container `{name}` runs as root"))
                    .help("use another user, such as 1000, and set `runAsNonRoot` to true"),
                None if !forbids => report
                    .value(container.place(), format!("container `{name}` may run as root"))
                    .help("set `securityContext.runAsNonRoot` to true, or `runAsUser` to a user"),
                _ => {}
            }
        }
    }
}
