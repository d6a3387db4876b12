use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::Pods;

pub(super) const RULE: Rule = Rule {
    name: "malformed-handler",
    why: "A probe does one thing: it calls by HTTP, opens a port, asks by gRPC, or runs a command; so does a \
          hook of the lifecycle. The server refuses none and several. A liveness or startup probe succeeds at \
          once.",
    link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: example/web:1.0
      livenessProbe: {httpGet: {path: /health, port: 8080}, tcpSocket: {port: 8080}}
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: example/web:1.0
      livenessProbe: {httpGet: {path: /health, port: 8080}}
",
    check,
};

const PROBES: [&str; 3] = ["startupProbe", "livenessProbe", "readinessProbe"];
const HANDLERS: [&str; 5] = ["exec", "grpc", "httpGet", "sleep", "tcpSocket"];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for container in set.manifests.pods().iter().flat_map(Pods::containers) {
        let lifecycle = ["postStart", "preStop"].map(|hook| container.dig(&["lifecycle", hook]));
        let probes = PROBES.map(|probe| container.node.get(probe));
        for node in probes
            .into_iter()
            .chain(lifecycle)
            .flatten()
            .filter(|node| node.map().is_some())
        {
            let handlers: Vec<&str> = HANDLERS.into_iter().filter(|key| node.get(key).is_some()).collect();
            if handlers.len() != 1 {
                let message = match handlers.as_slice() {
                    [] => "nothing is done here".to_owned(),
                    several => format!("only one of {} can be done", several.join(" and ")),
                };
                report
                    .value(node, message)
                    .help("write one of httpGet, tcpSocket, grpc and exec");
            }
        }
        for probe in ["startupProbe", "livenessProbe"] {
            let threshold = container.dig(&[probe, "successThreshold"]);
            if let Some(node) = threshold.filter(|node| node.scalar().is_some_and(|number| number != "1")) {
                report
                    .value(node, format!("a {probe} succeeds at once"))
                    .help("take it out, or write 1");
            }
        }
    }
}
