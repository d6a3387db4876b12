//! The objects of one cluster that all environments of a system share: what they have in common, what differs, and what only
//! a person applies.
//!
//! `kubectl apply -k` takes each folder: `cluster` a person's, `base` with one of `overlays`, and `monitoring`.

mod base;
mod overlay;
mod person;
mod watching;

pub(crate) use super::scaling::STEADY;
pub(crate) use base::MEASURES;
pub(crate) use overlay::GOING;
pub(crate) use watching::{IMAGES as WATCHING, KEEPS, NODE_PORT, ROOM};

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::pods::PORT;
use crate::k8s::{apps, core};
use crate::manifest::{Bundle, Error, Labels, Layout, Metadata, Name, Object, yaml};
use crate::model::{Machines, Namespace, System};
use crate::monitoring::grafana;

/// A system on machines of its own.
#[derive(Clone, Copy)]
struct Place<'a> {
    system: &'a System,
    machines: &'a Machines,
}

/// What the base has, by which overlays name it.
struct Base {
    deployment: Name<apps::Deployment>,
    objects: Bundle,
}

impl Place<'_> {
    /// The labels of what stands in every environment.
    fn labels(&self) -> Labels {
        Labels::shared(self.system.workload(), self.system.name.as_str())
    }

    /// The labels of an environment.
    fn labels_of(&self, namespace: &Namespace) -> Labels {
        Labels::new(
            self.system.workload(),
            self.system.name.as_str(),
            namespace.name.as_str(),
        )
    }

    fn named(&self, name: &str) -> Metadata {
        Metadata::named(name).labelled(self.labels().all())
    }

    fn described(&self, name: &str, says: &str) -> Metadata {
        self.named(name).annotated("kubernetes.io/description", says)
    }

    /// With the name of the service.
    fn own(&self) -> Metadata {
        self.named(self.system.workload())
    }

    /// The image without tag and digest.
    fn image(&self) -> String {
        format!("docker.io/{}", self.machines.image)
    }
}

/// The files, by their paths from the folder of manifests.
///
/// # Errors
///
/// [`Error`] if two objects have one name.
pub(crate) fn files(system: &System, machines: &Machines) -> Result<BTreeMap<String, String>, Error> {
    let place = Place { system, machines };
    let base = base::expand(place)?;
    let mut files = of_bundle("base", &base.objects, &[]);
    for namespace in &machines.namespaces {
        let (own, patches) = overlay::expand(place, namespace, &base)?;
        let folder = format!("overlays/{}", namespace.name);
        let mut kustomization = overlay::kustomization(place, namespace);
        let resources = ["../../base".to_owned()].into_iter().chain(names(&own));
        kustomization["resources"] = resources.collect();
        kustomization["patches"] = patches.iter().map(|(path, _)| json!({ "path": path })).collect();
        files.insert(format!("{folder}/kustomization.yaml"), yaml(&kustomization));
        for (name, text) in own.files() {
            files.insert(format!("{folder}/{name}"), text);
        }
        for (path, patch) in patches {
            files.insert(format!("{folder}/{path}"), yaml(&patch));
        }
    }
    files.extend(person::files(place)?);
    files.extend(watching::files(place)?);
    Ok(files)
}

/// What a deployment applies, each object in its namespace.
///
/// # Errors
///
/// [`Error`] if two objects have one name.
pub(crate) fn applied(system: &System, machines: &Machines) -> Result<Vec<Object>, Error> {
    let place = Place { system, machines };
    let base = base::expand(place)?;
    let mut all = Vec::new();
    for namespace in &machines.namespaces {
        let (own, _) = overlay::expand(place, namespace, &base)?;
        for (_, object) in base.objects.objects().into_iter().chain(own.objects()) {
            let mut object = object.clone();
            object.json["metadata"]["namespace"] = namespace.name.as_str().into();
            all.push(object);
        }
    }
    Ok(all)
}

/// The dashboard for Grafana, if there is a Prometheus to ask.
#[must_use]
pub(crate) fn dashboard(system: &System, machines: &Machines) -> Option<Json> {
    let prometheus = system.monitoring.prometheus()?;
    grafana::of_machines(system, machines, prometheus)
}

/// The files of a folder with its kustomization.
fn of_bundle(folder: &str, bundle: &Bundle, beside: &[&str]) -> BTreeMap<String, String> {
    let mut kustomization = empty();
    let beside = beside.iter().map(|&name| name.to_owned());
    kustomization["resources"] = names(bundle).into_iter().chain(beside).collect();
    let own = bundle.files().into_iter();
    let own = own.chain([("kustomization.yaml".to_owned(), yaml(&kustomization))]);
    own.map(|(name, text)| (format!("{folder}/{name}"), text)).collect()
}

/// The files of a bundle.
fn names(bundle: &Bundle) -> Vec<String> {
    bundle.files().into_iter().map(|(name, _)| name).collect()
}

/// A kustomization of nothing yet.
fn empty() -> Json {
    json!({
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
    })
}

/// What a patch is about, and what it says.
fn patch(api_version: &str, kind: &str, name: &str, says: Json) -> Json {
    let mut patch = Map::new();
    patch.insert("apiVersion".into(), api_version.into());
    patch.insert("kind".into(), kind.into());
    patch.insert("metadata".into(), json!({ "name": name }));
    if let Json::Object(says) = says {
        patch.extend(says);
    }
    Json::Object(patch)
}

/// A bundle whose files have the names that people look for.
fn bundle(namespace: &str) -> Bundle {
    Bundle::new(namespace, Layout::Kustomized)
}

/// The port of the Service.
const SERVICE_PORT: i64 = 80;

/// A Service that leads to pods by the name of their port.
fn service_port() -> core::ServicePort {
    core::ServicePort {
        name: Some(PORT.into()),
        protocol: Some(core::ServicePortProtocol::Tcp),
        target_port: Some(PORT.into()),
        ..core::ServicePort::new(SERVICE_PORT)
    }
}
