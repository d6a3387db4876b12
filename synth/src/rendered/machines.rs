//! From a system on machines of its own to all its files.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Rendered, root};
use crate::checks;
use crate::model::{Checked, Machines, System};
use crate::read::File;
use crate::render::{self, Error};
use crate::{compose, text, workflow};

/// Everything that it is rendered to.
pub(super) fn render(system: Checked<'_>, machines: &Machines) -> Result<Rendered, Error> {
    let workflows = pipeline(system, machines)?;
    let findings = checks::workflow::run(&workflows);
    let root = root(&system);
    let mut files: BTreeMap<String, String> = workflows
        .into_iter()
        .map(|file| (format!("{root}{}", file.path), file.text))
        .collect();
    let folder = format!("out/{}", system.name);
    files.insert(format!("{folder}/Makefile"), makefile(&system, machines)?);
    let local = compose::files(&system)?.into_iter();
    files.extend(local.map(|(name, text)| (format!("{folder}/{name}"), text)));
    Ok(Rendered {
        files,
        stacks: Vec::new(),
        findings,
        notices: system.notices(),
    })
}

/// The one workflow.
fn pipeline(system: Checked<'_>, machines: &Machines) -> Result<Vec<File>, Error> {
    let workflow = workflow::of_branches(&render::branches(system, machines));
    Ok(workflow::render(&[workflow])?)
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
