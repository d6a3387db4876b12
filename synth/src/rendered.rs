//! From a system to all its files, in memory.

mod machines;
mod regions;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::checks::{self, Finding, Options};
use crate::cluster::{Applied, Beside};
use crate::model::{Checked, Repository, System};
use crate::read::{self, Document};
use crate::render::{self, Error, Site, StackEntry, Whole};
use crate::template::pretty;
use crate::{cluster, compose, readme, script, workflow};

/// Everything that a system is rendered to.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The text of each file, by its path from the root of the repository.
    pub files: BTreeMap<String, String>,
    /// The stacks in the order of deployment.
    pub stacks: Vec<StackEntry>,
    /// What the checks say of the templates, the manifests and the workflows.
    pub findings: Vec<Finding>,
    /// What the user should know, a line each.
    pub notices: Vec<String>,
}

/// Renders a system of those that were looked at.
///
/// # Errors
///
/// [`Error`] if the system is one that nothing refused before.
pub fn render(system: Checked<'_>) -> Result<Rendered, Error> {
    if let Some(machines) = system.system().machines() {
        return machines::render(system, machines);
    }
    let whole = render::whole(system)?;
    let mut files = BTreeMap::new();
    for site in &whole.sites {
        files.extend(of_environment(&whole, site));
    }
    files.extend(of_system(&whole)?);
    let workflows = workflow::render(&whole.workflows)?;
    let templates = documents(&files)?;
    let mut findings = checks::run_with(&templates, &regions::options(&whole));
    regions::lead_to_field(&whole, &mut findings);
    findings.extend(of_manifests(&whole, &files, templates)?);
    findings.extend(checks::workflow::run(&workflows));
    let root = root(whole.system);
    let workflows = workflows.into_iter();
    files.extend(workflows.map(|file| (format!("{root}{}", file.path), file.text)));
    Ok(Rendered {
        files,
        stacks: entries(&whole),
        findings,
        notices: whole.notices,
    })
}

/// The stacks of a system in the order of deployment, without the files and what is to be said of them.
pub(crate) fn stacks(system: Checked<'_>) -> Result<Vec<StackEntry>, Error> {
    if system.machines().is_some() {
        return Ok(Vec::new());
    }
    Ok(entries(&render::whole(system)?))
}

/// What stands before the paths of workflows.
fn root(system: &System) -> String {
    match system.pipeline.repository {
        Repository::Own => String::new(),
        Repository::Foreign => format!("out/{}/", system.name),
    }
}

fn entries(whole: &Whole<'_>) -> Vec<StackEntry> {
    let parts = whole.sites.iter().flat_map(|site| &site.parts);
    parts.map(|part| part.entry.clone()).collect()
}

/// The pages and the script of a system, and what runs it on a developer's own machine.
fn of_system(whole: &Whole<'_>) -> Result<BTreeMap<String, String>, Error> {
    let mut files: BTreeMap<&str, String> = readme::pages(whole)?.into_iter().collect();
    files.insert("deploy.sh", script::deploy(whole)?);
    let lock = cluster::lock(whole.system);
    if !lock.is_empty() {
        files.insert("operators/lock.json", pretty(&json!(lock)));
    }
    files.extend(compose::files(whole.system)?);
    if whole.pipeline.trial.is_some() {
        files.insert(workflow::REQUIREMENTS, first_line(whole.system) + workflow::PACKAGES);
    }
    let folder = format!("out/{}", whole.system.name);
    let files = files.into_iter();
    Ok(files.map(|(name, text)| (format!("{folder}/{name}"), text)).collect())
}

/// The first line of a file that no template begins.
fn first_line(system: &System) -> String {
    let renders = system.pipeline.renderer.typed();
    format!("# Rendered by synth: change the model and run `{renders}`, not this file.\n")
}

/// The templates as they will be written, read back.
fn documents(files: &BTreeMap<String, String>) -> Result<Vec<Document>, Error> {
    let templates = files.iter().filter(|(path, _)| path.ends_with(".template.json"));
    let documents = templates.map(|(path, text)| read::document(path, text));
    documents
        .collect::<Result<_, _>>()
        .map_err(|error| Error::Read(Box::new(error)))
}

