//! What a system runs on.

use super::check::Here;
use super::{
    Bootstrap, Egress, Eks, Endpoint, Environment, Identity, Machines, Mesh, NodeGroup, Nodes, Pin, Runtime, Seconds,
    Signatures, Strategy, System, Version, nodes,
};
use crate::manifest::Layout;

/// What a system runs on. What only one platform has stands inside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Containers without machines, on ECS.
    Fargate,
    /// Pods of a cluster that speaks Kubernetes.
    Kubernetes(Kubernetes),
    /// Pods of one cluster on machines of our own, which all environments share.
    Machines(Box<Machines>),
}

/// A cluster, and the language that its manifests are written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kubernetes {
    /// The version that the cluster has, and that every manifest is checked against.
    pub version: Version,
    /// Whose cluster it is.
    pub cluster: Cluster,
    /// Which of its objects stand in one file.
    pub layout: Layout,
    /// Who looks at what comes into its namespaces.
    pub admission: Admission,
    /// What is asked of an image before it runs.
    pub signatures: Signatures,
    /// Who looks at what its containers do.
    pub runtime: Runtime,
    /// How what nobody else may know comes into it.
    pub bootstrap: Bootstrap,
    /// Who says of a call in it who makes it.
    pub mesh: Mesh,
    /// What is installed of the operators that it needs.
    pub pins: Vec<Pin>,
}

/// Who looks at what comes into a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// The API server itself: pods are of the restricted standard.
    PodSecurity,
    /// Gatekeeper as well: images are of the system's registry and named by their digests, containers are limited, pods are
    /// labelled and have an account of their own without a token.
    Gatekeeper,
}

/// Whose cluster it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cluster {
    /// One in each environment, which AWS runs.
    Eks(Eks),
}

impl Kubernetes {
    /// The newest version on EKS Auto Mode, which GitHub's own runners reach.
    #[must_use]
    pub const fn eks() -> Self {
        Self {
            version: Version::V1_36,
            cluster: Cluster::Eks(Eks {
                nodes: Nodes::Auto,
                endpoint: Endpoint::Public {
                    because: "the runners that deploy have no addresses of their own; every call is signed, and the \
                              cluster says what each caller may do",
                },
                identity: Identity::HandedOut,
            }),
            layout: Layout::ByKind,
            admission: Admission::PodSecurity,
            signatures: Signatures::Unchecked,
            runtime: Runtime::Unwatched,
            bootstrap: Bootstrap::ByHand,
            mesh: Mesh::None,
            pins: Vec::new(),
        }
    }

    /// The same on machines of a group, with every guard that there is.
    #[must_use]
    pub fn guarded(group: NodeGroup) -> Self {
        Self {
            admission: Admission::Gatekeeper,
            signatures: Signatures::Keyless,
            runtime: Runtime::Falco,
            bootstrap: Bootstrap::Sealed,
            mesh: Mesh::Ambient,
            ..Self::eks().on(group, [])
        }
    }

    /// The same on machines of a group, with what is installed of the operators that they need.
    #[must_use]
    pub fn on(self, group: NodeGroup, pins: impl IntoIterator<Item = Pin>) -> Self {
        let Cluster::Eks(eks) = self.cluster;
        Self {
            cluster: Cluster::Eks(Eks {
                nodes: Nodes::Group(group),
                ..eks
            }),
            pins: self.pins.into_iter().chain(pins).collect(),
            ..self
        }
    }

    /// The same with pods that come so by what they may do on AWS.
    #[must_use]
    pub fn identified(self, identity: Identity) -> Self {
        let Cluster::Eks(eks) = self.cluster;
        Self {
            cluster: Cluster::Eks(Eks { identity, ..eks }),
            ..self
        }
    }
}

impl System {
    /// Its cluster, if it runs on one.
    #[must_use]
    pub fn kubernetes(&self) -> Option<&Kubernetes> {
        match &self.platform {
            Platform::Fargate | Platform::Machines(_) => None,
            Platform::Kubernetes(kubernetes) => Some(kubernetes),
        }
    }

