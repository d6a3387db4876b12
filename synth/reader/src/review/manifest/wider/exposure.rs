//! What is reached from outside: services, and what routes to them.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::super::object::Object;
use super::Case;
use crate::review::wider::What;

/// Annotations that keep a balancer inside, with how their value begins.
///
/// Sources: the pages of the AWS Load Balancer Controller, of GKE and of AKS.
const INSIDE: &[(&str, &str)] = &[
    ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
    ("service.beta.kubernetes.io/aws-load-balancer-internal", "true"),
    ("service.beta.kubernetes.io/azure-load-balancer-internal", "true"),
    ("networking.gke.io/load-balancer-type", "Internal"),
    ("cloud.google.com/load-balancer-type", "Internal"),
    ("alb.ingress.kubernetes.io/scheme", "internal"),
];

/// Annotations whose end opens what they closed.
const CLOSING: &[(What, &str, &str)] = &[
    (
        What::Hardening,
        "alb.ingress.kubernetes.io/wafv2-acl-arn",
        "no firewall looks at requests any more",
    ),
    (
        What::Encryption,
        "alb.ingress.kubernetes.io/ssl-redirect",
        "plain HTTP is served too",
    ),
    (
        What::Public,
        "alb.ingress.kubernetes.io/inbound-cidrs",
        "every address may come in",
    ),
    (
        What::Public,
        "nginx.ingress.kubernetes.io/whitelist-source-range",
        "every address may come in",
    ),
    (
        What::Permission,
        "alb.ingress.kubernetes.io/auth-type",
        "nobody has to log in any more",
    ),
    (
        What::Permission,
        "nginx.ingress.kubernetes.io/auth-url",
        "nobody has to log in any more",
    ),
    (
        What::Permission,
        "nginx.ingress.kubernetes.io/auth-type",
        "nobody has to log in any more",
    ),
];

pub(super) fn object(case: &mut Case<'_>) {
    if case.new.is(&["Service"]) {
        service(case);
    } else if case.new.is(&["Ingress"]) {
        ingress(case);
    } else if case.new.group == "gateway.networking.k8s.io" {
        routes(case, hosts);
    }
}

fn texts(list: &[Json]) -> BTreeSet<String> {
    list.iter().filter_map(Json::as_str).map(str::to_owned).collect()
}

/// What AWS's controllers make is inside unless it is said otherwise.
const BY_AWS: &[(&str, &str, &str)] = &[
    (
        "loadBalancerClass",
        "nlb",
        "service.beta.kubernetes.io/aws-load-balancer-scheme",
    ),
    ("ingressClassName", "alb", "alb.ingress.kubernetes.io/scheme"),
];

fn is_inside(object: &Object) -> bool {
    let mut said = INSIDE.iter();
    let mut by_aws = BY_AWS.iter();
    said.any(|(key, value)| object.annotation(key).is_some_and(|text| text.starts_with(value)))
        || by_aws.any(|(field, class, key)| {
            let of_aws = object.text(&["spec", field]).is_some_and(|name| name.ends_with(class));
            of_aws && object.annotation(key) != Some("internet-facing")
        })
}

/// How far a Service reaches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Cluster,
    Nodes,
    Inside,
    Public,
}

fn reach(service: &Object) -> Reach {
    match service.text(&["spec", "type"]) {
        Some("LoadBalancer") if is_inside(service) => Reach::Inside,
        Some("LoadBalancer") => Reach::Public,
        Some("NodePort") => Reach::Nodes,
        _ => Reach::Cluster,
    }
}

fn service(case: &mut Case<'_>) {
    let (was, is) = (case.old.map_or(Reach::Cluster, reach), reach(case.new));
    if is > was {
        let (what, text) = match is {
            Reach::Public => (What::Public, "a balancer that the internet reaches"),
            Reach::Inside => (What::Network, "a balancer inside of the network"),
            _ => (What::Network, "a port of every node"),
        };
        case.tell(what, "spec.type", format!("it has {text}"));
    } else if is > Reach::Cluster && case.old.is_some() {
        ports(case);
        sources(case, is);
    }
    let addresses = |object: &Object| texts(object.list(&["spec", "externalIPs"]));
    let old = case.old.map(addresses).unwrap_or_default();
    for address in addresses(case.new).difference(&old) {
        case.tell(What::Network, "spec.externalIPs", format!("it answers at {address}"));
    }
}

