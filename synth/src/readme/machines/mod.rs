//! The page of a system on machines of its own: from an empty project of Google Cloud to a cluster that is watched, and what
//! keeps it so.

mod exceptions;
mod hosts;
mod places;
mod steps;
mod told;
mod tree;

use std::collections::BTreeMap;

use serde::Serialize;

use super::support;
use crate::cluster::machines::NODE_PORT;
use crate::model::{Checked, Machines, System};
use crate::render::branches;
use crate::text;
use crate::workflow::Workflow;

/// What is told of a system.
#[derive(Clone, Copy)]
struct Place<'a> {
    system: &'a System,
    machines: &'a Machines,
    workflow: &'a Workflow,
    /// Everything that is rendered, by its path.
    files: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    summary: &'a str,
    repository: String,
    /// The folder of what is rendered, and from there to the root.
    folder: String,
    /// The program of `app/` that is served, and what its pods are called.
    package: &'a str,
    app: &'a str,
    port: u16,
    health: &'a str,
    dockerfile: &'a str,
    /// Where images are kept.
    image: String,
    notify: String,
    notices: Vec<String>,
    tree: Vec<String>,
    hosts: hosts::View<'a>,
    places: places::View,
    steps: steps::View,
    told: Option<told::View>,
    /// The port under which each machine answers for Prometheus.
    figures: u16,
    exceptions: exceptions::View,
    support: Option<support::View>,
}

/// The pages by their names.
///
/// # Errors
///
/// If a file that is rendered cannot be read, or a template does not fit what it is given.
pub(crate) fn pages(
    checked: Checked<'_>,
    machines: &Machines,
    workflow: &Workflow,
    files: &BTreeMap<String, String>,
) -> Result<Vec<(&'static str, String)>, text::Error> {
    let system = checked.system();
    let place = Place {
        system,
        machines,
        workflow,
        files,
    };
    let branches = branches(checked, machines);
    let folder = format!("out/{}", system.name);
    let own: Vec<String> = text::MACHINE_PAGES
        .iter()
        .map(|(name, _)| format!("{folder}/{name}"))
        .collect();
    let view = View {
        name: system.name.as_str(),
        summary: &system.summary,
        repository: system.owner.github.full_name(),
        package: &system.service.package,
        app: system.workload(),
        port: system.service.port.number(),
        health: &system.service.health.path,
        dockerfile: &system.pipeline.dockerfile,
        image: branches.hub.clone(),
        notify: system.owner.notify.to_string(),
        notices: system.notices(),
        tree: tree::lines(&folder, files.keys().chain(&own)),
        hosts: hosts::view(machines),
        places: places::view(place, &branches),
        steps: steps::view(workflow),
        told: told::view(place),
        figures: NODE_PORT.number(),
        exceptions: exceptions::view(place),
        support: support::view(system),
        folder,
    };
    let renders = system.pipeline.renderer.typed();
    let pages = text::MACHINE_PAGES.iter();
    pages
        .map(|&(name, template)| Ok((name, text::render(template, &renders, &view)?)))
        .collect()
}
