//! What NetworkPolicies let pods do.

use crate::checks::Set;
use crate::read::Node;
use crate::read::manifest::{Object, Pods, Selector};

/// Which way a call goes, seen from the pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
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
pub(super) fn policies<'a>(set: &Set<'a>, pods: &Pods<'a>, direction: Direction) -> Vec<Object<'a>> {
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
pub(super) fn rules<'a>(set: &Set<'a>, pods: &Pods<'a>, direction: Direction) -> Vec<(Object<'a>, &'a Node)> {
    let (_, key) = direction.words();
    let mut found = Vec::new();
    for policy in policies(set, pods, direction) {
        let rules = policy.dig(&["spec", key]).and_then(Node::list).unwrap_or_default();
        found.extend(rules.iter().map(|rule| (policy, rule)));
    }
    found
}
