//! Load balancers that send requests to pods, and where they stand.

use super::target::bindings;
use crate::checks::Set;
use crate::read::manifest::Object;
use crate::read::template::known::{Ask, Known};
use crate::read::template::{Resource, Template};
use crate::read::{Block, Node};

/// The controllers that make an application load balancer for an Ingress: that of Auto Mode and that of AWS.
///
/// Source: <https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html>.
const CONTROLLERS: [&str; 2] = ["eks.amazonaws.com/alb", "ingress.k8s.aws/alb"];

/// What annotations of theirs begin with.
const ALB: &str = "alb.ingress.kubernetes.io/";

/// A load balancer that sends requests to addresses of pods.
#[derive(Debug)]
pub(in crate::checks::across) struct Balancer<'a> {
    /// The Ingress that it is made for, or what binds pods to it.
    pub(in crate::checks::across) object: Object<'a>,
    /// The Services that it sends requests to, each with the port of it that is named.
    pub(in crate::checks::across) backends: Vec<(Object<'a>, &'a Node)>,
    /// The blocks of the subnets that it stands in, each with where it is written.
    pub(in crate::checks::across) subnets: Vec<(Known<Block>, &'a Node)>,
}

/// The load balancers whose subnets are known.
pub(in crate::checks::across) fn balancers<'a>(set: &Set<'a>) -> Vec<Balancer<'a>> {
    of_ingresses(set).into_iter().chain(of_bindings(set)).collect()
}

/// Those that templates make, to whose target groups manifests bind addresses of pods.
fn of_bindings<'a>(set: &Set<'a>) -> Vec<Balancer<'a>> {
    let mut found = Vec::new();
    for bound in bindings(set) {
        if !bound.kind(set).is_some_and(|kind| kind == "ip") {
            continue;
        }
        for (home, balancer) in bound.balancers(set) {
            // One of another type may keep the address of whoever calls.
            let ids = balancer.property("Subnets").and_then(Node::list).unwrap_or_default();
            let is_application = balancer
                .property("Type")
                .is_none_or(|kind| kind.text() == Some("application"));
            let subnets = ids.iter().filter_map(|id| set.target(home, id));
            let subnets = subnets.map(|(template, subnet)| placed(set, template, subnet));
            let subnets: Option<Vec<_>> = subnets.collect();
            if let Some(subnets) = subnets.filter(|_| is_application) {
                found.push(Balancer {
                    object: bound.binding,
                    backends: bound.service(set).into_iter().collect(),
                    subnets,
                });
            }
        }
    }
    found
}

/// Those that a controller makes for Ingresses, in the subnets that the templates have tagged for them.
fn of_ingresses<'a>(set: &Set<'a>) -> Vec<Balancer<'a>> {
    let ingresses = set.manifests.of("Ingress");
    let balancers = ingresses.filter_map(|ingress| {
        let class = ingress.text(&["spec", "ingressClassName"]);
        let class = class.and_then(|name| {
            set.manifests
                .of("IngressClass")
                .find(|class| class.name() == Some(name))
        });
        let parameters = class.and_then(|class| parameters(set, &class));
        let by_class = class.and_then(|class| class.text(&["spec", "controller"]));
        let by_name = class.is_none() && ingress.text(&["spec", "ingressClassName"]) == Some("alb");
        let by_annotation = ingress.annotation("kubernetes.io/ingress.class") == Some("alb");
        let is_alb = by_class.map_or(by_name || by_annotation, |controller| CONTROLLERS.contains(&controller));
        let annotated = |key: &str| ingress.annotation(&format!("{ALB}{key}"));
        // Where it stands in subnets that it names, tags say nothing.
        let own = parameters.and_then(|object| object.dig(&["spec", "subnets"]));
        let plain = own.is_none() && annotated("subnets").is_none();
        if !is_alb || !plain || annotated("target-type") != Some("ip") {
            return None;
        }
        let scheme = parameters.and_then(|object| object.text(&["spec", "scheme"]));
        let tag = match scheme.or_else(|| annotated("scheme")) {
            Some("internet-facing") => "kubernetes.io/role/elb",
            Some("internal") | None => "kubernetes.io/role/internal-elb",
            Some(_) => return None,
        };
        let subnets = subnets(set, tag)?;
        Some(Balancer {
            object: ingress,
            backends: backends(set, &ingress),
            subnets,
        })
    });
    balancers.collect()
}

fn parameters<'a>(set: &Set<'a>, class: &Object<'a>) -> Option<Object<'a>> {
    let name = class.text(&["spec", "parameters", "name"])?;
    set.manifests
        .any("IngressClassParams")
        .find(|one| one.name() == Some(name))
}

/// The subnets that a tag is for; nothing if one of them is not known.
fn subnets<'a>(set: &Set<'a>, tag: &str) -> Option<Vec<(Known<Block>, &'a Node)>> {
    let tagged = set.of("AWS::EC2::Subnet").filter(|(_, subnet)| {
        let tags = subnet.property("Tags").and_then(Node::list).unwrap_or_default();
        tags.iter().any(|one| one.get("Key").and_then(Node::text) == Some(tag))
    });
    tagged.map(|(template, subnet)| placed(set, template, subnet)).collect()
}

/// The block of a subnet, and where it is written.
fn placed<'a>(set: &Set<'a>, template: &Template<'a>, subnet: &Resource<'a>) -> Option<(Known<Block>, &'a Node)> {
    let node = subnet.property("CidrBlock")?;
    let text = Ask::of(template).across(set).text(node)?;
    Some((text.and_then(|text| Block::parse(&text))?, node))
}

/// The Services that an Ingress sends requests to, each with the port that it names.
fn backends<'a>(set: &Set<'a>, ingress: &Object<'a>) -> Vec<(Object<'a>, &'a Node)> {
    let spec = |keys: &[&str]| ingress.node.get("spec")?.dig(keys);
    let rules = spec(&["rules"]).and_then(Node::list).unwrap_or_default();
    let paths = rules.iter().filter_map(|rule| rule.dig(&["http", "paths"])?.list());
    let named = paths.flatten().filter_map(|path| path.dig(&["backend", "service"]));
    let found = named.chain(spec(&["defaultBackend", "service"])).filter_map(|backend| {
        let name = backend.get("name")?.text()?;
        let port = backend
            .dig(&["port", "name"])
            .or_else(|| backend.dig(&["port", "number"]))?;
        let service = set.manifests.named("Service", name, ingress.namespace()).next()?;
        Some((service, port))
    });
    found.collect()
}
