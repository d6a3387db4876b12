//! From a system on machines of its own to all its files.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Rendered, first_line, root};
use crate::checks::{self, Finding, Options};
use crate::manifest::Object;
use crate::model::{Checked, Machines, System};
use crate::read::kustomize::{self, Files};
use crate::render::{self, Error};
use crate::template::pretty;
use crate::{cluster, compose, machines, read, readme, text, workflow};

/// Everything that it is rendered to.
pub(super) fn render(system: Checked<'_>, machines: &Machines) -> Result<Rendered, Error> {
    let workflow = workflow::of_branches(&render::branches(system, machines));
    let workflows = workflow::render(std::slice::from_ref(&workflow))?;
    let mut findings = checks::workflow::run(&workflows);
    let root = root(&system);
    let mut files: BTreeMap<String, String> = workflows
        .into_iter()
        .map(|file| (format!("{root}{}", file.path), file.text))
        .collect();
    let folder = format!("out/{}", system.name);
    files.insert(format!("{folder}/Makefile"), makefile(&system, machines)?);
    let local = compose::files(&system)?.into_iter();
    files.extend(local.map(|(name, text)| (format!("{folder}/{name}"), text)));
    let manifests = manifests(&system, machines)?.into_iter();
    files.extend(manifests.map(|(name, text)| (format!("{folder}/{name}"), text)));
    let applied = cluster::machines::applied(&system, machines)?;
    let applied: Vec<&Object> = applied.iter().collect();
    let infra = machines::files(&system, machines, &applied, &system.pipeline.renderer.typed())?.into_iter();
    files.extend(infra.map(|(name, text)| (format!("{folder}/infra/{name}"), text)));
    let pages = readme::machines::pages(system, machines, &workflow, &files)?.into_iter();
    files.extend(pages.map(|(name, text)| (format!("{folder}/{name}"), text)));
    findings.extend(judged(machines, &files));
    findings.extend(of_module(&files)?);
    Ok(Rendered {
        files,
        stacks: Vec::new(),
        findings,
        notices: system.notices(),
    })
}

#[derive(Serialize)]
struct Make<'a> {
    name: &'a str,
    /// The program of `app/` that is served.
    package: &'a str,
    port: u16,
    dockerfile: &'a str,
    /// What renders, before the words of a command.
    synth: String,
    overlays: String,
    environments: Vec<&'a str>,
    infra: String,
}

/// What people type beside it.
fn makefile(system: &System, machines: &Machines) -> Result<String, Error> {
    let view = Make {
        name: system.name.as_str(),
        package: &system.service.package,
        port: system.service.port.number(),
        dockerfile: &system.pipeline.dockerfile,
        synth: system.pipeline.renderer.runs(),
        overlays: render::overlay_folder(system),
        environments: machines.namespaces.iter().map(|one| one.name.as_str()).collect(),
        infra: render::infra_folder(system),
    };
    Ok(text::render(text::MAKEFILE, &system.pipeline.renderer.typed(), &view)?)
}

/// The manifests and their kustomizations, each with the line that says where they come from.
fn manifests(system: &System, machines: &Machines) -> Result<BTreeMap<String, String>, Error> {
    let first = first_line(system);
    let files = cluster::machines::files(system, machines)?.into_iter();
    let mut files: BTreeMap<String, String> = files
        .map(|(path, text)| (format!("k8s/{path}"), format!("{first}{text}")))
        .collect();
    if let Some(dashboard) = cluster::machines::dashboard(system, machines) {
        files.insert("monitoring/grafana-dashboard.json".to_owned(), pretty(&dashboard));
    }
    Ok(files)
}

/// What the checks say of each kustomization that is applied, as `kubectl` would build it.
fn judged(machines: &Machines, files: &BTreeMap<String, String>) -> Vec<Finding> {
    let options = Options {
        kubernetes: Some(machines.version.definitions()),
        ..Options::default()
    };
    let texts = Texts(files);
    let applied = files
        .keys()
        .filter(|path| path.ends_with("/kustomization.yaml") && !path.contains("/k8s/base/"));
    let renderings = applied.map(|path| kustomize::render(path, &texts));
    renderings
        .flat_map(|rendering| checks::manifest::judge_rendering(&rendering, &options))
        .collect()
}

/// What the checks say of the module.
fn of_module(files: &BTreeMap<String, String>) -> Result<Vec<Finding>, Error> {
    let module = files.iter().filter(|(path, _)| path.ends_with(".tf.json"));
    let documents = module.map(|(path, text)| read::strict(path, text));
    let documents: Vec<_> = documents
        .collect::<Result<_, _>>()
        .map_err(|error| Error::Read(Box::new(error)))?;
    Ok(checks::tofu::judge(&documents, &Options::default()))
}

/// Files that are not written yet.
struct Texts<'a>(&'a BTreeMap<String, String>);

impl Files for Texts<'_> {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.0.get(path).map(|text| text.clone().into_bytes())
    }

    fn is_folder(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.0
            .range(folder.clone()..)
            .next()
            .is_some_and(|(path, _)| path.starts_with(&folder))
    }
}