/// What the checks say of the manifests of each environment, as they will be written: those of one are applied together,
/// to what its templates make.
fn of_manifests(
    whole: &Whole<'_>,
    files: &BTreeMap<String, String>,
    mut templates: Vec<Document>,
) -> Result<Vec<Finding>, Error> {
    let Some(kubernetes) = whole.system.kubernetes() else {
        return Ok(Vec::new());
    };
    let options = Options {
        kubernetes: Some(kubernetes.version.definitions()),
        ..Options::default()
    };
    let mut findings = Vec::new();
    for site in &whole.sites {
        let manifests = render::manifest_folder(whole.system, site.environment) + "/";
        let beside = of_cluster(whole, site).filter(|(_, file)| file.applied != Applied::No);
        let beside: Vec<String> = beside.map(|(path, _)| path).collect();
        let is_object = |path: &String| path.starts_with(&manifests) || beside.contains(path);
        let own = files.iter().filter(|(path, _)| is_object(path));
        let documents = own.map(|(path, text)| read::documents(path, text));
        let documents: Vec<Vec<Document>> = documents
            .collect::<Result<_, _>>()
            .map_err(|error| Error::Read(Box::new(error)))?;
        let mut documents: Vec<Document> = documents.into_iter().flatten().collect();
        findings.extend(checks::manifest::judge(&documents, &options));
        findings.extend(of_queries(whole, site, files, &documents)?);
        let own = |document: &mut Document| site.parts.iter().any(|part| part.entry.template == document.file);
        documents.extend(templates.extract_if(.., own));
        findings.extend(checks::across::run(&documents, &options));
    }
    Ok(findings)
}

/// What the checks say of what Prometheus is asked, by the objects of an environment and by its dashboard.
fn of_queries(
    whole: &Whole<'_>,
    site: &Site<'_>,
    files: &BTreeMap<String, String>,
    objects: &[Document],
) -> Result<Vec<Finding>, Error> {
    let path = render::grafana_file(whole.system, site.environment);
    let dashboard = read::document(&path, &files[&path]).map_err(|error| Error::Read(Box::new(error)))?;
    let documents: Vec<Document> = objects.iter().cloned().chain([dashboard]).collect();
    Ok(checks::across::queries::judge(&documents, &Options::default()))
}

/// What stands beside the manifests of an environment, each under its path.
fn of_cluster<'a>(whole: &Whole<'_>, site: &'a Site<'_>) -> impl Iterator<Item = (String, &'a Beside)> {
    let folder = render::cluster_folder(whole.system, site.environment);
    let files = site.beside.iter();
    files.map(move |file| (format!("{folder}/{}", file.path), file))
}

/// The files of an environment.
fn of_environment(whole: &Whole<'_>, site: &Site<'_>) -> BTreeMap<String, String> {
    let folder = render::folder(whole.system, site.environment);
    let templates = site.parts.iter();
    let mut files: BTreeMap<String, String> = templates
        .map(|part| (part.entry.template.clone(), pretty(&part.template)))
        .collect();
    if let Some(dashboard) = site.parts.iter().find_map(|part| dashboard(&part.template)) {
        files.insert(format!("{folder}/cloudwatch-dashboard.json"), pretty(&dashboard));
    }
    let manifests = render::manifest_folder(whole.system, site.environment);
    let manifests = site
        .manifests
        .files
        .iter()
        .map(|(name, text)| (format!("{manifests}/{name}"), text));
    let beside = of_cluster(whole, site).map(|(path, file)| (path, &file.text));
    let folder_of_cluster = render::cluster_folder(whole.system, site.environment);
    let values = site.operators.iter();
    let values = values.map(|(name, text)| (format!("{folder_of_cluster}/operators/{name}-values.yaml"), text));
    let first = first_line(whole.system);
    for (path, text) in manifests.chain(beside).chain(values) {
        files.insert(path, first.clone() + text);
    }
    files.insert(format!("{folder}/parameters.json"), pretty(&site.parameters));
    files.insert(
        render::grafana_file(whole.system, site.environment),
        pretty(&site.grafana),
    );
    files
}

/// The dashboard of a stack as a person reads it: in the template it is one long line.
fn dashboard(template: &Json) -> Option<Json> {
    let resources = template["Resources"].as_object()?;
    let dashboard = resources
        .values()
        .find(|resource| resource["Type"] == "AWS::CloudWatch::Dashboard")?;
    let body = &dashboard["Properties"]["DashboardBody"];
    let text = body
        .as_str()
        .or_else(|| body["Fn::Sub"].as_str())
        .or_else(|| body["Fn::Sub"][0].as_str())?;
    serde_json::from_str(text).ok()
}
