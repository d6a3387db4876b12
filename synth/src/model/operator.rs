//! Programs that run in a cluster for others, as their makers publish them.

use super::check::Here;
use super::{Asks, Chart, Digest, Reaches, System, chart, mesh_chart};

/// A program that runs in a cluster for others. Which of them a system has follows from its other choices. They are
/// installed in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    /// Makes load balancers for what comes in: the AWS Load Balancer Controller.
    LoadBalancers,
    /// The kinds of a mesh: Istio's.
    MeshKinds,
    /// Says who is who in a mesh, and which way calls take: Istio's istiod.
    MeshControl,
    /// Leads calls of pods into the mesh, on each machine: Istio's plug-in for the network.
    MeshNetwork,
    /// Encrypts calls and lets in whom policies name, on each machine: Istio's ztunnel.
    MeshTunnel,
    /// Takes what comes in from outside: a gateway of Istio.
    MeshGateway,
    /// Opens what was sealed for the cluster: Sealed Secrets.
    SealedSecrets,
    /// Brings secrets of the account into a namespace: External Secrets.
    ExternalSecrets,
    /// Looks at what comes into a namespace: Gatekeeper.
    Gatekeeper,
    /// Asks who signed an image: Kyverno.
    Kyverno,
    /// Measures, tells and shows: Prometheus, Alertmanager and Grafana, with what measures pods and machines for them.
    Prometheus,
    /// Looks at what containers do: Falco.
    Falco,
}

/// What an operator is, to the byte: another chart or another image under the same version is not installed. Without one
/// whoever installs it gives the sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Which operator.
    pub operator: Operator,
    /// The sum of its chart, as `helm pull` brings it.
    pub chart: Digest,
    /// That of each of its images, in the order of [`Chart::images`].
    pub images: Vec<Digest>,
}

/// An operator of a system, and what is known of it to the byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Installed<'a> {
    /// Which operator.
    pub operator: Operator,
    /// What it is, if the model says so.
    pub pin: Option<&'a Pin>,
}

impl Operator {
    /// All there are.
    pub const ALL: [Self; 12] = [
        Self::LoadBalancers,
        Self::MeshKinds,
        Self::MeshControl,
        Self::MeshNetwork,
        Self::MeshTunnel,
        Self::MeshGateway,
        Self::SealedSecrets,
        Self::ExternalSecrets,
        Self::Gatekeeper,
        Self::Kyverno,
        Self::Prometheus,
        Self::Falco,
    ];

    /// What it is installed from: the one table of charts and versions.
    #[must_use]
    pub fn chart(self) -> &'static Chart {
        match self {
            Self::LoadBalancers => &chart::LOAD_BALANCERS,
            Self::MeshKinds => &mesh_chart::MESH_KINDS,
            Self::MeshControl => &mesh_chart::MESH_CONTROL,
            Self::MeshNetwork => &mesh_chart::MESH_NETWORK,
            Self::MeshTunnel => &mesh_chart::MESH_TUNNEL,
            Self::MeshGateway => &mesh_chart::MESH_GATEWAY,
            Self::SealedSecrets => &chart::SEALED_SECRETS,
            Self::ExternalSecrets => &chart::EXTERNAL_SECRETS,
            Self::Gatekeeper => &chart::GATEKEEPER,
            Self::Kyverno => &chart::KYVERNO,
            Self::Prometheus => &chart::PROMETHEUS,
            Self::Falco => &chart::FALCO,
        }
    }

    /// What it asks each machine for, beside what all of it does: a part of it runs on every one.
    #[must_use]
    pub fn asks_each(self) -> Asks {
        match self {
            Self::Falco => Asks {
                cpu: 100,
                memory: 512,
                pods: 1,
            },
            Self::MeshNetwork => Asks {
                cpu: 50,
                memory: 128,
                pods: 1,
            },
            Self::MeshTunnel => Asks {
                cpu: 100,
                memory: 256,
                pods: 1,
            },
            // Its agent is in what every machine keeps.
            _ => Asks::default(),
        }
    }

    /// Whether a system has it.
    fn is_of(self, system: &System) -> bool {
        match self {
            Self::LoadBalancers => system.node_group().is_some(),
            Self::MeshKinds | Self::MeshControl | Self::MeshNetwork | Self::MeshTunnel | Self::MeshGateway => {
                system.is_meshed()
            }
            Self::SealedSecrets => system.is_sealed(),
            Self::ExternalSecrets => system.secrets_that(Reaches::AsFiles).next().is_some(),
            Self::Gatekeeper => system.has_policies(),
            Self::Kyverno => system.checks_signatures(),
            Self::Prometheus => system.monitoring.prometheus().is_some(),
            Self::Falco => system.watches_runtime(),
        }
    }
}

impl Pin {
    /// An operator with one image.
    #[must_use]
    pub fn new(operator: Operator, chart: Digest, image: Digest) -> Self {
        Self {
            operator,
            chart,
            images: vec![image],
        }
    }
}

impl System {
    /// The operators that it has, in the order in which they are installed.
    pub fn operators(&self) -> impl Iterator<Item = Installed<'_>> {
        let kubernetes = self.kubernetes().into_iter();
        kubernetes.flat_map(|kubernetes| {
            let all = Operator::ALL.into_iter().filter(|operator| operator.is_of(self));
            all.map(|operator| Installed {
                operator,
                pin: kubernetes.pins.iter().find(|pin| pin.operator == operator),
            })
        })
    }

    /// Looks whether what is said of operators is said of those that it has, and once.
    pub(super) fn check_operators(&self, here: &mut Here<'_>) {
        let pins = self.kubernetes().map_or(&[][..], |kubernetes| &kubernetes.pins);
        for operator in Operator::ALL {
            let chart = operator.chart();
            let pinned: Vec<&Pin> = pins.iter().filter(|pin| pin.operator == operator).collect();
            match (operator.is_of(self), pinned.as_slice()) {
                (_, []) => {}
                (true, [pin]) => check_pin(chart, pin, here),
                (true, _) => here.refuse("Kubernetes.pins", chart.name, "is pinned twice", "leave one Pin"),
                (false, _) => {
                    let problem = "is pinned, and nothing here needs it";
                    here.refuse("Kubernetes.pins", chart.name, problem, "take the Pin out");
                }
            }
        }
    }
}

fn check_pin(chart: &Chart, pin: &Pin, here: &mut Here<'_>) {
    here.text("Pin.chart", &pin.chart);
    for image in &pin.images {
        here.text("Pin.images", image);
    }
    if pin.images.len() != chart.images.len() {
        let images: Vec<&str> = chart.images.iter().map(|image| image.repository).collect();
        here.refuse(
            "Pin.images",
            &pin.images.len(),
            "is not the number of images that the chart runs",
            &format!(
                "give the digest of each, as `deploy.sh sums` prints it: {}",
                images.join(", ")
            ),
        );
    }
}
