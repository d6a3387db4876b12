use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Container, Pods, is_settled};
use crate::read::{Kind, Node};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "closed-probe",
    why: "A probe of a port by a name that its container does not have fails for ever. A number that the \
          container does not declare is a note: it may listen there all the same.",
    link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-liveness-http-request",
    level: Level::Error,
    family: Family::Graph,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      ports: [{name: http, containerPort: 8080}]
      readinessProbe: {httpGet: {path: /health, port: htpp}}
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      ports: [{name: http, containerPort: 8080}]
      readinessProbe: {httpGet: {path: /health, port: http}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for container in set.manifests.pods().iter().flat_map(Pods::containers) {
        for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
            for action in ["httpGet", "tcpSocket"] {
                if let Some(port) = container.dig(&[probe, action, "port"]) {
                    judge(&container, probe, port, report);
                }
            }
        }
        for hook in ["postStart", "preStop"] {
            if let Some(port) = container.dig(&["lifecycle", hook, "httpGet", "port"]) {
                judge(&container, hook, port, report);
            }
        }
    }
}

fn judge<'a>(container: &Container<'a>, probe: &str, port: &'a Node, report: &mut Report<'a>) {
    let ports = container.list("ports");
    let names = || ports.iter().filter_map(|port| port.get("name")?.text());
    let number = match &port.kind {
        Kind::Text(text) if !is_settled(text) => return,
        Kind::Text(text) => text.parse::<u64>().ok(),
        Kind::Number(number) => number.as_u64(),
        _ => return,
    };
    let declared = |number: u64| {
        let declared = ports.iter().filter_map(|port| port.get("containerPort"));
        declared
            .into_iter()
            .any(|port| port.to_text().is_some_and(|text| text == number.to_string()))
    };
    let shown = port.to_text().unwrap_or_default();
    match number {
        Some(number) if ports.is_empty() || declared(number) => {}
        Some(_) => report
            .value(
                port,
                format!(
                    "{probe} asks port {shown}, which container `{}` does not declare",
                    container.name()
                ),
            )
            .level(Level::Info)
            .also(container.place(), "this container")
            .help("declare the port, or ask one that is"),
        None if names().any(|name| name == shown) => {}
        None => {
            let draft = report.value(
                port,
                format!("container `{}` has no port named `{shown}`", container.name()),
            );
            match nearest(&shown, names()) {
                Some(near) => draft.help(format!("did you mean `{near}`?")),
                None => draft.help("name a port of this container, or write its number"),
            }
        }
    }
}
