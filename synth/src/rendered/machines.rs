//! All files of a system on machines of its own, in memory.

use std::collections::BTreeMap;

use super::Rendered;
use crate::checks::{Finding, Options, manifest};
use crate::cluster;
use crate::model::{Checked, Machines, System};
use crate::read::kustomize::{self, Files};
use crate::render::Error;
use crate::template::pretty;

/// Renders a system that runs on machines of its own.
pub(super) fn render(checked: Checked<'_>, machines: &Machines) -> Result<Rendered, Error> {
    let system = checked.system();
    let folder = format!("out/{}", system.name);
    let mut files = BTreeMap::new();
    files.extend(manifests(system, machines)?);
    if let Some(dashboard) = cluster::machines::dashboard(system, machines) {
        files.insert("monitoring/grafana-dashboard.json".to_owned(), pretty(&dashboard));
    }
    let files: BTreeMap<String, String> = files
        .into_iter()
        .map(|(path, text)| (format!("{folder}/{path}"), text))
        .collect();
    Ok(Rendered {
        findings: judged(machines, &files),
        files,
        stacks: Vec::new(),
        notices: system.notices(),
    })
}

/// The manifests and their kustomizations, each with the line that says where they come from.
fn manifests(system: &System, machines: &Machines) -> Result<BTreeMap<String, String>, Error> {
    let typed = system.pipeline.renderer.typed();
    let first = format!("# Rendered by synth: change the model and run `{typed}`, not this file.\n");
    let files = cluster::machines::files(system, machines)?.into_iter();
    Ok(files
        .map(|(path, text)| (format!("k8s/{path}"), format!("{first}{text}")))
        .collect())
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
        .flat_map(|rendering| manifest::judge_rendering(&rendering, &options))
        .collect()
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
