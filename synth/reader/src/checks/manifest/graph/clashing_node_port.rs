use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::Object;
use crate::read::{Kind, Node};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    name: "clashing-node-port",
    why: "A port of the nodes belongs to one Service of the whole cluster: the API server refuses the second.",
    link: "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport",
    level: Level::Error,
    family: Family::Graph,
    example: r"
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: admin}
spec: {type: NodePort, selector: {app: admin}, ports: [{port: 80, nodePort: 30080}]}
",
    instead: r"
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: admin}
spec: {type: NodePort, selector: {app: admin}, ports: [{port: 80, nodePort: 30081}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let mut taken: BTreeMap<(u64, &str), (Object<'a>, &'a Node)> = BTreeMap::new();
    for service in set.manifests.of("Service") {
        for port in service.dig(&["spec", "ports"]).and_then(Node::list).unwrap_or_default() {
            let Some(node) = port.get("nodePort") else { continue };
            let Some(number) = number(node) else { continue };
            let protocol = port.get("protocol").and_then(Node::text).unwrap_or("TCP");
            let (first, at) = *taken.entry((number, protocol)).or_insert((service, node));
            // The same object of two folders is for two clusters.
            let same = first.is_like(&service) && first.folder() != service.folder();
            if std::ptr::eq(at, node) || same {
                continue;
            }
            let draft = report.value(
                node,
                format!("{} has port {number} of the nodes already", first.title()),
            );
            draft.also(at, "the first of them");
            if first.folder() != service.folder() {
                draft.level(Level::Warning);
            }
            draft.help("choose another, or leave `nodePort` out and the cluster chooses one");
        }
    }
}

fn number(node: &Node) -> Option<u64> {
    match &node.kind {
        Kind::Number(number) => number.as_u64().filter(|number| *number > 0),
        _ => None,
    }
}
