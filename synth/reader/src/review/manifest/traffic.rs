//! Where traffic goes, and what a changed label, selector or name of a port leaves behind.

use serde_json::{Map, Value as Json};

use super::differ::Difference;
use super::object::Object;
use super::world::World;

/// Whether a change moves traffic to other pods, ports or services.
pub(super) fn moves(new: &Object, difference: &Difference) -> Option<&'static str> {
    let is = |path: &str| difference.is_in(path);
    if new.is(&["Service"]) {
        if is("spec.selector") {
            return Some("traffic moves to the pods with these labels");
        }
        if is("spec.ports.*.targetPort") {
            return Some("traffic moves to another port of the pods");
        }
        return is("spec.externalName").then_some("traffic moves to another name");
    }
    if new.is(&["Ingress"]) {
        let moved = is("spec.rules.*.http.paths.*.backend") || is("spec.defaultBackend");
        return moved.then_some("traffic moves to another service");
    }
    let routed = new.group == "gateway.networking.k8s.io" && is("spec.rules.*.backendRefs");
    routed.then_some("traffic moves between services")
}

/// What a Service, a policy or a budget no longer finds, or a name of a port that is gone.
pub(super) fn strands(world: &World<'_>, old: &Object, new: &Object) -> Vec<String> {
    let mut found = Vec::new();
    if let Some((was, is)) = selector(old).zip(selector(new)) {
        let before = World::found(world.old, old, was).count();
        if before > 0 && World::found(world.new, new, is).next().is_none() {
            found.push("no pod of these files has the labels that it looks for any more".to_owned());
        }
    }
    if new.is(&["Service"]) {
        found.extend(ports(world, old, new));
    }
    found
}

/// What nothing changes in itself, but no longer finds its pods because those changed.
pub(super) fn stranded<'a>(world: &World<'a>, pairs: &[(&'a Object, &'a Object)]) -> Vec<(&'a Object, String)> {
    let selecting = ["Service", "PodDisruptionBudget", "NetworkPolicy"];
    let kept = pairs.iter().filter(|(_, new)| new.is(&selecting));
    let each = kept.flat_map(|(old, new)| {
        let texts = strands(world, old, new);
        texts.into_iter().map(|text| (*new, text))
    });
    each.collect()
}

/// The pairs of labels that something looks for; nothing if it looks for all, or in another way.
fn selector(object: &Object) -> Option<&Map<String, Json>> {
    let pairs = match object.kind.as_str() {
        "Service" => object.dig(&["spec", "selector"])?,
        "PodDisruptionBudget" => plain(object.dig(&["spec", "selector"])?)?,
        "NetworkPolicy" => plain(object.dig(&["spec", "podSelector"])?)?,
        _ => return None,
    };
    pairs
        .as_object()
        .filter(|pairs| object.group.is_empty() && !pairs.is_empty())
}

fn plain(selector: &Json) -> Option<&Json> {
    let alone = selector.get("matchExpressions").is_none();
    selector.get("matchLabels").filter(|_| alone)
}

/// Names of ports that the pods had and no longer have.
fn ports(world: &World<'_>, old: &Object, new: &Object) -> Vec<String> {
    let has = |objects: &[Object], service: &Object, name: &str| {
        let pairs = selector(service)?;
        let mut pods = World::found(objects, service, pairs).peekable();
        pods.peek()?;
        Some(pods.any(|object| names(object).any(|port| port == name)))
    };
    let targets = new.list(&["spec", "ports"]).iter();
    let named = targets.filter_map(|port| port.get("targetPort")?.as_str());
    let lost = named.filter(|name| has(world.old, old, name) == Some(true) && has(world.new, new, name) == Some(false));
    lost.map(|name| format!("its pods no longer have a port named `{name}`"))
        .collect()
}

fn names(object: &Object) -> impl Iterator<Item = &str> {
    let containers = object.pod().and_then(|pod| pod.get("containers")?.as_array());
    let ports = containers.into_iter().flatten();
    ports
        .filter_map(|container| container.get("ports")?.as_array())
        .flatten()
        .filter_map(|port| port.get("name")?.as_str())
}
