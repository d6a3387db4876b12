//! The ways in which the conditions and parameters of a resource can turn out.

use std::collections::{BTreeMap, BTreeSet};

use super::instance::Settled;
use crate::checks::function;
use crate::checks::view::{Resource, Template};
use crate::read::{Kind, Node};

/// More ways are not looked at: each doubles the work, and errors rarely need a combination.
const MOST: usize = 48;

/// More levels of conditions in conditions are a circle.
const MOST_DEPTH: usize = 32;

/// One way: values of parameters and truths of what cannot be computed.
#[derive(Debug, Clone, Default)]
pub(super) struct Scenario<'a> {
    parameters: BTreeMap<&'a str, Choice>,
    /// Truths of conditions.
    truths: BTreeMap<&'a str, bool>,
    /// The parameter that has one of its allowed values here, only to look at that value.
    pub(super) varied: Option<&'a str>,
    /// Whether defaults of parameters are left aside.
    strict: bool,
}

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq)]
enum Choice {
    Is(String),
    /// None of those that the conditions compare with.
    Other,
}

impl<'a> Scenario<'a> {
    /// The same without the defaults of parameters, for which a deployer may give other values.
    pub(super) fn strict(&self) -> Self {
        Self {
            strict: true,
            ..self.clone()
        }
    }

    pub(super) fn truth(&self, condition: &str) -> Option<bool> {
        self.truths.get(condition).copied()
    }

    /// What a `Ref` to a parameter gives.
    pub(super) fn value(&self, template: &Template<'a>, name: &str) -> Settled<'a> {
        let Some(parameter) = template.named("Parameters", name) else {
            return Settled::Unknown;
        };
        let kind = parameter.get("Type").and_then(Node::text).unwrap_or_default();
        match self.text(template, name) {
            Some(text) if kind == "String" || kind == "Number" => Settled::Text(text),
            // Lists and AWS's own types are not split here: their default is checked where it stands.
            _ => Settled::Unknown,
        }
    }

    pub(super) fn text(&self, template: &Template<'a>, name: &str) -> Option<String> {
        let parameter = template.named("Parameters", name)?;
        let kind = parameter.get("Type").and_then(Node::text)?;
        if !matches!(kind, "String" | "Number") {
            return None;
        }
        match self.parameters.get(name) {
            Some(Choice::Is(value)) => Some(value.clone()).filter(|text| !text.is_empty()),
            Some(Choice::Other) => None,
            None if self.strict => None,
            None => {
                let default = parameter.get("Default").and_then(Node::scalar);
                default.filter(|text| !text.is_empty())
            }
        }
    }
}

/// The ways in which a resource can turn out; at least one, unless it is never made.
pub(super) fn of<'a>(template: &Template<'a>, resource: &Resource<'a>) -> Vec<Scenario<'a>> {
    let own = resource.attribute("Condition").and_then(Node::text);
    let mut conditions: BTreeSet<&'a str> = own.into_iter().collect();
    let mut parameters = BTreeSet::new();
    if let Some(properties) = resource.attribute("Properties") {
        used(properties, &mut conditions, &mut parameters);
    }
    let mut choices: BTreeMap<&'a str, Vec<Choice>> = BTreeMap::new();
    let mut opaque = BTreeSet::new();
    for condition in &conditions {
        compared(template, condition, 0, &mut choices, &mut opaque);
    }
    let mut all = vec![Scenario::default()];
    for (name, values) in &choices {
        all = spread(&all, |scenario, out| {
            for value in values {
                let mut next = scenario.clone();
                next.parameters.insert(name, value.clone());
                out.push(next);
            }
        });
    }
    for name in opaque {
        all = spread(&all, |scenario, out| {
            for truth in [true, false] {
                let mut next = scenario.clone();
                next.truths.insert(name, truth);
                out.push(next);
            }
        });
    }
    for scenario in &mut all {
        for condition in &conditions {
            if let Some(truth) = decide(template, condition, scenario, 0) {
                scenario.truths.insert(condition, truth);
            }
        }
    }
    all.retain(|scenario| own.is_none_or(|own| scenario.truth(own) != Some(false)));
    vary(template, &parameters, &mut all);
    all
}

fn spread<'a>(all: &[Scenario<'a>], mut each: impl FnMut(&Scenario<'a>, &mut Vec<Scenario<'a>>)) -> Vec<Scenario<'a>> {
    let mut out = Vec::new();
    for scenario in all {
        each(scenario, &mut out);
    }
    // What is left undecided by the cut stays unknown, which is never an error.
    if out.len() > MOST { all.to_vec() } else { out }
}

