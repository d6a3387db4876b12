//! Machines of our own, on which one cluster stands that all environments share.

use std::net::Ipv4Addr;

use super::check::Here;
use super::{Block, Cloud, Files, HostName, HubImage, Kubeadm, Namespace, Pipeline, Scrutiny, System};

/// The addresses of pods, which Flannel's own configuration has and kubeadm is told
/// (<https://github.com/flannel-io/flannel/blob/v0.28.9/Documentation/kubernetes.md>).
pub const PODS: &str = "10.244.0.0/16";

/// The addresses of Services.
pub const SERVICES: &str = "10.96.0.0/12";

/// One cluster on machines of Google Cloud that are made for it. An environment is a namespace of it, and a branch leads to
/// each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machines {
    /// The version of Kubernetes, which kubeadm installs.
    pub version: Kubeadm,
    /// Where images are kept, and from where machines pull them.
    pub image: HubImage,
    /// Where they stand, and who looks after them.
    pub cloud: Cloud,
    /// The network that they stand in.
    pub ground: Ground,
    /// What kind of machines they are.
    pub kind: Kind,
    /// The machine that the API server, its store, the scheduler and the controllers run on.
    pub control: Host,
    /// Those that pods run on.
    pub workers: Vec<Host>,
    /// Who may ask the machine of the control plane for a deployment. A key proves who it is, and runs one command.
    pub deploys: Open,
    /// The environments, in the order in which a change reaches them.
    pub namespaces: Vec<Namespace>,
}

/// The network that machines stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// One of their own.
    Made {
        /// The addresses of its one subnet.
        addresses: Block,
    },
    /// One that is there.
    Existing {
        /// Its name.
        network: HostName,
        /// The name of the subnet in the region of the machines.
        subnet: HostName,
        /// The addresses of that subnet.
        addresses: Block,
    },
}

/// A kind of machine of Google Cloud with two CPUs and 4 GiB, which is what kubeadm asks for at least: two CPUs, 2 GiB
/// (<https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Two CPUs and 4 GiB of its own.
    E2Custom2Cpus4Gib,
    /// Two CPUs that it shares: it has one of them in the long run, and 4 GiB
    /// (<https://cloud.google.com/compute/docs/general-purpose-machines#e2-shared-core>).
    E2Medium,
}

/// A machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name.
    pub name: HostName,
    /// Its address inside of the network.
    pub inside: Ipv4Addr,
    /// Its address outside of it.
    pub outside: Outside,
}

/// The address of a machine outside of its network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// One that Google Cloud chooses when it is made, and that stays.
    Made,
    /// One that was reserved before under the machine's name. That it is this one is looked at before anything is made.
    Reserved(Ipv4Addr),
}

/// Whom something is open to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// To the operators only.
    ToOperators,
    /// To everybody, with the reason why.
    ToAnybody {
        /// The reason; it is rendered beside every check that objects.
        because: &'static str,
    },
}

impl Kind {
    /// As Google Cloud names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::E2Custom2Cpus4Gib => "e2-custom-2-4096",
            Self::E2Medium => "e2-medium",
        }
    }

    /// What is to be known of it, if there is something.
    #[must_use]
    pub fn note(self) -> Option<&'static str> {
        match self {
            Self::E2Custom2Cpus4Gib => None,
            Self::E2Medium => Some(
                "its two CPUs are shared with others: in the long run it has one of them, and what runs on it gets slower when \
                 it asks for more",
            ),
        }
    }

    /// Its thousandths of a CPU and MiB that pods may ask for, beside what the system and the kubelet keep; what the cluster
    /// itself asks for of them is in [`room`](super::room).
    #[must_use]
    pub fn left(self) -> (u32, u32) {
        // A tenth of a CPU and 400 MiB are kept by the kubelet's configuration, 100 MiB before which it evicts.
        (1_900, 3_596)
    }
}

impl Ground {
    /// The addresses of its subnet.
    #[must_use]
    pub fn addresses(&self) -> &Block {
        match self {
            Self::Made { addresses } | Self::Existing { addresses, .. } => addresses,
        }
    }
}

impl Open {
    /// To GitHub's own runners, which come from anywhere.
    #[must_use]
    pub const fn to_runners() -> Self {
        Self::ToAnybody {
            because: "GitHub's own runners have no addresses of their own; the key that they show runs one command",
        }
    }
}

