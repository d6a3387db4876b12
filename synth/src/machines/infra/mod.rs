//! The machines, their network and their addresses, as a module of `OpenTofu`.

mod doors;
mod hosts;
mod network;

use crate::model::{Machines, State, System};
use crate::tofu::{Backend, Error, Label, Module, Provider, Version};

/// The version of the provider for Google Cloud.
const PROVIDER: Version = Version(8, 7, 0);

/// The files of the module, each with its name.
///
/// # Errors
///
/// [`Error`] if two things want one name, or one wants a name that the language does not take.
pub(super) fn files(system: &System, machines: &Machines) -> Result<Vec<(&'static str, String)>, Error> {
    let cloud = &machines.cloud;
    let backend = match &cloud.state {
        State::Local => Backend::Local,
        State::Bucket(bucket) => Backend::Gcs {
            bucket: bucket.to_string(),
            prefix: system.name.to_string(),
        },
    };
    let mut module = Module::new(backend);
    let ground = network::expand(system, machines, &mut module)?;
    doors::expand(system, machines, &mut module, &ground)?;
    hosts::expand(system, machines, &mut module, &ground)?;
    Ok(module.files(&Provider {
        version: PROVIDER,
        project: cloud.project.as_str().into(),
        region: cloud.zone.region().into(),
        zone: cloud.zone.as_str().into(),
    }))
}

/// What firewalls know machines by: the control plane, and those that pods run on.
const CONTROL: &str = "control";
const WORKER: &str = "worker";

fn label(name: &str) -> Result<Label, Error> {
    Label::new(name)
}

/// `fastapi-devops-control`: what a thing of the system is called in the project.
fn named(system: &System, role: &str) -> String {
    format!("{}-{role}", system.name)
}
