use crate::checks::manifest::admitted::CAPABILITIES;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "added-capability",
    why: "With these capabilities a container can act on its node: load modules, trace others, change the \
          network.",
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
      securityContext: {capabilities: {drop: [ALL], add: [SYS_ADMIN]}}
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods().iter().filter(|pods| !pods.is_windows()) {
        for container in pods.containers() {
            let added = container
                .dig(&["securityContext", "capabilities", "add"])
                .and_then(Node::list);
            for at in added.unwrap_or_default() {
                let name = at.text().unwrap_or_default();
                let name = name.strip_prefix("CAP_").unwrap_or(name);
                if !(CAPABILITIES.contains(&name) || name.is_empty()) {
                    report
                        .value(
                            at,
                            format!("container `{}` has the capability `{name}`", container.name()),
                        )
                        .help("remove it, or say why it is needed");
                }
            }
        }
    }
}