impl Host {
    /// A machine with an address inside of its network, and one outside that was reserved before under its name.
    #[must_use]
    #[track_caller]
    pub fn reserved(name: &str, inside: impl Into<Ipv4Addr>, outside: impl Into<Ipv4Addr>) -> Self {
        Self {
            name: HostName::new(name),
            inside: inside.into(),
            outside: Outside::Reserved(outside.into()),
        }
    }
}

impl Machines {
    /// Machines with two CPUs of their own, in a network of their own, with the newest version; nobody but the operators
    /// reaches them, and they have no environments yet.
    #[must_use]
    pub fn new(image: HubImage, cloud: Cloud, control: Host, workers: Vec<Host>) -> Self {
        Self {
            version: Kubeadm::V1_36,
            image,
            cloud,
            ground: Ground::Made {
                addresses: Block::new("10.160.0.0/20"),
            },
            kind: Kind::E2Custom2Cpus4Gib,
            control,
            workers,
            deploys: Open::ToOperators,
            namespaces: Vec::new(),
        }
    }

    /// All machines, the control plane's first.
    pub fn hosts(&self) -> impl Iterator<Item = &Host> {
        std::iter::once(&self.control).chain(&self.workers)
    }

    pub(super) fn check(&self, system: &System, here: &mut Here<'_>) {
        here.text("Machines.image", &self.image);
        self.cloud.check(here);
        self.check_ground(here);
        self.check_hosts(here);
        if let Open::ToAnybody { because } = self.deploys {
            here.sentence("Open.because", because);
        }
        Namespace::check_all(&self.namespaces, system, self, here);
        check_pipeline(&system.pipeline, here);
    }

    fn check_ground(&self, here: &mut Here<'_>) {
        let subnet = self.ground.addresses();
        here.text("Ground.addresses", subnet);
        for (whose, taken) in [("pods", PODS), ("Services", SERVICES)] {
            // A machine sends what goes to such an address into the cluster, so it never reaches another machine.
            if subnet.is_fine() && subnet.overlaps(&Block::new(taken)) {
                let help = format!(
                    "choose a block outside of {taken}, such as 10.160.0.0/20: the cluster's {whose} have those"
                );
                here.refuse("Ground.addresses", subnet, "has addresses of the cluster's own", &help);
            }
        }
        if let Ground::Existing { network, subnet, .. } = &self.ground {
            here.text("Ground.network", network);
            here.text("Ground.subnet", subnet);
        }
    }

    fn check_hosts(&self, here: &mut Here<'_>) {
        if self.workers.is_empty() {
            let help = "add a Host: pods run beside the control plane on no machine";
            here.refuse("Machines.workers", "no machine", "runs no pods", help);
        }
        let hosts: Vec<&Host> = self.hosts().collect();
        for (index, host) in hosts.iter().enumerate() {
            here.text("Host.name", &host.name);
            let before = &hosts[..index];
            if before.iter().any(|other| other.name.as_str() == host.name.as_str()) {
                here.refuse(
                    "Host.name",
                    &host.name,
                    "stands twice",
                    "give each machine its own name",
                );
            }
            if before.iter().any(|other| other.inside == host.inside) {
                let help = "give each machine its own address";
                here.refuse("Host.inside", &host.inside, "is the address of two machines", help);
            }
            let subnet = self.ground.addresses();
            if subnet.is_fine() && !subnet.gives(host.inside) {
                let help = format!("use one of {subnet} but its first two and its last two, which Google Cloud keeps");
                here.refuse(
                    "Host.inside",
                    &host.inside,
                    "is no address that its subnet gives",
                    &help,
                );
            }
        }
    }
}

/// The pipeline of machines has one shape.
fn check_pipeline(pipeline: &Pipeline, here: &mut Here<'_>) {
    if pipeline.files == Files::Several {
        let help = "say `Files::One`: a commit's whole way stands in `ci-cd.yaml`";
        here.refuse("Pipeline.files", &"Several", "are not what machines have", help);
    }
    if let Some(development) = &pipeline.development {
        let help = "make it the branch of a Namespace";
        here.refuse(
            "Pipeline.development",
            &development.branch,
            "leads to no environment",
            help,
        );
    }
    if pipeline.scrutiny != Scrutiny::Usual {
        let help = "say `Scrutiny::Usual`";
        here.refuse("Pipeline.scrutiny", &"Thorough", "is not rendered for machines", help);
    }
}