/// One more scenario for each allowed value of each parameter that the resource uses.
fn vary<'a>(template: &Template<'a>, parameters: &BTreeSet<&'a str>, all: &mut Vec<Scenario<'a>>) {
    let Some(first) = all.first().cloned() else { return };
    for name in parameters {
        if first.parameters.contains_key(name) {
            continue;
        }
        for value in allowed(template, name) {
            if all.len() >= MOST {
                return;
            }
            let mut next = first.clone();
            next.parameters.insert(name, Choice::Is(value));
            next.varied = Some(name);
            all.push(next);
        }
    }
}

fn allowed(template: &Template<'_>, name: &str) -> Vec<String> {
    let values = template
        .named("Parameters", name)
        .and_then(|parameter| parameter.get("AllowedValues"))
        .and_then(Node::list);
    values.unwrap_or_default().iter().filter_map(Node::scalar).collect()
}

/// The conditions and parameters that stand below a node.
fn used<'a>(node: &'a Node, conditions: &mut BTreeSet<&'a str>, parameters: &mut BTreeSet<&'a str>) {
    if let Some([condition, ..]) = function::argument(node, "Fn::If").and_then(Node::list) {
        conditions.extend(condition.text());
    }
    if let Some(name) = function::argument(node, "Ref").and_then(Node::text) {
        parameters.insert(name);
    }
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| used(item, conditions, parameters)),
        Kind::Map(map) => map.iter().for_each(|entry| used(&entry.value, conditions, parameters)),
        _ => {}
    }
}

/// What the conditions compare: parameters with texts, or things that cannot be computed.
fn compared<'a>(
    template: &Template<'a>,
    condition: &'a str,
    depth: usize,
    choices: &mut BTreeMap<&'a str, Vec<Choice>>,
    opaque: &mut BTreeSet<&'a str>,
) {
    let Some(node) = template.named("Conditions", condition) else {
        return;
    };
    let mut inner = BTreeSet::new();
    if depth > MOST_DEPTH || !terms(template, node, choices, &mut inner) {
        opaque.insert(condition);
        return;
    }
    for name in inner {
        compared(template, name, depth + 1, choices, opaque);
    }
}

/// Collects the comparisons below a condition; false if one is of another kind.
fn terms<'a>(
    template: &Template<'a>,
    node: &'a Node,
    choices: &mut BTreeMap<&'a str, Vec<Choice>>,
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
                return false;
            };
            let known = choices.entry(name).or_insert_with(|| {
                let values = allowed(template, name);
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
fn equation<'a>(template: &Template<'a>, argument: &'a Node) -> Option<(&'a str, String)> {
    let [left, right] = argument.list()? else { return None };
    let parameter = |node: &'a Node| {
        let name = function::argument(node, "Ref")?.text()?;
        template.named("Parameters", name).map(|_| name)
    };
    match (parameter(left), parameter(right)) {
        (Some(name), None) => Some((name, right.scalar()?)),
        (None, Some(name)) => Some((name, left.scalar()?)),
        _ => None,
    }
}

fn decide(template: &Template<'_>, condition: &str, scenario: &Scenario<'_>, depth: usize) -> Option<bool> {
    if let Some(truth) = scenario.truth(condition) {
        return Some(truth);
    }
    truth(template, template.named("Conditions", condition)?, scenario, depth)
}

fn truth(template: &Template<'_>, node: &Node, scenario: &Scenario<'_>, depth: usize) -> Option<bool> {
    if depth > MOST_DEPTH {
        return None;
    }
    let entry = node.map()?.only()?;
    let mut items = entry
        .value
        .list()
        .unwrap_or_default()
        .iter()
        .map(|item| truth(template, item, scenario, depth + 1));
    match entry.key.as_str() {
        "Condition" => decide(template, entry.value.text()?, scenario, depth + 1),
        "Fn::And" => items.try_fold(true, |all, item| Some(all & item?)),
        "Fn::Or" => items.try_fold(false, |any, item| Some(any | item?)),
        "Fn::Not" => items.next()?.map(|item| !item),
        "Fn::Equals" => {
            let [left, right] = entry.value.list()? else {
                return None;
            };
            let (name, literal) = match function::argument(left, "Ref").and_then(Node::text) {
                Some(name) => (name, right.scalar()?),
                None => (function::argument(right, "Ref")?.text()?, left.scalar()?),
            };
            match scenario.parameters.get(name)? {
                Choice::Is(value) => Some(*value == literal),
                Choice::Other => Some(false),
            }
        }
        _ => None,
    }
}
