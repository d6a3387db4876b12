//! Where this system departs from the rule, and why: overrides and waivers.

use serde::Serialize;

use super::words::{cell, list};
use crate::cluster;
use crate::model::{Change, Name, Stack, Waiver};
use crate::render::{Part, Whole};
use crate::resources;
use crate::workflow::Workflow;

/// The tables.
#[derive(Serialize)]
pub(super) struct View {
    overrides: Vec<Override>,
    additions: Vec<Added>,
    waivers: Vec<Row>,
}

#[derive(Serialize)]
struct Override {
    place: String,
    property: String,
    value: String,
    reason: String,
}

#[derive(Serialize)]
struct Added {
    place: String,
    id: String,
    kind: String,
    reason: String,
}

#[derive(Clone, Serialize)]
pub(super) struct Row {
    pub(super) place: String,
    pub(super) checker: String,
    pub(super) rule: String,
    pub(super) reason: String,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let overrides = whole
        .system
        .overrides
        .iter()
        .map(|(environment, stack, property)| Override {
            place: place(environment.as_ref(), *stack),
            property: match &property.change {
                Change::Append(path, _) => format!("{}.{path}, one more", property.resource),
                change => format!("{}.{}", property.resource, change.path()),
            },
            value: cell(&property.change.value().to_string()),
            reason: cell(&property.reason),
        });
    let additions = whole.system.additions.iter();
    let additions = additions.map(|(environment, stack, addition)| Added {
        place: place(environment.as_ref(), *stack),
        id: addition.id.clone(),
        kind: addition.kind.clone(),
        reason: cell(&addition.reason),
    });
    View {
        overrides: overrides.collect(),
        additions: additions.collect(),
        waivers: [of_stacks(whole), of_objects(whole), of_workflows(whole)].concat(),
    }
}

fn place(environment: Option<&Name>, stack: Stack) -> String {
    environment.map_or_else(
        || format!("`{stack}`, everywhere"),
        |environment| format!("`{stack}` in {environment}"),
    )
}

/// Each once, with the environments that it holds in.
fn grouped<'a, T: PartialEq>(all: impl Iterator<Item = (T, &'a str)>) -> Vec<(T, Vec<&'a str>)> {
    let mut found: Vec<(T, Vec<&str>)> = Vec::new();
    for (waiver, environment) in all {
        match found.iter_mut().find(|(known, _)| *known == waiver) {
            Some((_, environments)) => environments.push(environment),
            None => found.push((waiver, vec![environment])),
        }
    }
    found
}

fn of_stacks(whole: &Whole<'_>) -> Vec<Row> {
    let all = whole.sites.iter().flat_map(|site| {
        let of = |part: &Part| resources::waivers(whole.system, site.environment, part.entry.stack);
        let waivers = site.parts.iter().flat_map(of);
        waivers.map(|waiver| (waiver, site.name()))
    });
    let row = |(waiver, environments): (Waiver, Vec<&str>)| Row {
        place: format!("`{}` of `{}` in {}", waiver.resource, waiver.stack, list(&environments)),
        checker: waiver.checker.name().to_owned(),
        rule: waiver.rule,
        reason: cell(&waiver.reason),
    };
    grouped(all).into_iter().map(row).collect()
}

fn of_objects(whole: &Whole<'_>) -> Vec<Row> {
    let all = whole.sites.iter().flat_map(|site| {
        let waivers = site.manifests.waivers.iter().cloned();
        waivers.map(|waiver| (waiver, site.name()))
    });
    let row = |(waiver, environments): (cluster::Waiver, Vec<&str>)| Row {
        place: match waiver.namespace.as_str() {
            "" => format!("{} `{}` in {}", waiver.kind, waiver.name, list(&environments)),
            namespace => format!(
                "{} `{}` of `{namespace}` in {}",
                waiver.kind,
                waiver.name,
                list(&environments)
            ),
        },
        checker: waiver.checker.name().to_owned(),
        rule: waiver.rule.to_owned(),
        reason: cell(waiver.reason),
    };
    grouped(all).into_iter().map(row).collect()
}

fn of_workflows(whole: &Whole<'_>) -> Vec<Row> {
    waived(&whole.workflows)
}

/// The waivers of workflows, each once.
pub(super) fn waived(workflows: &[Workflow]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for workflow in workflows {
        for waiver in workflow.waivers() {
            let row = Row {
                place: format!("workflow `{}{}`", workflow.prefix, workflow.file),
                checker: format!("{:?}", waiver.program).to_lowercase(),
                rule: waiver.check.to_owned(),
                reason: cell(waiver.reason),
            };
            if rows
                .iter()
                .all(|other| (&other.place, &other.rule) != (&row.place, &row.rule))
            {
                rows.push(row);
            }
        }
    }
    rows
}
