//! What only a person applies: the namespaces, with what nothing in them may exceed.

use std::collections::BTreeMap;

use super::{Place, empty};
use crate::cluster::namespace::{hard, limits, standard};
use crate::k8s::core;
use crate::manifest::{Bundle, Error, Layout, Metadata, Quantity, documents, yaml};
use crate::model::{Namespace, Standard};

/// The files of its folder: one for each namespace.
pub(super) fn files(place: Place<'_>) -> Result<BTreeMap<String, String>, Error> {
    let mut files = BTreeMap::new();
    let mut resources = Vec::new();
    for namespace in &place.machines.namespaces {
        let bundle = of_namespace(place, namespace)?;
        let objects = bundle.objects();
        let name = format!("{}.yaml", namespace.name);
        let text = documents(objects.iter().map(|(_, object)| &object.json));
        files.insert(format!("cluster/{name}"), text);
        resources.push(name);
    }
    let mut kustomization = empty();
    kustomization["resources"] = resources.into();
    files.insert("cluster/kustomization.yaml".to_owned(), yaml(&kustomization));
    Ok(files)
}

fn of_namespace(place: Place<'_>, namespace: &Namespace) -> Result<Bundle, Error> {
    let name = namespace.name.as_str();
    let mut all = Bundle::new(name, Layout::ByKind);
    let labels = place.labels_of(namespace).all();
    let named = |name: &str| Metadata::named(name).labelled(labels.clone());
    let level = standard(Standard::Restricted, place.machines.version.definitions());
    let own = named(name)
        .labelled(level)
        .annotated("kubernetes.io/description", namespace.purpose.as_str());
    all.add(core::Namespace::new(own))?;
    let quota = core::ResourceQuotaSpec {
        hard: Some(quota(namespace)),
        ..Default::default()
    };
    all.add(core::ResourceQuota::new(named(place.system.workload()), quota))?;
    let limits = limits(namespace.amounts);
    all.add(core::LimitRange::new(named(place.system.workload()), limits))?;
    Ok(all)
}

/// All pods that there may be, and the one port of machines.
fn quota(namespace: &Namespace) -> BTreeMap<String, Quantity> {
    let amounts = namespace.amounts;
    let mut hard = hard(
        namespace.most(),
        (amounts.cpu.most(), amounts.memory.most()),
        (amounts.cpu.least(), amounts.memory.least()),
    );
    hard.insert("services.nodeports".to_owned(), Quantity::Count(1));
    hard
}
