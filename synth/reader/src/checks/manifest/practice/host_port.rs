use crate::checks::manifest::port::number;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "host-port",
    why: "A port of the node goes around Services and policies, and lets only one such pod run on each node.",
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
      ports: [{containerPort: 8080, hostPort: 8080}]
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      ports: [{containerPort: 8080}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        for container in pods.containers() {
            for port in container.list("ports") {
                let Some(at) = port.get("hostPort") else { continue };
                if number(at).is_some_and(|number| number > 0) {
                    report
                        .value(at, format!("container `{}` takes a port of its node", container.name()))
                        .help("remove `hostPort`, and let a Service be called");
                }
            }
        }
    }
}