fn ports(case: &mut Case<'_>) {
    let ports = |object: &Object| -> BTreeSet<String> {
        let ports = object.list(&["spec", "ports"]).iter();
        ports.filter_map(|port| port.get("port").map(Json::to_string)).collect()
    };
    let old = case.old.map(ports).unwrap_or_default();
    for port in ports(case.new).difference(&old) {
        case.tell(
            What::Network,
            "spec.ports",
            format!("+ port {port} outside of the cluster"),
        );
    }
}

fn sources(case: &mut Case<'_>, reach: Reach) {
    let ranges = |object: &Object| texts(object.list(&["spec", "loadBalancerSourceRanges"]));
    let (was, is) = (case.old.map(ranges).unwrap_or_default(), ranges(case.new));
    if was.is_empty() || reach < Reach::Inside {
        return;
    }
    let what = if reach == Reach::Public {
        What::Public
    } else {
        What::Network
    };
    if is.is_empty() {
        case.tell(what, "spec.loadBalancerSourceRanges", "every address may come in");
        return;
    }
    let covered = |range: &String| {
        was.iter()
            .any(|old| old == range || crate::review::wider::holds(old, range))
    };
    for range in is.iter().filter(|range| !covered(range)) {
        case.tell(what, "spec.loadBalancerSourceRanges", format!("+ {range}"));
    }
}

fn ingress(case: &mut Case<'_>) {
    routes(case, paths);
    let Some(old) = case.old else { return };
    let outside = |object: &Object| object.annotation("alb.ingress.kubernetes.io/scheme") == Some("internet-facing");
    if outside(case.new) && !outside(old) {
        case.tell(
            What::Public,
            "metadata.annotations",
            "its balancer is reached from the internet",
        );
    }
    for (what, key, text) in CLOSING {
        if old.annotation(key).is_some() && case.new.annotation(key).is_none() {
            case.tell(*what, "metadata.annotations", format!("{key} is gone: {text}"));
        }
    }
    if !old.list(&["spec", "tls"]).is_empty() && case.new.list(&["spec", "tls"]).is_empty() {
        case.tell(What::Encryption, "spec.tls", "it has no certificate any more");
    }
}

/// A host and a path of it; whether all below it is served too.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    host: String,
    path: String,
    is_prefix: bool,
}

impl Place {
    fn covers(&self, other: &Self) -> bool {
        let any = self.host == "*" || self.host == other.host;
        let one_below = self.host.strip_prefix('*').filter(|end| end.starts_with('.'));
        let below = one_below.is_some_and(|end| {
            let first = other.host.strip_suffix(end);
            first.is_some_and(|first| !first.is_empty() && !first.contains('.'))
        });
        let path = self.path.trim_end_matches('/');
        let rest = other.path.strip_prefix(path);
        let under = self.is_prefix && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        (any || below) && (self.path == other.path && (self.is_prefix || !other.is_prefix) || under)
    }
}

/// The hosts and paths that an Ingress serves.
fn paths(ingress: &Object) -> Vec<Place> {
    let mut found = Vec::new();
    for rule in ingress.list(&["spec", "rules"]) {
        let text = |value: &Json, key: &str| value.get(key).and_then(Json::as_str).map(str::to_owned);
        let host = text(rule, "host").unwrap_or_else(|| "*".to_owned());
        let paths = rule
            .get("http")
            .and_then(|http| http.get("paths"))
            .and_then(Json::as_array);
        for path in paths.into_iter().flatten() {
            found.push(Place {
                host: host.clone(),
                path: text(path, "path").unwrap_or_else(|| "/".to_owned()),
                // What a controller makes of the third type is its own; of AWS's and nginx it is a prefix.
                is_prefix: text(path, "pathType").as_deref() != Some("Exact"),
            });
        }
    }
    found
}

/// The hosts of a route of the gateway API.
fn hosts(route: &Object) -> Vec<Place> {
    let hosts = texts(route.list(&["spec", "hostnames"])).into_iter();
    let place = |host| Place {
        host,
        path: "/".to_owned(),
        is_prefix: true,
    };
    hosts.map(place).collect()
}

fn routes(case: &mut Case<'_>, of: fn(&Object) -> Vec<Place>) {
    let was = case.old.map(of).unwrap_or_default();
    let what = if is_inside(case.new) {
        What::Network
    } else {
        What::Public
    };
    for place in of(case.new)
        .iter()
        .filter(|place| !was.iter().any(|old| old.covers(place)))
    {
        let text = match (place.host.as_str(), place.path.as_str()) {
            ("*", path) => format!("it serves {path} of every host"),
            (host, path) => format!("it serves {host}{path}"),
        };
        case.tell(what, "spec.rules", text);
    }
}
