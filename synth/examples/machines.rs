//! Writes the system that runs on machines of its own into a folder, with any version of Kubernetes.
//!
//! ```text
//! cargo run -p synth --example machines -- FOLDER [VERSION]
//! ```

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use synth::model::{Kubeadm, Platform, Systems};
use synth::systems::fastapi_devops;

/// All its files.
///
/// # Errors
///
/// If it cannot be rendered, or breaks a rule.
pub(crate) fn all(version: Kubeadm) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut system = fastapi_devops();
    let Platform::Machines(machines) = &mut system.platform else {
        return Err("it runs on machines".into());
    };
    machines.version = version;
    let systems = Systems::new(vec![system])?;
    let system = systems.each().next().ok_or("there is one")?;
    let rendered = synth::render(system)?;
    match rendered.findings.first() {
        Some(finding) => Err(format!("{finding:?}").into()),
        None => Ok(rendered.files),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().ok_or("name a folder")?;
    let version = words.next().unwrap_or_else(|| Kubeadm::V1_30.to_string());
    let mut known = Kubeadm::ALL.into_iter();
    let version = known.find(|one| one.to_string() == version).ok_or("no such version")?;
    for (path, text) in all(version)? {
        write(&Path::new(&folder).join(path), &text)?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "it is no file of this repository")]
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, text)
}
