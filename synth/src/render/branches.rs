//! A system on machines of its own, as its pipeline sees it.

use super::pipeline::{image_for, project};
use crate::model::{Checked, Machines, Namespace, Open, Outside, System};
use crate::workflow::branches::{Branches, Landing};
use crate::workflow::pipeline::Platform;

/// The kinds of an overlay that a deployment may not apply: they say what it may do, and how much there is of everything.
const BY_HAND: [&str; 5] = ["Namespace", "ResourceQuota", "LimitRange", "Role", "RoleBinding"];

/// The user of the control plane whose keys deploy.
const LOGIN: &str = "deploy";

/// The way from branches to namespaces.
pub(crate) fn branches(checked: Checked<'_>, machines: &Machines) -> Branches {
    let system = checked.system();
    Branches {
        system: system.name.to_string(),
        prefix: checked.prefix(),
        // Both kinds of machines are of Intel and AMD.
        image: image_for(system, Platform::Amd64),
        hub: format!("docker.io/{}", machines.image),
        project: project(&system.pipeline.renderer, &system.pipeline.toolchain),
        landings: machines
            .namespaces
            .iter()
            .map(|one| landing(system, machines, one))
            .collect(),
        overlays: overlay_folder(system),
        by_hand: BY_HAND.map(str::to_owned).to_vec(),
        kubectl: format!("v{}", machines.version.patch()),
        login: LOGIN.to_owned(),
        tells: system.pipeline.tells,
    }
}

/// The folder of the overlays, one for each namespace.
pub(crate) fn overlay_folder(system: &System) -> String {
    format!("out/{}/k8s/overlays", system.name)
}

/// The folder of what makes the machines.
pub(crate) fn infra_folder(system: &System) -> String {
    format!("out/{}/infra", system.name)
}

fn landing(system: &System, machines: &Machines, namespace: &Namespace) -> Landing {
    Landing {
        namespace: namespace.name.to_string(),
        branch: namespace.branch.clone(),
        urls: match namespace.open {
            Open::ToOperators => Vec::new(),
            Open::ToAnybody { .. } => urls(system, machines, namespace),
        },
    }
}

/// What is asked of each worker whose address is known before it is made.
fn urls(system: &System, machines: &Machines, namespace: &Namespace) -> Vec<String> {
    let addresses = machines.workers.iter().filter_map(|worker| match worker.outside {
        Outside::Made => None,
        Outside::Reserved(address) => Some(address),
    });
    let port = namespace.port.number();
    let of = |address| {
        let paths = system.smoke_paths();
        paths.map(move |path| format!("http://{address}:{port}{path}"))
    };
    addresses.flat_map(of).collect()
}
