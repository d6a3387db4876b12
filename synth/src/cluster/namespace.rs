//! The namespace, and what nothing in it may exceed.

use std::collections::BTreeMap;

use super::Place;
use super::pods::resources;
use crate::k8s::core;
use crate::manifest::{Bundle, Error, Metadata, Quantity};
use crate::model::{Amounts, Environment, Standard, System};
use crate::schema::kubernetes;

/// Pods take so much more for a while when a new version comes: one more, and those that are on their way out.
const SURGE: u32 = 2;

/// How many pods there may be: as many as scaling may start, those of a new version beside them, and those of a zone that
/// is away. They count until the cluster knows that they have ended, which is longer than others may be waited for.
pub(crate) fn most(environment: &Environment) -> u32 {
    let most = environment.scale.capacity.most();
    most + SURGE + most.div_ceil(environment.network().zones.count())
}

/// The label that makes pods, or all pods of a namespace, part of the mesh.
pub(crate) const MEMBER: [&str; 2] = ["istio.io/dataplane-mode", "ambient"];

pub(super) fn expand(place: Place<'_>, bundle: &mut Bundle) -> Result<(), Error> {
    let Some(kubernetes) = place.system.kubernetes() else {
        return Ok(());
    };
    let namespace = Metadata::named(place.system.namespace())
        .labelled(place.labels().all())
        .labelled(standard(Standard::Restricted, kubernetes.version.definitions()))
        .labelled([if place.system.is_meshed() {
            (MEMBER[0].to_owned(), MEMBER[1].to_owned())
        } else {
            ready(place.system)
        }]);
    bundle.add(core::Namespace::new(namespace))?;
    bundle.add(core::ResourceQuota::new(place.own(), quota(place)))?;
    bundle.add(core::LimitRange::new(place.own(), limits(exactly(place))))?;
    Ok(())
}

/// That pods take requests only when the load balancer knows them (Amazon EKS user guide, "Create an `IngressClass` to
/// configure an Application Load Balancer"; AWS Load Balancer Controller, "Pod readiness gate").
pub(super) fn ready(system: &System) -> (String, String) {
    let group = match system.node_group() {
        None => "eks.amazonaws.com",
        Some(_) => "elbv2.k8s.aws",
    };
    (format!("{group}/pod-readiness-gate-inject"), "enabled".to_owned())
}

/// What the API server refuses pods of a namespace by, warns of and writes down (Kubernetes, "Pod Security Standards").
pub(super) fn standard(level: Standard, version: kubernetes::Version) -> BTreeMap<String, String> {
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

fn quota(place: Place<'_>) -> core::ResourceQuotaSpec {
    let pods = most(place.environment);
    core::ResourceQuotaSpec {
        hard: Some(hard(pods, size(place), size(place))),
        ..Default::default()
    }
}

/// So many pods of a size, and what leads in is not made here.
pub(super) fn hard(pods: u32, limit: (u32, u32), request: (u32, u32)) -> BTreeMap<String, Quantity> {
    BTreeMap::from([
        ("limits.cpu".to_owned(), Quantity::Cpu(limit.0 * pods)),
        ("limits.memory".to_owned(), Quantity::Memory(limit.1 * pods)),
        ("pods".to_owned(), Quantity::Count(pods)),
        ("requests.cpu".to_owned(), Quantity::Cpu(request.0 * pods)),
        ("requests.memory".to_owned(), Quantity::Memory(request.1 * pods)),
        ("services.loadbalancers".to_owned(), Quantity::Count(0)),
        ("services.nodeports".to_owned(), Quantity::Count(0)),
    ])
}

/// What a container gets that says nothing, and the most that one may ask for.
pub(super) fn limits(amounts: Amounts) -> core::LimitRangeSpec {
    let resources = resources(amounts);
    let container = core::LimitRangeItem {
        default: resources.limits.clone(),
        default_request: resources.requests,
        max: resources.limits,
        ..core::LimitRangeItem::new(core::LimitRangeItemType::Container)
    };
    core::LimitRangeSpec::new(vec![container])
}

/// The size of a pod in thousandths of a CPU and MiB: 1,024 units are one CPU.
pub(super) fn size(place: Place<'_>) -> (u32, u32) {
    let size = place.environment.scale.size;
    (size.cpu() * 1000 / 1024, size.memory())
}

/// The same as what is kept for a pod and the most that it may use.
pub(super) fn exactly(place: Place<'_>) -> Amounts {
    let (cpu, memory) = size(place);
    Amounts::exactly(cpu, memory)
}
