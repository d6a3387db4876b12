//! The namespace, and what nothing in it may exceed.

use std::collections::BTreeMap;

use super::Place;
use crate::k8s::core;
use crate::manifest::{Bundle, Error, Metadata, Quantity};
use crate::model::{Kubernetes, Standard, Version};

/// Pods take so much more for a while when a new version comes: one more, and those that are on their way out.
pub(crate) const SURGE: u32 = 2;

pub(super) fn expand(place: Place<'_>, bundle: &mut Bundle) -> Result<(), Error> {
    let Some(kubernetes) = place.system.kubernetes() else {
        return Ok(());
    };
    let namespace = Metadata::named(place.system.namespace())
        .labelled(place.labels().all())
        .labelled(admission(place, kubernetes));
    bundle.add(core::Namespace::new(namespace))?;
    bundle.add(core::ResourceQuota::new(place.own(), quota(place)))?;
    bundle.add(core::LimitRange::new(place.own(), limits(place)))?;
    Ok(())
}

/// What the API server refuses pods by (Kubernetes, "Pod Security Standards"), and that pods take requests only when the
/// load balancer knows them (Amazon EKS user guide, "Create an `IngressClass` to configure an Application Load Balancer";
/// AWS Load Balancer Controller, "Pod readiness gate").
fn admission(place: Place<'_>, kubernetes: &Kubernetes) -> BTreeMap<String, String> {
    let group = match place.system.node_group() {
        None => "eks.amazonaws.com",
        Some(_) => "elbv2.k8s.aws",
    };
    let mut labels = standard(Standard::Restricted, kubernetes.version);
    labels.insert(format!("{group}/pod-readiness-gate-inject"), "enabled".to_owned());
    labels
}

/// What the API server refuses pods of a namespace by, warns of and writes down.
pub(super) fn standard(level: Standard, version: Version) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    for mode in ["enforce", "audit", "warn"] {
        labels.insert(format!("pod-security.kubernetes.io/{mode}"), level.name().to_owned());
        labels.insert(
            format!("pod-security.kubernetes.io/{mode}-version"),
            format!("v{version}"),
        );
    }
    labels
}

/// As many pods as scaling may start, and those of a new version beside them.
fn quota(place: Place<'_>) -> core::ResourceQuotaSpec {
    let pods = place.environment.scale.capacity.most() + SURGE;
    let (cpu, memory) = size(place);
    let hard = BTreeMap::from([
        ("limits.cpu".to_owned(), Quantity::Cpu(cpu * pods)),
        ("limits.memory".to_owned(), Quantity::Memory(memory * pods)),
        ("pods".to_owned(), Quantity::Count(pods)),
        ("requests.cpu".to_owned(), Quantity::Cpu(cpu * pods)),
        ("requests.memory".to_owned(), Quantity::Memory(memory * pods)),
        ("services.loadbalancers".to_owned(), Quantity::Count(0)),
        ("services.nodeports".to_owned(), Quantity::Count(0)),
    ]);
    core::ResourceQuotaSpec {
        hard: Some(hard),
        ..Default::default()
    }
}

/// What a container gets that says nothing, and the most that one may ask for.
fn limits(place: Place<'_>) -> core::LimitRangeSpec {
    let (cpu, memory) = size(place);
    let amounts = || {
        Some(BTreeMap::from([
            ("cpu".to_owned(), Quantity::Cpu(cpu)),
            ("memory".to_owned(), Quantity::Memory(memory)),
        ]))
    };
    let container = core::LimitRangeItem {
        default: amounts(),
        default_request: amounts(),
        max: amounts(),
        ..core::LimitRangeItem::new(core::LimitRangeItemType::Container)
    };
    core::LimitRangeSpec::new(vec![container])
}

/// The size of a pod in thousandths of a CPU and MiB: 1,024 units are one CPU.
pub(super) fn size(place: Place<'_>) -> (u32, u32) {
    let size = place.environment.scale.size;
    (size.cpu() * 1000 / 1024, size.memory())
}
