//! The allowed values of parameters against the places that they are put into.
//!
//! A value is looked at for itself: with which others it goes is the deployer's affair. So each value of a parameter is
//! held once against each property that the parameter stands in, in however many resources that is.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use serde_json::{Map as JsonMap, Value as Json};

use super::compile::compile;
use super::instance;
use super::violation::{self, Violation};
use super::{Case, prune};
use crate::read::template::known::Sure;
use crate::read::template::scenario::Scenario;
use crate::read::template::settle::{Settled, branch, settle};
use crate::read::template::{Template, function, parameter};
use crate::read::{Kind, Node, Step};
use crate::schema::{self, ResourceSchema};

/// More values than this are not looked at in the resources of one type.
const MOST: usize = 100_000;

/// A place in the resources of a type: indexes are all the same to a schema.
type Pattern = Vec<Step>;

/// Where one parameter stands.
struct Use<'a> {
    values: BTreeSet<Cow<'a, str>>,
    /// How surely it is one of these: an only value is meant.
    sure: Sure,
    places: Vec<&'a Node>,
}

/// By the address of the template, the name of the parameter and the place.
type Uses<'a> = BTreeMap<(usize, &'a str, Pattern), Use<'a>>;

/// Holds allowed values against the schema of a type.
pub(super) fn judge<'a>(schema: &ResourceSchema, cases: &[Case<'a, '_>], found: &mut Vec<Violation<'a>>) {
    let uses = uses(schema, cases);
    if uses.is_empty() {
        return;
    }
    let Some(validator) = validator(schema, &uses) else {
        return;
    };
    let mut left = MOST;
    for ((_, _, pattern), used) in &uses {
        for value in &used.values {
            left = match left.checked_sub(1) {
                Some(left) => left,
                None => return,
            };
            let json = at(pattern, coerced(schema, pattern, value));
            if !validator.is_valid(&json) {
                violations(schema, &validator, &json, pattern, used, found);
            }
        }
    }
}

fn violations<'a>(
    schema: &ResourceSchema,
    validator: &Validator,
    json: &Json,
    pattern: &[Step],
    used: &Use<'a>,
    found: &mut Vec<Violation<'a>>,
) {
    for error in validator.iter_errors(json) {
        // What only applies because something else is not here says nothing.
        let path = error.schema_path().as_str();
        let applies = ["/then", "/else", "/not"].iter().all(|word| !path.contains(word));
        if applies && violation::steps(&error) == pattern {
            let told = used.places.iter();
            let told = told.filter_map(|node| violation::of_value(schema, pattern, &error, node));
            found.extend(told.map(|told| Violation {
                sure: used.sure,
                ..told
            }));
        }
    }
}

/// What is written as a reference to a parameter with allowed values on which no condition of the resource rests.
fn uses<'a>(schema: &ResourceSchema, cases: &[Case<'a, '_>]) -> Uses<'a> {
    let mut uses = Uses::new();
    let mut seen = BTreeSet::new();
    for case in cases {
        // The ways of one resource differ in what its conditions rest on.
        if seen.insert(std::ptr::from_ref(case.properties).addr()) {
            let mut walk = Walk {
                schema,
                template: case.template,
                scenario: &case.scenario,
                path: Vec::new(),
                uses: &mut uses,
            };
            walk.node(case.properties);
        }
    }
    uses
}

struct Walk<'a, 't, 'u> {
    schema: &'u ResourceSchema,
    template: &'t Template<'a>,
    scenario: &'u Scenario<'a>,
    path: Pattern,
    uses: &'u mut Uses<'a>,
}

impl<'a> Walk<'a, '_, '_> {
    fn node(&mut self, node: &'a Node) {
        let node = branch(node, self.scenario);
        if let Some(name) = function::argument(node, "Ref").and_then(Node::text) {
            self.reference(name, node);
            return;
        }
        let Settled::Node(node) = settle(node, self.template, self.scenario) else {
            return;
        };
        match &node.kind {
            Kind::List(items) => {
                for item in items {
                    self.below(Step::Index(0), item);
                }
            }
            Kind::Map(map) => {
                for entry in map {
                    self.below(Step::Key(entry.key.clone()), &entry.value);
                }
            }
            _ => {}
        }
    }

    fn below(&mut self, step: Step, node: &'a Node) {
        self.path.push(step);
        self.node(node);
        self.path.pop();
    }

    fn reference(&mut self, name: &'a str, node: &'a Node) {
        let Some(parameter) = self.template.named("Parameters", name) else {
            return;
        };
        let kind = parameter.get("Type").and_then(Node::text);
        if self.scenario.chooses(name) || !matches!(kind, Some("String" | "Number")) {
            return;
        }
        let values = parameter::every(self.template, name);
        // A key of the user's own is as good as any other.
        if values.is_empty() || find(self.schema, &self.path).is_none() {
            return;
        }
        let template = std::ptr::from_ref(self.template.document).addr();
        let used = self.uses.entry((template, name, self.path.clone())).or_insert_with(|| {
            let sure = if values.len() == 1 { Sure::Written } else { Sure::OneOf };
            // An empty value stands for "not given".
            let values = values.into_iter().filter(|value| !value.is_empty()).collect();
            let places = Vec::new();
            Use { values, sure, places }
        });
        used.places.push(node);
    }
}

fn find<'s>(schema: &'s ResourceSchema, pattern: &[Step]) -> Option<schema::Node<'s>> {
    let mut here = schema.root();
    for step in pattern {
        here = match step {
            Step::Key(key) => here.find(key)?,
            Step::Index(_) => here.find("*")?,
        };
    }
    Some(here)
}

fn coerced(schema: &ResourceSchema, pattern: &[Step], value: &str) -> Json {
    instance::coerce(Json::String(value.to_owned()), find(schema, pattern))
}

/// Properties that have a value at a place, and nothing else.
fn at(pattern: &[Step], value: Json) -> Json {
    pattern.iter().rev().fold(value, |inner, step| match step {
        Step::Key(key) => Json::Object(JsonMap::from_iter([(key.clone(), inner)])),
        Step::Index(_) => Json::Array(vec![inner]),
    })
}

/// The schema of what the places touch, without what asks for more than stands in one place.
fn validator(schema: &ResourceSchema, uses: &Uses<'_>) -> Option<Validator> {
    let mut samples: BTreeMap<(&Pattern, bool), Json> = BTreeMap::new();
    for ((_, _, pattern), used) in uses {
        for value in &used.values {
            let value = coerced(schema, pattern, value);
            // The schema is cut down to the kinds of values that there are.
            let sample = (pattern, value.is_string());
            samples.entry(sample).or_insert_with(|| at(pattern, value));
        }
    }
    let samples: Vec<&Json> = samples.values().collect();
    let mut cut = prune::Pruned::new(schema.raw(), &samples).schema;
    alone(&mut cut);
    compile(&cut)
}

fn alone(schema: &mut Json) {
    const MORE: [&str; 6] = [
        "required",
        "minItems",
        "minProperties",
        "dependencies",
        "uniqueItems",
        "contains",
    ];
    match schema {
        Json::Object(map) => {
            let asks = |key: &str, value: &Json| key == "dependencies" || (MORE.contains(&key) && !value.is_object());
            map.retain(|key, value| !asks(key, value));
            map.values_mut().for_each(alone);
        }
        Json::Array(items) => items.iter_mut().for_each(alone),
        _ => {}
    }
}
