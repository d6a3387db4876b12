//! What the scripts are laid out with.

use serde::Serialize;

use super::{addons, deployers};
use crate::cluster::machines::{MEASURES, WATCHING};
use crate::model::{Host, Kubeadm, Machines, Outside, System};

#[derive(Serialize)]
pub(super) struct View<'a> {
    name: &'a str,
    project: &'a str,
    zone: &'a str,
    /// The image of the service, without tag and digest.
    image: &'a str,
    /// What its pods are chosen by.
    app: &'a str,
    /// What may be deployed, as JSON: pairs of a version and a kind.
    kinds: String,
    control: Machine<'a>,
    workers: Vec<Machine<'a>>,
    hosts: Vec<Machine<'a>>,
    /// The address of the control plane for whoever deploys.
    outside: String,
    namespaces: Vec<&'a str>,
    /// The same, in a sentence.
    choices: String,
    /// The account that deploys, in each namespace.
    account: &'static str,
    packages: Packages,
    /// Those that only the sums tell to the byte.
    images: [&'static str; 4],
    /// The same of what measures; none where nobody does.
    watching: Vec<&'static str>,
    watching_namespace: &'static str,
    flannel: &'static str,
    flannel_namespace: &'static str,
}

#[derive(Serialize)]
struct Machine<'a> {
    name: &'a str,
    inside: String,
}

/// Where packages come from, and who signs them.
#[derive(Serialize)]
pub(super) struct Packages {
    /// The version of kubeadm, kubelet and kubectl.
    version: String,
    /// Which versions of containerd: nobody mends 1 any more, Kubernetes 1.37 does not take it, and 1.30 takes 2 as well
    /// (<https://containerd.io/releases/#kubernetes-support>).
    containerd: &'static str,
    pub(super) kubernetes: String,
    /// The fingerprint of the key of those who build Kubernetes' packages, which is one for all versions
    /// (<https://github.com/kubernetes/kubernetes/issues/128609>).
    kubernetes_key: &'static str,
    pub(super) docker: &'static str,
    /// The fingerprint of Docker's (<https://docs.docker.com/engine/install/ubuntu/>).
    docker_key: &'static str,
}

impl Packages {
    pub(super) fn of(version: Kubeadm) -> Self {
        Self {
            version: version.package(),
            containerd: "2.*",
            kubernetes: format!("https://pkgs.k8s.io/core:/stable:/{}/deb/", version.minor()),
            kubernetes_key: "DE15B14486CD377B9E876E1A234654DA9A296436",
            docker: "https://download.docker.com/linux/ubuntu/",
            docker_key: "9DC858229FC7DD38854AE2D88D81803C0EBFCD88",
        }
    }
}

impl<'a> View<'a> {
    pub(super) fn of(system: &'a System, machines: &'a Machines, kinds: &[(String, String)]) -> Self {
        let namespaces: Vec<&str> = machines.namespaces.iter().map(|one| one.name.as_str()).collect();
        Self {
            name: system.name.as_str(),
            project: machines.cloud.project.as_str(),
            zone: machines.cloud.zone.as_str(),
            image: machines.image.as_str(),
            app: system.workload(),
            kinds: serde_json::json!(kinds).to_string(),
            control: machine(&machines.control),
            workers: machines.workers.iter().map(machine).collect(),
            hosts: machines.hosts().map(machine).collect(),
            outside: outside(&machines.control),
            choices: namespaces.join(" or "),
            namespaces,
            account: deployers::ACCOUNT,
            packages: Packages::of(machines.version),
            images: addons::IMAGES,
            watching: system
                .monitoring
                .prometheus()
                .map_or_else(Vec::new, |_| WATCHING.to_vec()),
            watching_namespace: MEASURES.0,
            flannel: addons::FLANNEL,
            flannel_namespace: addons::NAMESPACE,
        }
    }
}

fn machine(host: &Host) -> Machine<'_> {
    Machine {
        name: host.name.as_str(),
        inside: host.inside.to_string(),
    }
}

/// In the words of a shell: an address that Google Cloud chooses is known when the machine is there.
fn outside(control: &Host) -> String {
    match control.outside {
        Outside::Reserved(address) => address.to_string(),
        Outside::Made => "\"${CONTROL_PLANE_IP:?tofu output tells it}\"".to_owned(),
    }
}
