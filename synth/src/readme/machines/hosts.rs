//! The machines: which there are, what they run, and how long somebody mends that.

use serde::Serialize;

use crate::model::{Block, Ground, Host, Kubeadm, Machines, Outside, State};

/// The cloud and its machines.
#[derive(Serialize)]
pub(super) struct View<'a> {
    project: &'a str,
    zone: &'a str,
    region: &'a str,
    operators: String,
    /// The bucket that OpenTofu keeps its state in; empty for a file.
    bucket: &'a str,
    /// The addresses of the subnet, and whether it is made with the machines.
    addresses: &'a str,
    made: bool,
    kind: &'static str,
    /// What is to be known of that kind.
    note: &'static str,
    version: String,
    patch: &'static str,
    ends: &'static str,
    is_over: bool,
    /// The next version that the model knows, and the minor versions on the way there; empty if there is none.
    newest: String,
    way: Vec<String>,
    control: Machine,
    workers: Vec<Machine>,
    all: Vec<Machine>,
    reserved: Vec<Machine>,
}

/// A machine.
#[derive(Clone, Serialize)]
pub(super) struct Machine {
    pub(super) name: String,
    inside: String,
    /// Its address; a word in its place where Google Cloud chooses it, which `tofu output` tells then.
    pub(super) outside: String,
    is_reserved: bool,
    is_control: bool,
}

pub(super) fn view(machines: &Machines) -> View<'_> {
    let version = machines.version;
    let control = machine(&machines.control, true);
    let workers: Vec<Machine> = machines.workers.iter().map(|host| machine(host, false)).collect();
    let all: Vec<Machine> = std::iter::once(&control).chain(&workers).cloned().collect();
    let operators: Vec<&str> = machines.cloud.operators.iter().map(Block::as_str).collect();
    View {
        project: machines.cloud.project.as_str(),
        zone: machines.cloud.zone.as_str(),
        region: machines.cloud.zone.region(),
        operators: operators.join(", "),
        bucket: match &machines.cloud.state {
            State::Bucket(name) => name.as_str(),
            State::Local => "",
        },
        addresses: machines.ground.addresses().as_str(),
        made: matches!(machines.ground, Ground::Made { .. }),
        kind: machines.kind.name(),
        note: machines.kind.note().unwrap_or_default(),
        version: version.to_string(),
        patch: version.patch(),
        ends: version.ends(),
        is_over: version.is_over(),
        newest: newest(version).map_or_else(String::new, |newest| newest.to_string()),
        way: way(version),
        reserved: all.iter().filter(|one| one.is_reserved).cloned().collect(),
        control,
        workers,
        all,
    }
}

/// The newest version that there is, if it is another one.
fn newest(version: Kubeadm) -> Option<Kubeadm> {
    Kubeadm::ALL.into_iter().next_back().filter(|newest| *newest != version)
}

/// The minor versions from the next one to the newest: Kubernetes skips none.
fn way(version: Kubeadm) -> Vec<String> {
    let minor = |version: Kubeadm| {
        let text = version.to_string();
        text.split_once('.').and_then(|(_, minor)| minor.parse::<u32>().ok())
    };
    let to = newest(version).and_then(minor);
    let (Some(from), Some(to)) = (minor(version), to) else {
        return Vec::new();
    };
    (from + 1..=to).map(|minor| format!("1.{minor}")).collect()
}

fn machine(host: &Host, is_control: bool) -> Machine {
    Machine {
        name: host.name.to_string(),
        inside: host.inside.to_string(),
        outside: match host.outside {
            Outside::Reserved(address) => address.to_string(),
            Outside::Made => "ADDRESS".to_owned(),
        },
        is_reserved: matches!(host.outside, Outside::Reserved(_)),
        is_control,
    }
}
