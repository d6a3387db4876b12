use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Pods, is_settled};

pub(super) const RULE: Rule = Rule {
    name: "malformed-port-name",
    why: "The name of a port has at most 15 lower-case letters, digits and single dashes, and a letter among \
          them. The server refuses anything else.",
    link: "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports",
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
      ports: [{name: HTTP_port, containerPort: 8080}]
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
            name(port.get("name"), report);
        }
        for probe in ["startupProbe", "livenessProbe", "readinessProbe"] {
            for handler in ["httpGet", "tcpSocket"] {
                name(container.dig(&[probe, handler, "port"]), report);
            }
        }
    }
    for service in set.manifests.of("Service") {
        for port in service.dig(&["spec", "ports"]).and_then(Node::list).unwrap_or_default() {
            name(port.get("targetPort"), report);
        }
    }
}

fn name<'a>(node: Option<&'a Node>, report: &mut Report<'a>) {
    let Some((node, text)) = node.and_then(|node| Some((node, node.text()?))) else {
        return;
    };
    let letters = text
        .bytes()
        .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
    let dashes = text.starts_with('-') || text.ends_with('-') || text.contains("--");
    let fine = letters && !dashes && text.len() <= 15 && text.bytes().any(|it| it.is_ascii_lowercase());
    if !fine && is_settled(text) && !text.is_empty() {
        report
            .value(node, format!("`{text}` is no name of a port"))
            .help("write a number without quotes, or at most 15 lower-case letters, digits and single dashes");
    }
}
