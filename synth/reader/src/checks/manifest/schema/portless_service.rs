use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "portless-service",
    why: "A Service has a port, and a name for each of several. The server refuses one without, unless it is \
          headless or only a name of another host.",
    link: "https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}, {port: 443}]}
",
    instead: r"
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80}, {name: https, port: 443}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for service in set.manifests.of("Service") {
        let Some(spec) = service.node.get("spec").filter(|spec| spec.map().is_some()) else {
            continue;
        };
        let is = |key: &str, value: &str| spec.get(key).and_then(Node::text) == Some(value);
        let ports = spec.get("ports").and_then(Node::list).unwrap_or_default();
        if ports.is_empty() && !is("type", "ExternalName") && !is("clusterIP", "None") {
            let message = format!("{} has no port", service.title());
            report
                .value(service.place(), message)
                .help("name one under `ports`, or say `clusterIP: None`");
        }
        for port in ports
            .iter()
            .filter(|port| ports.len() > 1 && port.map().is_some() && port.get("name").is_none())
        {
            report
                .value(
                    port,
                    format!("of the ports of {} this one has no name", service.title()),
                )
                .help("give each of several ports a `name`");
        }
    }
}
