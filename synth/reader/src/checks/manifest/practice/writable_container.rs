use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Kind;

pub(super) const RULE: Rule = Rule {
    name: "writable-container",
    why: "Whoever breaks into a container with a writable root can leave programs in it.",
    link: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
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
      securityContext: {runAsUser: 1000, readOnlyRootFilesystem: true}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods().iter().filter(|pods| !pods.is_windows()) {
        for container in pods.containers() {
            let setting = container.dig(&["securityContext", "readOnlyRootFilesystem"]);
            if setting.is_none_or(|node| node.kind == Kind::Bool(false)) {
                let name = container.name();
                report
                    .value(
                        setting.unwrap_or(container.place()),
                        format!("container `{name}` can write to its root file system"),
                    )
                    .help("set `readOnlyRootFilesystem` to true, and mount an `emptyDir` where it must write");
            }
        }
    }
}
