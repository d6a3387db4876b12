//! The ways in which the conditions and parameters of a resource can turn out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::condition::{MOST_CONDITIONS, decide};
use super::scenario::{Choice, Scenario};
use super::{Resource, Template, function, parameter};
use crate::read::{Kind, Node};

/// More ways are not looked at: each doubles the work, and errors rarely need a combination.
const MOST: usize = 48;

/// The ways in which a resource can turn out; at least one, unless it is never made.
#[must_use]
pub fn of<'a>(template: &Template<'a>, resource: &Resource<'a>) -> Vec<Scenario<'a>> {
    let own = resource.attribute("Condition").and_then(Node::text);
    let mut conditions: BTreeSet<&'a str> = own.into_iter().collect();
    if let Some(properties) = resource.attribute("Properties") {
        used(properties, &mut conditions);
    }
    let mut all = self::all(template, &conditions);
    all.retain(|scenario| own.is_none_or(|own| scenario.truth(own) != Some(false)));
    all
}

/// The ways in which conditions can turn out together.
#[must_use]
pub fn all<'a>(template: &Template<'a>, conditions: &BTreeSet<&'a str>) -> Vec<Scenario<'a>> {
    let mut choices: BTreeMap<&'a str, Vec<Choice<'a>>> = BTreeMap::new();
    let mut opaque = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for condition in conditions {
        compared(template, condition, &mut seen, &mut choices, &mut opaque);
    }
    let mut all = vec![Scenario::default()];
    for (name, values) in &choices {
        all = spread(all, values.len(), |scenario, way| {
            scenario.parameters.insert(name, values[way].clone());
        });
    }
    for name in opaque {
        all = spread(all, 2, |scenario, way| {
            scenario.truths.insert(name, way == 0);
        });
    }
    for scenario in &mut all {
        let mut known = BTreeMap::new();
        for condition in conditions {
            if let Some(truth) = decide(template, condition, scenario, &mut known) {
                scenario.truths.insert(condition, truth);
            }
        }
    }
    all
}

/// Each scenario in each of some ways.
fn spread<'a>(all: Vec<Scenario<'a>>, ways: usize, set: impl Fn(&mut Scenario<'a>, usize)) -> Vec<Scenario<'a>> {
    // What is left undecided by the cut stays unknown, which is never an error.
    if all.len() * ways > MOST {
        return all;
    }
    let mut out = Vec::with_capacity(all.len() * ways);
    for scenario in &all {
        for way in 0..ways {
            let mut next = scenario.clone();
            set(&mut next, way);
            out.push(next);
        }
    }
    out
}

/// The conditions that stand below a node.
fn used<'a>(node: &'a Node, conditions: &mut BTreeSet<&'a str>) {
    if let Some([condition, ..]) = function::argument(node, "Fn::If").and_then(Node::list) {
        conditions.extend(condition.text());
    }
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| used(item, conditions)),
        Kind::Map(map) => map.iter().for_each(|entry| used(&entry.value, conditions)),
        _ => {}
    }
}

/// What the conditions compare: parameters with texts, or things that cannot be computed.
fn compared<'a>(
    template: &Template<'a>,
    condition: &'a str,
    seen: &mut BTreeSet<&'a str>,
    choices: &mut BTreeMap<&'a str, Vec<Choice<'a>>>,
    opaque: &mut BTreeSet<&'a str>,
) {
    let Some(node) = template.named("Conditions", condition) else {
        return;
    };
    // Conditions that use each other would be looked at without end, and those that share others again and again.
    if !seen.insert(condition) {
        return;
    }
    let mut inner = BTreeSet::new();
    if seen.len() > MOST_CONDITIONS || !terms(template, node, choices, &mut inner) {
        opaque.insert(condition);
        return;
    }
    for name in inner {
        compared(template, name, seen, choices, opaque);
    }
}

/// Collects the comparisons below a condition; false if one is of another kind.
fn terms<'a>(
    template: &Template<'a>,
    node: &'a Node,
    choices: &mut BTreeMap<&'a str, Vec<Choice<'a>>>,
    inner: &mut BTreeSet<&'a str>,
) -> bool {
    let Some(entry) = node.map().and_then(|map| map.only()) else {
        return false;
    };
    match entry.key.as_str() {
        "Condition" => {
            inner.extend(entry.value.text());
            entry.value.text().is_some()
        }
        "Fn::And" | "Fn::Or" | "Fn::Not" => entry
            .value
            .list()
            .is_some_and(|items| items.iter().all(|item| terms(template, item, choices, inner))),
        "Fn::Equals" => {
            let Some((name, literal)) = equation(template, &entry.value) else {
                // Two texts need no choice.
                return entry
                    .value
                    .list()
                    .is_some_and(|all| all.iter().all(|one| one.to_text().is_some()));
            };
            let known = choices.entry(name).or_insert_with(|| {
                let values = parameter::every(template, name);
                let open = if values.is_empty() {
                    vec![Choice::Other]
                } else {
                    Vec::new()
                };
                values.into_iter().map(Choice::Is).chain(open).collect()
            });
            let literal = Choice::Is(literal);
            if !known.contains(&literal) && known.contains(&Choice::Other) {
                known.push(literal);
            }
            true
        }
        _ => false,
    }
}

/// A parameter compared with a text, whichever stands first.
fn equation<'a>(template: &Template<'a>, argument: &'a Node) -> Option<(&'a str, Cow<'a, str>)> {
    let [left, right] = argument.list()? else { return None };
    let parameter = |node: &'a Node| {
        let name = function::argument(node, "Ref")?.text()?;
        template.named("Parameters", name).map(|_| name)
    };
    match (parameter(left), parameter(right)) {
        (Some(name), None) => Some((name, right.to_text()?)),
        (None, Some(name)) => Some((name, left.to_text()?)),
        _ => None,
    }
}
