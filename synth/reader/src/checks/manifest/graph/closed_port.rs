use crate::checks::manifest::port::{self, Port};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Object, is_settled};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "closed-port",
    why: "A Service forwards to a port of its pods. A name that no container gives to a port leads nowhere; a \
          number that none of them declares is most often a slip, as whoever writes down ports writes down all \
          of them.",
    link: "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - {name: web, image: 'example/web:1.0', ports: [{name: http, containerPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: htpp}]}
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - {name: web, image: 'example/web:1.0', ports: [{name: http, containerPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for service in set.manifests.of("Service") {
        let ports = service.dig(&["spec", "ports"]).and_then(Node::list).unwrap_or_default();
        if ports.is_empty() {
            continue;
        }
        let pods = set.manifests.behind(&service);
        let open: Vec<Port<'a>> = pods.iter().flat_map(port::open).collect();
        // Pods of which nobody says a port may listen at any.
        if !pods.is_empty() && pods.iter().all(|pods| port::open(pods).next().is_some()) {
            for node in ports {
                judge(service, node, &open, report);
            }
        }
        if open.is_empty() && !pods.is_empty() {
            let named = ports.iter().filter_map(|node| node.get("targetPort"));
            for node in named.filter(|node| node.text().is_some_and(is_settled)) {
                tell(service, node, &[], report);
            }
        }
    }
}

fn judge<'a>(service: Object<'a>, node: &'a Node, open: &[Port<'a>], report: &mut Report<'a>) {
    let Some(target) = node.get("targetPort").or_else(|| node.get("port")) else {
        return;
    };
    let protocol = node.get("protocol").and_then(Node::text).unwrap_or("TCP");
    let open: Vec<Port<'a>> = open.iter().filter(|port| port.protocol == protocol).copied().collect();
    if !open.iter().any(|port| port.is(target)) && target.text().is_none_or(is_settled) {
        tell(service, target, &open, report);
    }
}

fn tell<'a>(service: Object<'a>, target: &'a Node, open: &[Port<'a>], report: &mut Report<'a>) {
    let name = target.text().filter(|text| text.parse::<u16>().is_err());
    let shown = target.to_text().unwrap_or_default();
    let message = format!("no container behind {} has the port `{shown}`", service.title());
    let draft = report.value(target, message);
    if name.is_some() {
        draft.level(Level::Error);
    }
    let near = name.and_then(|name| nearest(name, open.iter().filter_map(|port| port.name)));
    let meant = open.iter().find(|port| near.is_some() && port.name == near);
    let Some(port) = meant.or(open.first()) else {
        draft.help(format!(
            "name a port of the container `{shown}`, or forward to a number"
        ));
        return;
    };
    draft.also(port.node, format!("container `{}`", port.container));
    match near {
        Some(near) => draft.help(format!("did you mean `{near}`?")),
        None => draft.help("forward to a port that the container has, or declare this one there"),
    }
}
