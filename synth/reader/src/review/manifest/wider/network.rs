//! Network policies: <https://kubernetes.io/docs/concepts/services-networking/network-policies/>.
//!
//! A pod is open in a direction until a policy of that direction selects it; from then on it is closed but for what
//! the rules of all such policies let through together.

use serde_json::{Value as Json, json};

use super::super::differ;
use super::super::object::Object;
use super::super::world::World;
use super::{Case, wider};
use crate::review::show::brief;
use crate::review::wider::{What, Wider, holds};

/// A direction: the name of the type, of the list of rules, and of their peers.
const DIRECTIONS: &[(&str, &str, &str)] = &[("Ingress", "ingress", "from"), ("Egress", "egress", "to")];

fn is_policy(object: &Object) -> bool {
    object.is(&["NetworkPolicy"])
}

/// Whether a policy is about a direction.
fn governs(policy: &Object, (kind, rules, _): (&str, &str, &str)) -> bool {
    match policy.list(&["spec", "policyTypes"]) {
        [] => kind == "Ingress" || policy.dig(&["spec", rules]).is_some(),
        types => types.contains(&Json::from(kind)),
    }
}

fn selector(policy: &Object) -> Json {
    let said = policy.dig(&["spec", "podSelector"]).cloned();
    said.unwrap_or_else(|| json!({}))
}

fn is_for_all(selector: &Json) -> bool {
    selector.as_object().is_some_and(serde_json::Map::is_empty)
}

/// One thing that a rule lets through: a peer and a port; `null` is any.
type Way = (Json, Json);

fn ways(rule: &Json, peers: &str) -> Vec<Way> {
    let list = |key: &str| -> Vec<Json> {
        let said = rule.get(key).and_then(Json::as_array).cloned();
        said.unwrap_or_else(|| vec![Json::Null])
    };
    let ports = list("ports");
    let of = |peer: &Json| -> Vec<Way> { ports.iter().map(|port| (peer.clone(), port.clone())).collect() };
    list(peers).iter().flat_map(of).collect()
}

fn lets(policy: &Object, (_, rules, peers): (&str, &str, &str)) -> Vec<Way> {
    let rules = policy.list(&["spec", rules]).iter();
    rules.flat_map(|rule| ways(rule, peers)).collect()
}

fn covers(old: &Way, new: &Way) -> bool {
    covers_peer(&old.0, &new.0) && covers_port(&old.1, &new.1)
}

fn covers_peer(old: &Json, new: &Json) -> bool {
    if old.is_null() || differ::same(old, new, None) {
        return true;
    }
    let block = |peer: &Json| {
        let block = peer.get("ipBlock")?;
        let but = block.get("except").cloned().unwrap_or_else(|| json!([]));
        Some((block.get("cidr")?.as_str()?.to_owned(), but))
    };
    let (Some((was, but)), Some((is, _))) = (block(old), block(new)) else {
        // All pods of a namespace are more than some.
        let (was, is) = (old.get("podSelector"), new.get("podSelector"));
        let same_place = old.get("namespaceSelector") == new.get("namespaceSelector");
        return same_place && is.is_some() && was.is_none_or(is_for_all) && old.get("ipBlock").is_none();
    };
    let except = |peer: &Json| peer.get("ipBlock").and_then(|block| block.get("except")).cloned();
    let none = but.as_array().is_none_or(Vec::is_empty);
    (was == is || holds(&was, &is)) && (none || (was == is && kept(&but, except(new).as_ref())))
}

/// Whether what was left out still is.
fn kept(before: &Json, now: Option<&Json>) -> bool {
    let now = now.and_then(Json::as_array);
    let mut before = before.as_array().into_iter().flatten();
    before.all(|one| now.is_some_and(|now| now.contains(one)))
}

