//! What is left of a node when its conditions are decided.

use std::borrow::Cow;

use super::ask::Ask;
use super::kind::is_open;
use super::scenario::Scenario;
use super::sure::{Known, Sure};
use super::{Template, function, shape};
use crate::read::{Kind, Node};

/// What is left of a node when its conditions are decided.
#[derive(Debug)]
pub enum Settled<'a> {
    /// It stands as it is written.
    Node(&'a Node),
    /// A function with a known result.
    Text(Cow<'a, str>),
    /// It is taken away by `AWS::NoValue`.
    Absent,
    /// It is only known at deployment.
    Unknown,
}

/// Follows `Fn::If` and everything else that is known.
#[must_use]
pub fn settle<'a>(node: &'a Node, template: &Template<'a>, scenario: &Scenario<'a>) -> Settled<'a> {
    let Some(map) = node.map() else {
        let dynamic = node.text().is_some_and(shape::is_dynamic);
        let unknown = dynamic || matches!(node.kind, Kind::Null);
        return if unknown { Settled::Unknown } else { Settled::Node(node) };
    };
    let Some(entry) = function::of(node) else {
        return if is_open(map) {
            Settled::Unknown
        } else {
            Settled::Node(node)
        };
    };
    let ask = Ask::of(template).in_scenario(scenario);
    match entry.key.as_str() {
        "Ref" if function::is_absent(node) => Settled::Absent,
        "Fn::If" => match branch(node, scenario) {
            taken if std::ptr::eq(taken, node) => Settled::Unknown,
            taken => settle(taken, template, scenario),
        },
        "Fn::FindInMap" => match ask.found(&entry.value) {
            Some(found) => settle(found.value, template, scenario),
            None => Settled::Unknown,
        },
        _ => ask
            .text(node)
            .map_or(Settled::Unknown, |text| Settled::Text(text.value)),
    }
}

/// How surely a node comes to what it is settled as.
#[must_use]
pub fn sure<'a>(node: &'a Node, template: &Template<'a>, scenario: &Scenario<'a>) -> Sure {
    let found = Ask::of(template).in_scenario(scenario).shape(node);
    found.map_or(Sure::Written, |Known { sure, .. }| sure)
}

/// The branch of `Fn::If` that is taken; what another function looks up elsewhere is wrong here.
#[must_use]
pub fn branch<'a>(node: &'a Node, scenario: &Scenario<'a>) -> &'a Node {
    let Some((condition, yes, no)) = function::choice(node) else {
        return node;
    };
    match condition.text().and_then(|name| scenario.truth(name)) {
        Some(true) => branch(yes, scenario),
        Some(false) => branch(no, scenario),
        None => node,
    }
}
