//! The stacks: in which order, what they hold, and what they are told at deployment.

use serde::Serialize;
use serde_json::Value as Json;

use super::words::{cell, code, list};
use crate::model::{Stack, System};
use crate::render::{Part, Site, Whole, from_page};
use crate::resources::{DELETION_PROTECTION, IMAGE_DIGEST, IMAGE_TAG};

/// The tables.
#[derive(Serialize)]
pub(super) struct View {
    kinds: Vec<Kind>,
    rows: Vec<Row>,
    environments: Vec<Environment>,
    inventories: Vec<Inventory>,
}

/// A stack that environments have in common.
#[derive(Serialize)]
struct Kind {
    stack: String,
    holds: String,
    /// To its templates, by the environment's name.
    links: String,
}

/// What the stacks of an environment are told.
#[derive(Serialize)]
struct Environment {
    name: String,
    parameters: Vec<Parameter>,
}

/// A stack of an environment.
#[derive(Serialize)]
struct Row {
    name: String,
    template: String,
    /// The template's path from where the README lies.
    link: String,
    holds: String,
    resources: usize,
    capabilities: String,
    takes_from: String,
}

/// What a stack is told at deployment.
#[derive(Serialize)]
struct Parameter {
    name: String,
    stack: String,
    default: String,
    given: String,
    about: String,
}

/// What stacks of one kind hold, over all environments.
#[derive(Serialize)]
struct Inventory {
    stack: String,
    resources: Vec<Resource>,
}

#[derive(Serialize)]
struct Resource {
    id: String,
    kind: String,
    environments: String,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let parts = || whole.sites.iter().flat_map(|site| site.parts.iter());
    let rows = parts().map(|part| row(whole.system, part)).collect();
    let mut kinds: Vec<Stack> = Vec::new();
    for part in parts() {
        if !kinds.contains(&part.entry.stack) {
            kinds.push(part.entry.stack);
        }
    }
    View {
        rows,
        kinds: kinds.iter().map(|kind| common(whole, *kind)).collect(),
        environments: whole.sites.iter().map(environment).collect(),
        inventories: kinds.iter().map(|kind| inventory(whole, *kind)).collect(),
    }
}

fn row(system: &System, part: &Part) -> Row {
    let entry = &part.entry;
    let description = part.template["Description"].as_str().unwrap_or_default();
    let holds = description.split_once(": ").map_or(description, |(_, holds)| holds);
    let prefix = format!("{}-", entry.system);
    let short = |name: &String| code(name.strip_prefix(&prefix).unwrap_or(name));
    Row {
        name: entry.stack_name.clone(),
        template: entry.template.clone(),
        link: from_page(system, &entry.template).to_owned(),
        holds: cell(holds),
        resources: part.resources().count(),
        capabilities: match entry.capabilities.as_slice() {
            [] => "none".to_owned(),
            all => list(&all.iter().map(|name| code(name)).collect::<Vec<_>>()),
        },
        takes_from: list(&entry.depends_on.iter().map(short).collect::<Vec<_>>()),
    }
}

/// What the first environment's holds stands for all: it has what there is once.
fn common(whole: &Whole<'_>, kind: Stack) -> Kind {
    let mut holds = String::new();
    let mut links = Vec::new();
    for part in whole.sites.iter().flat_map(|site| &site.parts) {
        if part.entry.stack == kind {
            let row = row(whole.system, part);
            if links.is_empty() {
                holds = row.holds;
            }
            links.push(format!("[{}]({})", part.entry.environment, row.link));
        }
    }
    Kind {
        stack: kind.to_string(),
        holds,
        links: links.join(", "),
    }
}

fn environment(site: &Site<'_>) -> Environment {
    let parameters = site.parts.iter().flat_map(|part| {
        let all = part.template["Parameters"].as_object().into_iter().flatten();
        all.map(|(name, parameter)| told(site, part.entry.stack, name, parameter))
    });
    Environment {
        name: site.name().to_owned(),
        parameters: parameters.collect(),
    }
}

fn told(site: &Site<'_>, kind: Stack, name: &str, parameter: &Json) -> Parameter {
    let given = match name {
        _ if let Some(value) = gives(&site.parameters, name) => code(value),
        IMAGE_DIGEST | IMAGE_TAG => "by the release".to_owned(),
        DELETION_PROTECTION => "by what deploys the stack, once it is there".to_owned(),
        _ => "its default".to_owned(),
    };
    let default = match parameter["Default"].as_str() {
        None => "none: it must be given".to_owned(),
        Some("") => "nothing".to_owned(),
        Some(text) => code(text),
    };
    Parameter {
        name: name.to_owned(),
        stack: kind.to_string(),
        default,
        given: cell(&given),
        about: cell(parameter["Description"].as_str().unwrap_or_default()),
    }
}

/// The value that a file of parameters has for one.
fn gives<'a>(parameters: &'a Json, name: &str) -> Option<&'a str> {
    let mut all = parameters.as_array().into_iter().flatten();
    let given = all.find(|one| one["ParameterKey"].as_str() == Some(name))?;
    given["ParameterValue"].as_str()
}

fn inventory(whole: &Whole<'_>, kind: Stack) -> Inventory {
    let mut found: Vec<(String, String, Vec<String>)> = Vec::new();
    let mut last = 0;
    for (site, entry, id, resource) in whole.resources() {
        if entry.stack != kind {
            continue;
        }
        if let Some(index) = found.iter().position(|(known, ..)| known == id) {
            found[index].2.push(site.name().to_owned());
            last = index;
        } else {
            // What only a later environment has stands where it stands there: after what comes before it.
            last = if found.is_empty() { 0 } else { last + 1 };
            let kind = resource["Type"].as_str().unwrap_or_default().to_owned();
            found.insert(last, (id.clone(), kind, vec![site.name().to_owned()]));
        }
    }
    let resources = found.into_iter().map(|(id, kind, environments)| Resource {
        id,
        kind,
        environments: list(&environments),
    });
    Inventory {
        stack: kind.to_string(),
        resources: resources.collect(),
    }
}
