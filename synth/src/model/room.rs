//! What the cluster itself asks of machines, before an environment has anything.

use super::{Machines, Monitoring};

/// Thousandths of a CPU, and MiB.
pub type Room = (u32, u32);

/// What Flannel's two containers ask for on each machine; kubeadm's kube-proxy asks for nothing.
pub const NETWORK: Room = (200, 100);

/// What metrics-server asks for.
pub const METRICS: Room = (100, 200);

/// What the two pods of `CoreDNS` ask for, as kubeadm makes them
/// (<https://github.com/kubernetes/kubernetes/blob/v1.36.2/cmd/kubeadm/app/phases/addons/dns/manifests.go>). They may stand on
/// the control plane's machine; they are counted, since they move to a worker when that one is drained.
pub const NAMES: Room = (200, 140);

/// What Prometheus, Alertmanager and kube-state-metrics ask for.
pub const WATCHING: Room = (320, 960);

/// What node-exporter asks for on each machine.
pub const WATCHING_EACH: Room = (20, 64);

/// What the cluster asks of its workers.
pub(super) fn of_cluster(machines: &Machines, monitoring: &Monitoring) -> Room {
    let workers = u32::try_from(machines.workers.len()).unwrap_or(u32::MAX);
    let watched = monitoring.prometheus().is_some();
    let (once, each) = if watched {
        (WATCHING, WATCHING_EACH)
    } else {
        ((0, 0), (0, 0))
    };
    let sum = |of: fn(Room) -> u32| {
        let on_each = of(NETWORK) + of(each);
        on_each
            .saturating_mul(workers)
            .saturating_add(of(METRICS) + of(NAMES) + of(once))
    };
    (sum(|room| room.0), sum(|room| room.1))
}
