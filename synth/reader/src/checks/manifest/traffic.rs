//! What NetworkPolicies let pods do.

use super::port;
use crate::checks::Set;
use crate::read::manifest::{Object, Pods, Selector, is_settled};
use crate::read::{Kind, Node};

/// Which way a call goes, seen from the pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) enum Direction {
    In,
    Out,
}

impl Direction {
    /// The type of policies, and the key of their rules.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::In => ("Ingress", "ingress"),
            Self::Out => ("Egress", "egress"),
        }
    }
}

/// The policies that close pods in a direction, but for what they open.
pub(in crate::checks) fn policies<'a>(set: &Set<'a>, pods: &Pods<'a>, direction: Direction) -> Vec<Object<'a>> {
    let closes = |policy: &Object<'a>| {
        let (kind, key) = direction.words();
        let kinds = policy.dig(&["spec", "policyTypes"]).and_then(Node::list);
        let types = match kinds {
            Some(kinds) => kinds.iter().any(|its| its.text() == Some(kind)),
            // Without types, a policy is for what comes in, and for what goes out if it has such rules.
            None => direction == Direction::In || policy.dig(&["spec", key]).is_some(),
        };
        let selector = policy.dig(&["spec", "podSelector"]).map(Selector::of);
        types && selector.is_none_or(|selector| selector.matches(pods.labels()))
    };
    let there = set.manifests.within("NetworkPolicy", pods.object.namespace());
    there.filter(closes).collect()
}

/// What these policies open.
pub(in crate::checks) fn rules<'a>(
    set: &Set<'a>,
    pods: &Pods<'a>,
    direction: Direction,
) -> Vec<(Object<'a>, &'a Node)> {
    let (_, key) = direction.words();
    let mut found = Vec::new();
    for policy in policies(set, pods, direction) {
        let rules = policy.dig(&["spec", key]).and_then(Node::list).unwrap_or_default();
        found.extend(rules.iter().map(|rule| (policy, rule)));
    }
    found
}

/// Whether what a policy opens includes a port of pods.
pub(in crate::checks) fn opens(rule: &Node, target: &Node, protocol: &str, pods: &Pods<'_>) -> bool {
    let Some(ports) = rule.get("ports").and_then(Node::list).filter(|ports| !ports.is_empty()) else {
        return true;
    };
    let open: Vec<port::Port<'_>> = port::open(pods).collect();
    // A name and its number are one port.
    let number = |node: &Node| match &node.kind {
        Kind::Number(number) => number.as_u64(),
        Kind::Text(text) => text
            .parse()
            .ok()
            .or_else(|| open.iter().find(|port| port.name == Some(text))?.number),
        _ => None,
    };
    let wanted = number(target);
    ports.iter().any(|port| {
        let same = port.get("protocol").and_then(Node::text).unwrap_or("TCP") == protocol;
        let Some(node) = port.get("port") else { return same };
        let (first, last) = (number(node), port.get("endPort").and_then(number));
        let unknown = first.is_none() || wanted.is_none() || node.text().is_some_and(|text| !is_settled(text));
        same && (unknown || (first..=last.or(first)).contains(&wanted) || node.kind == target.kind)
    })
}
