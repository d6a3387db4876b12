use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::{Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "plain-ingress",
    why: "What goes through an Ingress without TLS can be read and changed on the way.",
    link: "https://kubernetes.io/docs/concepts/services-networking/ingress/#tls",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  defaultBackend: {service: {name: web, port: {number: 80}}}
",
    instead: r"
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: [example.com], secretName: web-tls}]
  defaultBackend: {service: {name: web, port: {number: 80}}}
",
    check,
};

/// Annotations by which controllers know of certificates otherwise.
const CERTIFIED: [&str; 6] = [
    "certificate",
    "listen-ports",
    "pre-shared-cert",
    "ssl-passthrough",
    "router.tls",
    "load-balancer-ssl",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    // The parameters of a class may name certificates.
    let of_class = set.manifests.any("IngressClassParams").next().is_some();
    for ingress in set.manifests.of("Ingress").filter(|_| !of_class) {
        let tls = ingress
            .dig(&["spec", "tls"])
            .and_then(Node::list)
            .is_some_and(|tls| !tls.is_empty());
        let annotations = ingress.dig(&["metadata", "annotations"]).and_then(Node::map);
        let mut keys = annotations
            .into_iter()
            .flat_map(Map::iter)
            .map(|entry| entry.key.as_str());
        if !tls && !keys.any(|key| CERTIFIED.iter().any(|word| key.contains(word))) {
            report
                .value(ingress.place(), format!("{} takes calls without TLS", ingress.title()))
                .help("add `tls` with a certificate");
        }
    }
}
