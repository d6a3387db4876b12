//! Whether a condition holds.

use std::collections::BTreeMap;

use super::scenario::Scenario;
use super::{Template, function};
use crate::read::Node;

/// Conditions that one resource rests on, by way of others: a chain of them is as deep as the stack gets.
pub(super) const MOST_CONDITIONS: usize = 200;

/// What is known of conditions in one scenario; nothing of those that are being decided.
pub(super) type Known<'a> = BTreeMap<&'a str, Option<bool>>;

pub(super) fn decide<'a>(
    template: &Template<'a>,
    condition: &'a str,
    scenario: &Scenario<'a>,
    known: &mut Known<'a>,
) -> Option<bool> {
    if let Some(truth) = scenario.truth(condition) {
        return Some(truth);
    }
    if let Some(truth) = known.get(condition) {
        return *truth;
    }
    if known.len() > MOST_CONDITIONS {
        return None;
    }
    known.insert(condition, None);
    let truth = truth(template, template.named("Conditions", condition)?, scenario, known);
    known.insert(condition, truth);
    truth
}

fn truth<'a>(template: &Template<'a>, node: &'a Node, scenario: &Scenario<'a>, known: &mut Known<'a>) -> Option<bool> {
    let entry = node.map()?.only()?;
    if entry.key == "Condition" {
        return decide(template, entry.value.text()?, scenario, known);
    }
    let mut items = entry
        .value
        .list()
        .unwrap_or_default()
        .iter()
        .map(|item| truth(template, item, scenario, known));
    match entry.key.as_str() {
        "Fn::And" => items.try_fold(true, |all, item| Some(all & item?)),
        "Fn::Or" => items.try_fold(false, |any, item| Some(any | item?)),
        "Fn::Not" => items.next()?.map(|item| !item),
        "Fn::Equals" => {
            let [left, right] = entry.value.list()? else {
                return None;
            };
            if let (Some(left), Some(right)) = (left.to_text(), right.to_text()) {
                return Some(left == right);
            }
            let (name, literal) = match function::argument(left, "Ref").and_then(Node::text) {
                Some(name) => (name, right.to_text()?),
                None => (function::argument(right, "Ref")?.text()?, left.to_text()?),
            };
            scenario.is(name, &literal)
        }
        _ => None,
    }
}
