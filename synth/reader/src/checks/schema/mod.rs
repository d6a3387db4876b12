//! Resources against AWS's schemas, aware of functions.
//!
//! A resource becomes plain JSON, once for each way its conditions can turn out; what is only
//! known at deployment becomes `null`. The schema of its type is cut down to what these values
//! touch, compiled once, and an error that rests on a `null` is dropped. All of that is only done
//! for what the schema does not plainly accept as it stands.

pub(super) mod accepts;
mod ascii;
mod compile;
mod dialect;
mod doubt;
mod instance;
mod pattern;
mod plain;
mod presence;
mod prune;
mod sam;
mod says;
mod vary;
mod version;
mod violation;
mod words;

pub(super) use pattern::fits;
pub(super) use violation::{Broken, Violation};

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{Level, Set};
use crate::read::Node;
use crate::read::template::kind::is_open;
use crate::read::template::known::Sure;
use crate::read::template::scenario::Scenario;
use crate::read::template::{Resource, Template, settle, worlds};
use crate::schema::{self, ResourceSchema, Rule};
use accepts::Null;

/// One way a resource can turn out.
struct Case<'a, 't> {
    template: &'t Template<'a>,
    properties: &'a Node,
    scenario: Scenario<'a>,
    json: Json,
}

impl<'a> Case<'a, '_> {
    /// How surely a value is known: whoever deploys may choose another than a default.
    fn sure(&self, node: &'a Node) -> Sure {
        settle::sure(node, self.template, &self.scenario)
    }
}

/// Every way in which resources of a set break their schemas.
#[must_use]
pub(super) fn violations<'a>(set: &Set<'a>) -> Vec<Violation<'a>> {
    let mut types: BTreeMap<&str, Vec<(&Template<'a>, &Resource<'a>)>> = BTreeMap::new();
    for template in &set.templates {
        for resource in &template.resources {
            types.entry(resource.kind).or_default().push((template, resource));
        }
    }
    let mut found = Vec::new();
    for (name, resources) in types {
        if name.starts_with("Custom::") {
            custom(&resources, &mut found);
        }
        if let Some(schema) = schema::resource(name) {
            of_type(schema, &resources, &mut found);
        }
    }
    sam::violations(set, &mut found);
    let mut seen = BTreeSet::new();
    found.retain(|violation| seen.insert(violation.identity()));
    found
}

/// A type of one's own has no schema, but what answers for it is always named, unless it is never made.
fn custom<'a>(resources: &[(&Template<'a>, &Resource<'a>)], found: &mut Vec<Violation<'a>>) {
    for (template, resource) in resources {
        let known = match resource.attribute("Properties") {
            Some(node) => node
                .map()
                .is_none_or(|map| is_open(map) || map.get("ServiceToken").is_some()),
            None => false,
        };
        if !known && !worlds::of(template, resource).is_empty() {
            let token = "ServiceToken";
            found.push(violation::missing(resource, token, "a custom resource"));
        }
    }
}

fn of_type<'a>(
    schema: &'static ResourceSchema,
    resources: &[(&Template<'a>, &Resource<'a>)],
    found: &mut Vec<Violation<'a>>,
) {
    let mut cases = Vec::new();
    for (template, resource) in resources {
        match resource.attribute("Properties") {
            Some(properties) if properties.map().is_some_and(|map| !is_open(map)) => {
                for scenario in worlds::of(template, resource) {
                    let json = instance::build(properties, template, &scenario, Some(schema.root()));
                    let json = json.unwrap_or_else(|| Json::Object(serde_json::Map::new()));
                    cases.push(Case {
                        template,
                        properties,
                        scenario,
                        json,
                    });
                }
            }
            Some(_) => {}
            None => violation::without_properties(schema, resource, found),
        }
    }
    judged(schema, None, &cases.iter().collect::<Vec<_>>(), found);
    vary::judge(schema, &cases, found);
    extensions(schema, &cases, found);
}

/// Holds a schema, or a rule beside it, against the cases of which it is not plain that they keep it.
fn judged<'a>(
    schema: &'static ResourceSchema,
    rule: Option<&Rule<'_>>,
    cases: &[&Case<'a, '_>],
    found: &mut Vec<Violation<'a>>,
) {
    let (path, raw) = rule.map_or(("", schema.raw()), |rule| (rule.path, rule.schema));
    let doubtful = |case: &&&Case<'a, '_>| {
        let values = prune::at(&case.json, path);
        !values
            .into_iter()
            .all(|value| accepts::accepts(raw, value, Null::Unknown))
    };
    let cases: Vec<&Case<'a, '_>> = cases.iter().filter(doubtful).copied().collect();
    let values: Vec<&Json> = cases.iter().flat_map(|case| prune::at(&case.json, path)).collect();
    if !values.is_empty() {
        let pruned = prune::Pruned::new(raw, &values);
        violation::judge(schema, &pruned, rule, &cases, found);
    }
}

/// What cfn-lint says of properties that depend on each other, where all of them are written down.
fn extensions<'a>(schema: &'static ResourceSchema, cases: &[Case<'a, '_>], found: &mut Vec<Violation<'a>>) {
    if schema.rules().next().is_none() {
        return;
    }
    let mut fixed: Vec<&Case<'a, '_>> = cases.iter().collect();
    let rds = schema.name().starts_with("AWS::RDS::");
    let mut anew = Vec::new();
    if rds || fixed.iter().any(|case| has_defaults(case.template)) {
        anew.extend(fixed.iter().map(|case| strict(schema, case, rds)));
        fixed = anew.iter().collect();
    }
    for rule in schema.rules() {
        judged(schema, Some(&rule), &fixed, found);
    }
}

/// Whether a parameter has a default, for which a deployer may give another value.
fn has_defaults(template: &Template<'_>) -> bool {
    let mut parameters = template.section("Parameters");
    parameters.any(|parameter| parameter.value.get("Default").is_some())
}

/// The same case without the defaults of parameters.
fn strict<'a, 't>(schema: &ResourceSchema, case: &Case<'a, 't>, rds: bool) -> Case<'a, 't> {
    let scenario = case.scenario.strict();
    let json = instance::build(case.properties, case.template, &scenario, Some(schema.root()));
    let mut json = json.unwrap_or_default();
    if rds {
        lowercase(&mut json, "Engine");
        without_idle(&mut json);
    }
    Case {
        scenario,
        json,
        ..*case
    }
}

/// RDS takes `MySQL` for `mysql`.
fn lowercase(json: &mut Json, key: &str) {
    if let Some(Json::String(text)) = json.get_mut(key) {
        text.make_ascii_lowercase();
    }
}

/// What has no effect on a member of an Aurora cluster, and is not refused.
fn without_idle(json: &mut Json) {
    let aurora = json.get("Engine").and_then(Json::as_str);
    if aurora.is_some_and(|engine| engine.starts_with("aurora"))
        && let Some(map) = json.as_object_mut()
    {
        map.remove("CopyTagsToSnapshot");
    }
}

/// Reports the violations of one kind.
pub(super) fn report<'a>(set: &Set<'a>, broken: Broken, report: &mut super::Report<'a>) {
    for violation in set.violations().iter().filter(|violation| violation.broken == broken) {
        let draft = match violation.entry {
            Some(entry) => report.key(entry, violation.message.clone()),
            None => report.value(violation.node, violation.message.clone()),
        };
        if let Some(help) = &violation.help {
            draft.help(help.clone());
        }
        draft.sure(violation.sure);
        if violation.mild {
            draft.level(Level::Warning);
        }
    }
}
