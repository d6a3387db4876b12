use crate::checks::manifest::port;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Namespace, Object, is_settled};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "dangling-route",
    why: "A VirtualService of Istio leads to a Service by its name in the cluster, and to a port of it by its \
          number. One that is not there is taken as it is, and every request is answered with 503. It is told \
          where the files hold Services of that namespace.",
    link: "https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: entry}
spec:
  hosts: [shop.example.com]
  http: [{route: [{destination: {host: web.shop.svc.cluster.local, port: {number: 8080}}}]}]
",
    instead: r"
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: entry}
spec:
  hosts: [shop.example.com]
  http: [{route: [{destination: {host: web.shop.svc.cluster.local, port: {number: 80}}}]}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let all = set.manifests.any("VirtualService");
    for object in all.filter(|object| object.api_version().starts_with("networking.istio.io/")) {
        for rules in ["http", "tcp", "tls"] {
            let rules = object.dig(&["spec", rules]).and_then(Node::list).unwrap_or_default();
            let ways = rules.iter().filter_map(|rule| rule.get("route")?.list()).flatten();
            for destination in ways.filter_map(|way| way.get("destination")) {
                judge(set, &object, destination, report);
            }
        }
    }
}

fn judge<'a>(set: &Set<'a>, object: &Object<'a>, destination: &'a Node, report: &mut Report<'a>) {
    let Some(host) = destination.get("host") else { return };
    let Some((name, namespace)) = host.text().and_then(|text| service(object, text)) else {
        return;
    };
    if let Some(found) = set.manifests.named("Service", name, namespace).next() {
        judge_port(object, destination, &found, report);
        return;
    }
    let others = || set.manifests.within("Service", namespace).take(MOST);
    if others().next().is_none() {
        return;
    }
    let message = format!("{} leads to the Service `{name}`, which is not there", object.title());
    let draft = report.value(host, message);
    match nearest(name, others().filter_map(|other| other.name())) {
        Some(near) => draft.help(format!("did you mean `{near}`?")),
        None => draft.help("name a Service of that namespace"),
    }
}

fn judge_port<'a>(object: &Object<'a>, destination: &'a Node, service: &Object<'a>, report: &mut Report<'a>) {
    let Some(named) = destination.dig(&["port", "number"]) else {
        return;
    };
    let ports = service.dig(&["spec", "ports"]).and_then(Node::list).unwrap_or_default();
    let Some(number) = port::number(named).filter(|_| !ports.iter().any(|its| port::serves(its, named))) else {
        return;
    };
    report
        .value(
            named,
            format!(
                "{} leads to port {number} of {}, which it has not",
                object.title(),
                service.title()
            ),
        )
        .also(service.place(), "the Service")
        .help("name the port that the Service has, not that of its pods");
}

/// The Service that a host is, and its namespace: its short name is of the namespace of who names it, and any other name is
/// that of somebody outside.
fn service<'a>(object: &Object<'a>, host: &'a str) -> Option<(&'a str, Namespace<'a>)> {
    let mut parts = host.split('.');
    let name = parts.next().filter(|_| is_settled(host))?;
    match (parts.next(), parts.next()) {
        (None, _) => Some((name, object.namespace())),
        (Some(namespace), Some("svc")) => Some((name, Namespace::Said(namespace))),
        _ => None,
    }
}

/// So many names are compared to say which was meant.
const MOST: usize = 300;