fn covers_port(old: &Json, new: &Json) -> bool {
    if old.is_null() {
        return true;
    }
    let protocol = |port: &Json| port.get("protocol").and_then(Json::as_str).unwrap_or("TCP").to_owned();
    let range = |port: &Json| {
        let first = port.get("port")?.as_i64()?;
        Some((first, port.get("endPort").and_then(Json::as_i64).unwrap_or(first)))
    };
    if new.is_null() || protocol(old) != protocol(new) {
        return false;
    }
    match (range(old), range(new)) {
        (Some(old), Some(new)) => old.0 <= new.0 && new.1 <= old.1,
        _ => old.get("port").is_none() || old.get("port") == new.get("port"),
    }
}

/// What more a policy lets through than it and the others for the same pods did.
pub(super) fn object(world: &World<'_>, case: &mut Case<'_>) {
    if !is_policy(case.new) {
        return;
    }
    for direction in DIRECTIONS.iter().filter(|direction| governs(case.new, **direction)) {
        let for_these = |policy: &&Object| {
            let chosen = selector(policy);
            is_policy(policy)
                && policy.is_beside(case.new)
                && governs(policy, *direction)
                && (chosen == selector(case.new) || is_for_all(&chosen))
        };
        let before: Vec<&Object> = world.old.iter().filter(for_these).collect();
        // Pods that nothing closed are closed by it.
        if before.is_empty() {
            continue;
        }
        let known: Vec<Way> = before.iter().flat_map(|policy| lets(policy, *direction)).collect();
        let gained = lets(case.new, *direction);
        let gained: Vec<Way> = gained
            .into_iter()
            .filter(|way| !known.iter().any(|old| covers(old, way)))
            .collect();
        for (peer, port) in gained {
            let text = format!("{} + {} {}{}", direction.1, direction.2, shown(&peer), on(&port));
            case.tell(What::Network, &format!("spec.{}", direction.1), text);
        }
    }
}

fn shown(peer: &Json) -> String {
    match peer.get("ipBlock").and_then(|block| block.get("cidr")?.as_str()) {
        Some(cidr) => cidr.to_owned(),
        None if peer.is_null() => "anywhere".to_owned(),
        None => brief(peer),
    }
}

fn on(port: &Json) -> String {
    match port.get("port") {
        Some(number) => format!(" on port {}", brief(number)),
        None if port.is_null() => " on every port".to_owned(),
        None => format!(
            " on every port of {}",
            brief(port.get("protocol").unwrap_or(&Json::Null))
        ),
    }
}

/// Pods that a policy closed in a direction and none does any more.
pub(super) fn opened(world: &World<'_>, told: &mut Vec<Wider>) {
    for direction in DIRECTIONS {
        let governing = |objects: &'_ [Object]| -> Vec<usize> {
            let each = objects.iter().enumerate();
            each.filter(|(_, object)| is_policy(object) && governs(object, *direction))
                .map(|(at, _)| at)
                .collect()
        };
        let (before, after) = (governing(world.old), governing(world.new));
        for old in before.iter().map(|at| &world.old[*at]) {
            let still = after.iter().map(|at| &world.new[*at]).any(|new| {
                let chosen = selector(new);
                new.is_beside(old) && (chosen == selector(old) || is_for_all(&chosen) || new.name == old.name)
            });
            if !still && !left(world, old) {
                let text = format!("no policy closes {} of these pods any more", direction.1);
                told.push(wider(old, What::Network, "spec.policyTypes", text, None));
            }
        }
    }
}

/// Whether the pods themselves are gone with their policy: their namespace, or all that it selected.
fn left(world: &World<'_>, policy: &Object) -> bool {
    let chosen = selector(policy);
    let pairs = chosen.get("matchLabels").and_then(Json::as_object);
    let empty = serde_json::Map::new();
    let pairs = pairs.unwrap_or(&empty);
    let had = World::found(world.old, policy, pairs).next().is_some();
    had && World::found(world.new, policy, pairs).next().is_none()
}
