//! What both languages say of one thing.

mod access;
mod balancer;
mod names;
mod placeholder;
mod role;
mod secret;
mod target;
mod watch;

pub(super) use access::bound;
pub(super) use balancer::{Balancer, balancers};
pub(super) use names::{Names, is_slip, named};
pub(super) use placeholder::{Output, Placeholder, placeholders, texts};
pub(super) use role::{Assumed, assumed};
pub(super) use secret::{Wanted, wanted};
pub(super) use target::{Bound, bindings};
pub(super) use watch::{Seen, Watch};

use crate::checks::Set;
use crate::read::manifest::{Namespace, Pods};

/// Whether the templates make a cluster.
pub(super) fn has_cluster(set: &Set<'_>) -> bool {
    set.of("AWS::EKS::Cluster").next().is_some()
}

/// Whether the manifests say of pods that they run in a namespace.
pub(super) fn has_pods(set: &Set<'_>, namespace: &str) -> bool {
    let said = |pods: &Pods<'_>| pods.object.namespace() == Namespace::Said(namespace);
    set.manifests.pods().iter().any(said)
}
