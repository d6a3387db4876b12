use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Kind;

pub(super) const RULE: Rule = Rule {
    name: "host-namespace",
    why: "In the network, the processes or the shared memory of its node, a pod sees and reaches what belongs \
          to the node and to other pods.",
    link: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true
  containers:
    - name: web
      image: example/web:1.0
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        for (key, what) in [
            ("hostNetwork", "network"),
            ("hostPID", "processes"),
            ("hostIPC", "shared memory"),
        ] {
            let Some(entry) = pods.entry(key).filter(|entry| entry.value.kind == Kind::Bool(true)) else {
                continue;
            };
            report
                .key(entry, format!("{} is in the {what} of its node", pods.object.title()))
                .help("remove it, or say why it is needed");
        }
    }
}
