//! What is done with the objects of a cluster, each written once: bringing manifests there, and looking whether it is
//! what they say.

use super::pipeline::Pods;
use super::step::{Cluster, Manifests, Step, Target};
use super::value::Value;

/// What talks to a cluster, and which one.
pub(super) fn connect_to(pods: &Pods, cluster: Value) -> [Step; 2] {
    [
        Step::new("Install kubectl", Cluster::Install(pods.kubectl.clone())),
        Step::new("Connect to the cluster", Cluster::Connect { cluster }),
    ]
}

/// Looks whether operators are what the lock says; nothing where there are none.
pub(super) fn look_at_operators(pods: &Pods, fails: bool) -> Option<Step> {
    let look = Cluster::LookAtOperators {
        operators: pods.operators.clone(),
        lines: pods.lines_of_operators(),
        fails,
    };
    (!pods.operators.is_empty()).then(|| Step::new("Compare the operators with the lock", look))
}

/// Brings manifests into the cluster with an image, or with the one that runs.
pub(super) fn bring(pods: &Pods, manifests: Manifests, image: Option<(Value, Value)>) -> [Step; 3] {
    let target = || Target::of(pods);
    let fill = Cluster::Fill {
        manifests: manifests.clone(),
        target: target(),
        image,
    };
    let apply = Cluster::Apply {
        manifests: manifests.clone(),
        target: target(),
    };
    [
        Step::new("Fill the manifests", fill),
        Step::new("Show what changes in the cluster", Cluster::Diff(manifests)),
        Step::new("Apply the manifests", apply),
    ]
}

/// Compares what is there with the manifests, as they are with the image that runs.
pub(super) fn compare(pods: &Pods, manifests: Manifests, fails: bool) -> [Step; 2] {
    let target = || Target::of(pods);
    let fill = Cluster::Fill {
        manifests: manifests.clone(),
        target: target(),
        image: None,
    };
    let compare = Cluster::Compare {
        manifests,
        target: target(),
        fails,
    };
    [
        Step::new("Fill the manifests", fill),
        Step::new("Compare the objects with the manifests", compare),
    ]
}
