//! Writes what machines of one's own do, and the scripts of whoever keeps them, into a folder, for the judges of `.ci`:
//! `cargo run --example machines -- FOLDER [VERSION]`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use synth::k8s::{apps, core, meta};
use synth::machines;
use synth::manifest::{Bundle, Layout, Metadata};
use synth::model::{Kubeadm, Machines, Platform};
use synth::systems::fastapi_devops;

/// A Deployment and a Service in each environment, of which only the names and the kinds count here.
fn applied(machines: &Machines, name: &str) -> Result<Vec<Bundle>, Box<dyn Error>> {
    let mut all = Vec::new();
    for namespace in &machines.namespaces {
        let mut bundle = Bundle::new(namespace.name.as_str(), Layout::ByKind);
        let pods = core::PodTemplateSpec::default();
        let spec = apps::DeploymentSpec::new(meta::LabelSelector::default(), pods);
        bundle.add(apps::Deployment::new(Metadata::named(name), spec))?;
        bundle.add(core::Service::new(Metadata::named(name), core::ServiceSpec::default()))?;
        all.push(bundle);
    }
    Ok(all)
}

/// The files of the three machines, with a version of Kubernetes.
///
/// # Errors
///
/// If they cannot be rendered.
pub(crate) fn rendered(version: Kubeadm) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut system = fastapi_devops();
    let Platform::Machines(machines) = &mut system.platform else {
        return Err("it runs on machines".into());
    };
    machines.version = version;
    let machines = machines.clone();
    let applied = applied(&machines, system.workload())?;
    let objects: Vec<_> = applied
        .iter()
        .flat_map(Bundle::objects)
        .map(|(_, object)| object)
        .collect();
    Ok(machines::files(&system, &machines, &objects, "cargo run -p synth")?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().ok_or("name a folder")?;
    let version = words.next().unwrap_or_else(|| Kubeadm::V1_30.to_string());
    let mut all = Kubeadm::ALL.into_iter();
    let version = all.find(|one| one.to_string() == version).ok_or("no such version")?;
    for (name, text) in rendered(version)? {
        let path = Path::new(&folder).join(name);
        write(&path, &text)?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "it is no file of this repository")]
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, text)
}
