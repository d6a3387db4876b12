//! The README of a system: what a newcomer needs to understand it and to deploy it.
//!
//! It is made of the model and of the templates and workflows as they are written, so that it cannot tell of anything
//! that is not there. One file a section; each gives plain values that `templates/readme/` lays out.

mod advice;
mod alarms;
mod cells;
mod cluster;
mod contract;
mod costs;
mod dashboard;
mod database;
mod deploy;
mod diagram;
mod drift;
mod environments;
mod exceptions;
mod features;
mod groups;
mod home;
mod hosts;
mod images;
mod leftovers;
mod links;
mod logs;
pub(crate) mod machines;
mod pipeline;
mod price;
mod prometheus;
mod roles;
mod shared;
mod stacks;
mod statements;
mod support;
mod timing;
mod words;

pub(crate) use home::apart;

use serde::Serialize;

use crate::model::{Identity, System};
use crate::render::Whole;
use crate::text;

#[derive(Serialize)]
struct View<'a> {
    name: String,
    summary: String,
    /// In which accounts and regions it runs, in words.
    home: String,
    /// The numbers of the accounts, in words.
    accounts: String,
    repository: String,
    /// What names of workflows and GitHub environments begin with.
    prefix: &'a str,
    branch: String,
    notify: String,
    notices: Vec<String>,
    pictures: Vec<diagram::Picture>,
    environments: environments::View,
    costs: costs::View,
    /// What one copy of the service is called.
    copy: &'static str,
    cluster: Option<cluster::View>,
    /// Whether it signs for its pods.
    signed: bool,
    contract: contract::View,
    features: features::View,
    database: Option<database::View>,
    deploy: deploy::View,
    pipeline: pipeline::View,
    images: Option<images::View>,
    drift: Vec<drift::Row>,
    stacks: stacks::View,
    alarms: alarms::View,
    dashboard: dashboard::View,
    prometheus: Option<prometheus::View>,
    links: Vec<links::Row>,
    logs: Vec<logs::Row>,
    timing: Vec<timing::Row>,
    /// The paths that are for inside, in a sentence; empty if none is.
    hidden: String,
    roles: roles::View,
    shared: shared::View,
    exceptions: exceptions::View,
    support: Option<support::View>,
}

/// The pages of a system by their names: one to begin with, and what it leads to.
pub(crate) fn pages(whole: &Whole<'_>) -> Result<Vec<(&'static str, String)>, text::Error> {
    let view = view(whole);
    let renders = whole.system.pipeline.renderer.typed();
    let pages = text::PAGES.iter().filter(|(name, _)| match *name {
        "DATABASE.md" => view.database.is_some(),
        "CLUSTER.md" => view.cluster.is_some(),
        _ => true,
    });
    let page = |(name, template): &(&'static str, &'static str)| Ok((*name, text::render(template, &renders, &view)?));
    pages.map(page).collect()
}

fn view<'a>(whole: &'a Whole<'_>) -> View<'a> {
    let owner = &whole.system.owner;
    View {
        name: whole.system.name.to_string(),
        summary: whole.system.summary.clone(),
        home: home::sentence(whole.system),
        accounts: home::accounts(whole.system),
        repository: owner.github.full_name(),
        prefix: &whole.pipeline.prefix,
        branch: owner.github.branch.clone(),
        notify: owner.notify.to_string(),
        notices: whole.notices.clone(),
        pictures: diagram::pictures(whole),
        environments: environments::view(whole),
        costs: costs::view(whole),
        copy: words::copy(whole.system),
        cluster: cluster::view(whole),
        signed: whole.system.identity() == Some(Identity::Signed),
        contract: contract::view(whole),
        features: features::view(whole),
        database: database::view(whole),
        deploy: deploy::view(whole),
        pipeline: pipeline::view(whole),
        images: images::view(whole),
        drift: drift::rows(whole),
        stacks: stacks::view(whole),
        alarms: alarms::view(whole),
        dashboard: dashboard::view(whole),
        prometheus: prometheus::view(whole),
        links: links::rows(whole),
        logs: logs::rows(whole),
        timing: timing::rows(whole.system),
        hidden: hidden(whole.system),
        roles: roles::view(whole),
        shared: shared::view(whole),
        exceptions: exceptions::view(whole),
        support: support::view(whole.system),
    }
}

fn hidden(system: &System) -> String {
    let paths = system.service.hidden.iter().map(|path| words::code(path));
    words::list(&paths.collect::<Vec<_>>())
}
