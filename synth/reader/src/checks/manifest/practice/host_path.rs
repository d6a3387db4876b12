use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "host-path",
    why: "A folder of the node in a pod is a way to the node: the socket of the container runtime, or `/`, is \
          root there.",
    link: "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  volumes: [{name: logs, hostPath: {path: /var/log}}]
  containers:
    - name: web
      image: example/web:1.0
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  volumes: [{name: logs, emptyDir: {}}]
  containers:
    - name: web
      image: example/web:1.0
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        for volume in pods.dig(&["volumes"]).and_then(Node::list).unwrap_or_default() {
            let Some(path) = volume.dig(&["hostPath", "path"]) else {
                continue;
            };
            let shown = path.text().unwrap_or_default();
            let danger = if shown.contains(".sock") {
                ", a socket that is root there"
            } else {
                ""
            };
            report
                .value(
                    path,
                    format!("{} mounts `{shown}` of its node{danger}", pods.object.title()),
                )
                .help("use an `emptyDir` or a claim, or mount it read-only and say why it is needed");
        }
    }
}
