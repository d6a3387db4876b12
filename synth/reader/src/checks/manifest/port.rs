//! Ports of containers and of Services.

use crate::read::manifest::Pods;
use crate::read::{Kind, Node};

/// A port that a container declares.
#[derive(Debug, Clone, Copy)]
pub(in crate::checks) struct Port<'a> {
    /// The whole of it.
    pub(in crate::checks) node: &'a Node,
    /// The name of the container.
    pub(in crate::checks) container: &'a str,
    pub(in crate::checks) name: Option<&'a str>,
    pub(in crate::checks) number: Option<u64>,
    pub(in crate::checks) protocol: &'a str,
}

impl Port<'_> {
    /// Whether a name or a number means it.
    pub(in crate::checks) fn is(&self, target: &Node) -> bool {
        match &target.kind {
            Kind::Number(number) => number.as_u64() == self.number,
            Kind::Text(text) => match text.parse::<u64>() {
                Ok(number) => Some(number) == self.number,
                Err(_) => self.name == Some(text),
            },
            _ => true,
        }
    }
}

/// The ports that the containers of pods declare.
pub(in crate::checks) fn open<'a>(pods: &Pods<'a>) -> impl Iterator<Item = Port<'a>> + use<'a> {
    pods.running().flat_map(|container| {
        container.list("ports").iter().map(move |node| Port {
            node,
            container: container.name(),
            name: node.get("name").and_then(Node::text),
            number: node.get("containerPort").and_then(number),
            protocol: node.get("protocol").and_then(Node::text).unwrap_or("TCP"),
        })
    })
}

/// Whether a port of a Service is the one that somebody names.
pub(in crate::checks) fn serves(its: &Node, named: &Node) -> bool {
    match &named.kind {
        Kind::Number(_) => its.get("port").and_then(number) == number(named),
        // In old Ingresses a number may be written as a text.
        Kind::Text(text) => match text.parse::<u64>() {
            Ok(port) => its.get("port").and_then(number) == Some(port),
            Err(_) => its.get("name").and_then(Node::text) == Some(text),
        },
        _ => true,
    }
}

/// A whole number.
pub(in crate::checks) fn number(node: &Node) -> Option<u64> {
    match &node.kind {
        Kind::Number(number) => number.as_u64(),
        _ => None,
    }
}
