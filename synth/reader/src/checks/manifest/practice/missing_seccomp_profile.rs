use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::Container;

pub(super) const RULE: Rule = Rule {
    name: "missing-seccomp-profile",
    why: "Unless the pod or the node says otherwise, a container may make every system call. `RuntimeDefault` \
          takes away those that nearly nothing needs.",
    link: "https://kubernetes.io/docs/tutorials/security/seccomp/",
    level: Level::Info,
    family: Family::Practice,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: example/web:1.0
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  securityContext: {seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: web
      image: example/web:1.0
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods().iter().filter(|pods| !pods.is_windows()) {
        // Before there was a field, there were annotations.
        let annotated = pods.annotation("seccomp.security.alpha.kubernetes.io/pod").is_some();
        let bare = |container: &Container<'a>| {
            let privileged = container
                .dig(&["securityContext", "privileged"])
                .and_then(Node::as_bool)
                == Some(true);
            container.security(pods, "seccompProfile").is_none() && !privileged
        };
        if let Some(container) = pods.containers().find(bare).filter(|_| !annotated) {
            let message = format!("container `{}` may make every system call", container.name());
            let help = "set `securityContext: {seccompProfile: {type: RuntimeDefault}}` of the pod";
            report.value(container.place(), message).help(help);
        }
    }
}
