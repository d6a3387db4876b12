use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "kept-capabilities",
    why: "A container keeps fourteen capabilities of root unless it drops them, among them to forge packets \
          (`NET_RAW`).",
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
      securityContext: {capabilities: {drop: [CHOWN]}}
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      securityContext: {capabilities: {drop: [ALL]}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods().iter().filter(|pods| !pods.is_windows()) {
        for container in pods.containers() {
            let dropped = container.dig(&["securityContext", "capabilities", "drop"]);
            let items = dropped.and_then(Node::list).unwrap_or_default();
            if !items.iter().any(|item| matches!(item.text(), Some("ALL" | "all"))) {
                report
                    .value(
                        dropped.unwrap_or(container.place()),
                        format!("container `{}` keeps capabilities", container.name()),
                    )
                    .help("set `securityContext.capabilities.drop` to `[ALL]`, and add what is needed");
            }
        }
    }
}
