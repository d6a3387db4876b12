//! From the model to machines of one's own: what each does at its start, what all environments share in the cluster, and the
//! scripts of whoever keeps them.
//!
//! A machine is told what to do by a text that stands in its metadata, where everybody who may look at the project reads it:
//! nothing in it is secret. What is secret is made on a machine (the cluster's keys, what its store is encrypted with), or is
//! handed from one to another over SSH (the token by which a machine joins).

mod addons;
mod cloud_init;
mod containers;
mod deployers;
mod infra;
mod kubeadm;
mod metrics;
mod settings;
mod units;
mod view;
mod waivers;

use std::collections::{BTreeMap, BTreeSet};

use crate::manifest::{self, Object};
use crate::model::{Machines, System};
use crate::{text, tofu};

pub use addons::IMAGES;
pub use kubeadm::SERVICES;

/// The image that machines are made of: Ubuntu 24.04, which is mended until 2029, has the control groups of version 2 that
/// the newest Kubernetes asks for, reads what it is to do at its start by cloud-init, and is one of those that there is a
/// containerd of version 2 for.
pub const IMAGE: (&str, &str) = ("ubuntu-os-cloud", "ubuntu-2404-lts-amd64");

/// The user of the machine of the control plane whose keys deploy.
pub const USER: &str = "deploy";

/// Why machines are not rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Two objects have one name.
    #[error(transparent)]
    Manifest(#[from] manifest::Error),
    /// A text cannot be laid out.
    #[error(transparent)]
    Text(#[from] text::Error),
    /// The module does not stand.
    #[error(transparent)]
    Tofu(#[from] tofu::Error),
}

/// The files of `infra/`; `applied` are the objects that a deployment applies, in any namespace, and
/// `renders` is what a person types to render them again.
///
/// # Errors
///
/// [`Error`] if two objects have one name, or a template does not fit what it is given.
pub fn files(
    system: &System,
    machines: &Machines,
    applied: &[&Object],
    renders: &str,
) -> Result<BTreeMap<String, String>, Error> {
    let view = view::View::of(system, machines, &kinds(applied));
    let script = |name: &'static str| text::render(name, renders, &view);
    let mut files = BTreeMap::new();
    for host in machines.hosts() {
        let text = cloud_init::of(machines, host, &view, renders)?;
        files.insert(format!("cloud-init/{}.yaml", host.name), text);
    }
    files.insert("cluster/addons.yaml".into(), addons::objects()?);
    files.insert("cluster/deployers.yaml".into(), deployers::objects(machines, applied)?);
    files.insert("setup.sh".into(), script("machine/setup.sh")?);
    files.insert("join.sh".into(), script("machine/join.sh")?);
    files.insert("upgrade.sh".into(), script("machine/upgrade.sh")?);
    let module = infra::files(system, machines)?.into_iter();
    files.extend(module.map(|(name, text)| (name.to_owned(), text)));
    Ok(files)
}

/// Versions and kinds.
fn kinds(applied: &[&Object]) -> Vec<(String, String)> {
    let version = |object: &&Object| object.json["apiVersion"].as_str().unwrap_or_default().to_owned();
    let all = applied.iter().map(|object| (version(object), object.kind.to_owned()));
    all.collect::<BTreeSet<_>>().into_iter().collect()
}