    /// The machines that it runs on, if they are its own.
    #[must_use]
    pub fn machines(&self) -> Option<&Machines> {
        match &self.platform {
            Platform::Fargate | Platform::Kubernetes(_) => None,
            Platform::Machines(machines) => Some(machines),
        }
    }

    /// Whether it runs in pods, whoever's the cluster is.
    #[must_use]
    pub fn is_of_pods(&self) -> bool {
        match self.platform {
            Platform::Fargate => false,
            Platform::Kubernetes(_) | Platform::Machines(_) => true,
        }
    }

    /// How long the service itself goes on taking requests after it was told to stop: a pod waits before it is told, so that
    /// its program need not.
    #[must_use]
    pub fn own_drain(&self) -> Seconds {
        match self.platform {
            Platform::Fargate => self.service.drain_delay(),
            Platform::Kubernetes(_) | Platform::Machines(_) => Seconds(0),
        }
    }

    /// Which of its objects stand in one file.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.kubernetes().map_or(Layout::ByKind, |kubernetes| kubernetes.layout)
    }

    /// The machines of its cluster, if they are a group.
    #[must_use]
    pub fn node_group(&self) -> Option<NodeGroup> {
        let Cluster::Eks(eks) = self.kubernetes()?.cluster;
        match eks.nodes {
            Nodes::Auto => None,
            Nodes::Group(group) => Some(group),
        }
    }

    /// What the objects of the service are called in its cluster.
    #[must_use]
    pub fn workload(&self) -> &str {
        self.service
            .called
            .as_ref()
            .map_or(self.name.as_str(), |name| name.as_str())
    }

    /// The namespace of an environment: each has a cluster of its own, so that it has the system's name.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.name.as_str()
    }

    /// Looks at what a cluster does not do.
    pub(super) fn check_platform(&self, here: &mut Here<'_>) {
        if let Some(machines) = self.machines() {
            return self.check_machines(machines, here);
        }
        let Some(kubernetes) = self.kubernetes() else {
            if let Some(name) = &self.service.called {
                let help = "leave it out: a service of Fargate is called as its system is";
                here.refuse(
                    "Service.called",
                    name,
                    "names objects of a cluster, and there is none",
                    help,
                );
            }
            return;
        };
        if let Some(database) = self.database() {
            let help = "keep it on Fargate";
            here.refuse(
                "System.stores",
                &database.name,
                "is not rendered beside a cluster",
                help,
            );
        }
        self.check_mesh(here);
        self.check_operators(here);
        self.check_guards(kubernetes, here);
        for environment in &self.environments {
            let mut here = here.at(environment.name.place());
            check_environment(environment, &mut here);
            nodes::check(self, environment, &mut here);
        }
    }
}

impl System {
    /// What needs an account of AWS has no place beside machines of our own.
    fn check_machines(&self, machines: &Machines, here: &mut Here<'_>) {
        machines.check(self, here);
        for environment in &self.environments {
            let help = "make it a Namespace of the machines";
            here.at(environment.name.place()).refuse(
                "System.environments",
                &environment.name,
                "stands in an account of AWS",
                help,
            );
        }
        for store in &self.stores {
            let help = "keep it outside, and give the service its address";
            here.refuse("System.stores", store.name(), "is made on AWS only", help);
        }
        if !self.overrides.is_empty() || !self.additions.is_empty() {
            let help = "take it out";
            here.refuse(
                "System.overrides",
                &self.name,
                "has no template that this changes",
                help,
            );
        }
    }
}

fn check_environment(environment: &Environment, here: &mut Here<'_>) {
    if environment.strategy != Strategy::Rolling {
        let help = "use Strategy::Rolling";
        here.refuse(
            "Environment.strategy",
            &environment.name,
            "is not a way that a Deployment has",
            help,
        );
    }
    if environment.network().egress == Egress::Endpoints {
        let problem = "has no way to what nodes of EKS need of AWS";
        here.refuse("Network.egress", &environment.name, problem, "use a NAT gateway");
    }
}
