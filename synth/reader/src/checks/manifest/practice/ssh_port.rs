use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::Pods;

pub(super) const RULE: Rule = Rule {
    name: "ssh-port",
    why: "Port 22 is that of SSH. Whoever runs it in a container has keys and users to keep there, and a way \
          in that no audit of the cluster sees; `kubectl exec` needs none.",
    link: "https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: example/web:1.0
      ports: [{name: ssh, containerPort: 22}]
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: example/web:1.0
      ports: [{name: http, containerPort: 8080}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for container in set.manifests.pods().iter().flat_map(Pods::containers) {
        for port in container.list("ports") {
            let number = port.get("containerPort").filter(|node| node.as_f64() == Some(22.0));
            let udp = port.get("protocol").and_then(Node::text) == Some("UDP");
            if let Some(node) = number.filter(|_| !udp) {
                let message = format!("container `{}` is open for SSH", container.name());
                report
                    .value(node, message)
                    .help("remove it, and use `kubectl exec`; another service takes another port");
            }
        }
    }
}
