//! Errors about which properties are there: a value need not be known for that, but it must be certain to be there.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;

use super::Case;
use super::instance;
use crate::read::template::scenario::Scenario;
use crate::read::template::settle::{Settled, branch, settle};
use crate::read::template::{Template, function};
use crate::read::{self, Node, Step};

/// Whether an error rests on a property that may be taken away at deployment.
pub(super) fn uncertain(case: &Case<'_, '_>, place: &[Step], error: &ValidationError<'_>) -> bool {
    let around = match error.kind() {
        Kind::FalseSchema => place.split_last().map_or(place, |(_, around)| around),
        Kind::Required { .. }
        | Kind::AnyOf { .. }
        | Kind::OneOfNotValid { .. }
        | Kind::OneOfMultipleValid { .. }
        | Kind::Not { .. } => place,
        _ => return false,
    };
    let (node, _) = instance::locate(case.properties, case.template, &case.scenario, around);
    let Settled::Node(node) = settle(node, case.template, &case.scenario) else {
        return false;
    };
    let mut entries = node.map().into_iter().flat_map(read::Map::iter);
    entries.any(|entry| may_be_absent(&entry.value, case.template, &case.scenario))
}

/// Whether nobody knows if there is a value: a choice that is not decided may take it away.
fn may_be_absent<'a>(node: &'a Node, template: &Template<'a>, scenario: &Scenario<'a>) -> bool {
    match settle(node, template, scenario) {
        Settled::Unknown => takes_away(branch(node, scenario)),
        _ => false,
    }
}

/// What a function of somebody's own gives may be nothing, and so may what is only a null.
fn takes_away(node: &Node) -> bool {
    let Some(entry) = function::of(node) else {
        return node.map().is_some() || matches!(node.kind, read::Kind::Null);
    };
    match entry.key.as_str() {
        "Ref" => function::is_absent(node),
        "Fn::If" => entry
            .value
            .list()
            .is_none_or(|items| items.iter().skip(1).any(takes_away)),
        "Fn::Transform" => true,
        _ => false,
    }
}
