use crate::checks::manifest::port;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Namespace, Object, Pods, Selector, is_settled};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "idle-monitor",
    why: "A ServiceMonitor finds Services by their own labels, not those of their pods, and a port by the name \
          that the Service gives to it; a PodMonitor finds pods and the ports of their containers. One that \
          finds none measures nothing, and nobody hears of it.",
    link: "https://prometheus-operator.dev/docs/developer/getting-started/#using-servicemonitors",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {ports: [{name: http, port: 80}]}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: metrics}]}
",
    instead: r"
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {ports: [{name: http, port: 80}]}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: http}]}
",
    check,
};

/// A Service or pods, and the names of its ports.
type Found<'a> = (&'a Node, Vec<&'a str>);

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for monitor in set.manifests.any("ServiceMonitor") {
        let there: Vec<Object<'a>> = reach(&monitor)
            .into_iter()
            .flat_map(|it| set.manifests.within("Service", it))
            .collect();
        let selector = monitor.dig(&["spec", "selector"]).map(Selector::of);
        let Some(selector) = selector.filter(|_| !there.is_empty()) else {
            continue;
        };
        let found = there.iter().filter(|service| selector.matches(service.labels()));
        let found: Vec<Found<'a>> = found.map(|service| (service.place(), names(service))).collect();
        judge(&monitor, "Service", "endpoints", &found, report);
    }
    for monitor in set.manifests.any("PodMonitor") {
        let Some(selector) = monitor.dig(&["spec", "selector"]).map(Selector::of) else {
            continue;
        };
        let there = |it: Namespace<'a>| {
            set.manifests
                .pods()
                .iter()
                .any(|pods| pods.object.namespace().meets(it))
        };
        let reach: Vec<Namespace<'a>> = reach(&monitor).into_iter().filter(|it| there(*it)).collect();
        if reach.is_empty() || reach.iter().any(|it| set.manifests.is_operated(*it)) {
            continue;
        }
        let found = reach.into_iter().flat_map(|it| set.manifests.selected(&selector, it));
        let named = |pods: &Pods<'a>| port::open(pods).filter_map(|port| port.name).collect();
        let found: Vec<Found<'a>> = found.map(|pods| (pods.object.place(), named(&pods))).collect();
        judge(&monitor, "pod", "podMetricsEndpoints", &found, report);
    }
}

fn names<'a>(service: &Object<'a>) -> Vec<&'a str> {
    let ports = service.dig(&["spec", "ports"]).and_then(Node::list).unwrap_or_default();
    ports.iter().filter_map(|port| port.get("name")?.text()).collect()
}

/// The namespaces that a monitor looks into; all of them cannot be told from none.
fn reach<'a>(monitor: &Object<'a>) -> Vec<Namespace<'a>> {
    let Some(selector) = monitor.dig(&["spec", "namespaceSelector"]) else {
        return vec![monitor.namespace()];
    };
    if selector.get("any").is_some() {
        return vec![Namespace::Unsaid];
    }
    let names = selector.get("matchNames").and_then(Node::list).unwrap_or_default();
    names
        .iter()
        .filter_map(|name| Some(Namespace::Said(name.text()?)))
        .collect()
}

fn judge<'a>(monitor: &Object<'a>, noun: &str, key: &str, found: &[Found<'a>], report: &mut Report<'a>) {
    let Some((place, _)) = found.first() else {
        if let Some(entry) = monitor.entry(&["spec", "selector"]) {
            report
                .key(entry, format!("{} finds no {noun} of these files", monitor.title()))
                .help(format!("change the selector to the labels of the {noun} itself"));
        }
        return;
    };
    for endpoint in monitor.dig(&["spec", key]).and_then(Node::list).unwrap_or_default() {
        let Some(port) = endpoint.get("port") else { continue };
        let Some(name) = port.text().filter(|name| is_settled(name)) else {
            continue;
        };
        let known = || found.iter().flat_map(|(_, names)| names.iter().copied());
        if known().any(|known| known == name) {
            continue;
        }
        let draft = report.value(
            port,
            format!("no {noun} that {} finds has a port named `{name}`", monitor.title()),
        );
        draft.also(*place, format!("this {noun} is found"));
        match nearest(name, known()).or_else(|| known().next()) {
            Some(near) => draft.help(format!("did you mean `{near}`?")),
            None => draft.help("give the port a name there"),
        }
    }
}
