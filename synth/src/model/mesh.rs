//! A mesh: who says of a call in a cluster who makes it.

use super::check::Here;
use super::{Operator, System};

/// Who says of a call in a cluster who makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mesh {
    /// Nobody: only the policies of the network say whose pods may call which, and calls are not encrypted.
    None,
    /// Istio in its ambient mode: a program on each machine encrypts what pods say to each other and proves for whom it
    /// speaks. Pods take calls of nobody else, and requests come in by a gateway that is of the mesh. It changes the network
    /// of pods on their machines, so that these must be a group.
    Ambient,
}

impl System {
    /// Whether a mesh says who calls whom in its cluster.
    #[must_use]
    pub fn is_meshed(&self) -> bool {
        self.kubernetes().is_some_and(|one| one.mesh == Mesh::Ambient)
    }

    /// The namespace that requests come in by: that of the gateway where there is a mesh, and the system's own otherwise.
    #[must_use]
    pub fn entry_namespace(&self) -> &str {
        if self.is_meshed() {
            Operator::MeshGateway.chart().namespace
        } else {
            self.namespace()
        }
    }

    /// Looks whether a cluster can have the mesh that it is told to have.
    pub(super) fn check_mesh(&self, here: &mut Here<'_>) {
        if self.is_meshed() && self.node_group().is_none() {
            let problem = "changes the network of pods on their machines, which Auto Mode lets nobody do";
            let help = "put it on machines of a group with Kubernetes::on, or use Mesh::None";
            here.refuse("Kubernetes.mesh", "Ambient", problem, help);
        }
    }
}
