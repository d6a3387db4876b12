use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "open-node-port",
    why: "A NodePort is open on every node, past the Ingress with its certificate and its rules; who reaches a \
          node reaches the pods.",
    link: "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport",
    level: Level::Info,
    family: Family::Practice,
    example: r"
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}
",
    instead: r"
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for service in set.manifests.of("Service") {
        let node = service.dig(&["spec", "type"]);
        if let Some(node) = node.filter(|node| node.text() == Some("NodePort")) {
            let message = format!("{} opens a port on every node", service.title());
            report
                .value(node, message)
                .help("leave out the type, and let an Ingress or a Gateway lead to it");
        }
    }
}
