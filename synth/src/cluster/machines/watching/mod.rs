//! What measures all environments of a cluster, tells of it and keeps it for a while: plain Prometheus and Alertmanager, without an
//! operator, what counts objects, and what looks at each machine.

mod flows;
mod program;
mod programs;
mod rights;
mod told;

pub(crate) use programs::IMAGES;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::base::MEASURES;
use super::{Place, empty};
use crate::cluster::namespace::standard;
use crate::cluster::policy::{NOTHING, closed};
use crate::cluster::waivers::{Checker, Waived, waived};
use crate::k8s::{core, meta};
use crate::manifest::{Bundle, Error, Layout, Metadata, documents, yaml};
use crate::model::{NodePort, Standard};
use crate::monitoring::prometheus::alertmanager;

/// The namespace of what looks at machines: it may see them, so that nothing else stands there.
const OF_MACHINES: &str = "node-exporter";

/// The port under which each machine answers for Prometheus.
pub(crate) const NODE_PORT: NodePort = crate::node_port!(30090);

/// What checks object to in the namespaces.
const NO_QUOTA: Waived<'_> = (
    Checker::Trivy,
    &["KSV-0039", "KSV-0040"],
    "Nothing stands in it but what is rendered here, each container with a limit of its own",
);
const LOOSER: Waived<'_> = (
    Checker::PodSecurity,
    &["privileged"],
    "What stands in it sees the files of its machine, which it measures",
);

/// How long Prometheus remembers, and how much of it at the most.
pub(crate) const KEEPS: (&str, &str) = ("7d", "4GB");

/// How much room it has for that, and for what it has not put together yet.
pub(crate) const ROOM: u32 = 6 * 1024;

/// Where each of them answers.
const PROMETHEUS: i64 = 9090;
const ALERTMANAGER: i64 = 9093;
const STATE: i64 = 8080;
const MACHINES: i64 = 9100;

/// Where the kubelet of each machine tells what containers use.
const KUBELET: i64 = 10250;

/// The files, by their paths from the folder of manifests; nothing where nobody measures.
pub(super) fn files(place: Place<'_>) -> Result<BTreeMap<String, String>, Error> {
    let Some(prometheus) = place.system.monitoring.prometheus() else {
        return Ok(BTreeMap::new());
    };
    let (namespace, _) = MEASURES;
    let own = || Bundle::new(namespace, Layout::ByKind);
    let (mut of_prometheus, mut of_state, mut teller) = (own(), own(), own());
    let mut of_machines = Bundle::new(OF_MACHINES, Layout::ByKind);
    programs::measures(place, &mut of_prometheus)?;
    programs::counts(place, &mut of_state)?;
    programs::tells(place, &mut teller)?;
    programs::looks(place, &mut of_machines)?;
    let mut spaces = own();
    namespaces(place, &mut spaces)?;
    let all = [
        ("namespaces", spaces),
        ("prometheus", of_prometheus),
        ("alertmanager", teller),
        ("kube-state-metrics", of_state),
        ("node-exporter", of_machines),
    ];
    let mut kustomization = empty();
    let resources = all.iter().map(|(name, _)| format!("{name}.yaml"));
    kustomization["resources"] = resources.collect();
    kustomization["configMapGenerator"] = configurations(namespace);
    let text = |bundle: &Bundle| documents(bundle.objects().into_iter().map(|(_, object)| &object.json));
    let mut files: BTreeMap<String, String> = all
        .iter()
        .map(|(name, bundle)| (format!("{name}.yaml"), text(bundle)))
        .collect();
    files.insert("kustomization.yaml".to_owned(), yaml(&kustomization));
    files.insert("prometheus.yml".to_owned(), yaml(&told::prometheus(place, prometheus)));
    files.insert("rules.yml".to_owned(), yaml(&told::rules(place, prometheus)));
    let routes = alertmanager::configuration(place.system, prometheus);
    files.insert("alertmanager.yml".to_owned(), yaml(&routes));
    let files = files.into_iter();
    Ok(files.map(|(name, text)| (format!("monitoring/{name}"), text)).collect())
}

/// What Prometheus and Alertmanager are told, as objects whose names follow from what they hold.
fn configurations(namespace: &str) -> Json {
    let because = "Addresses and a name are no secrets; what it signs in with stands in files of a secret";
    let told = waived(Metadata::default(), &[(Checker::Trivy, &["KSV-01010"], because)]).annotations;
    json!([
        { "name": "prometheus", "namespace": namespace, "files": ["prometheus.yml", "rules.yml"] },
        {
            "name": "alertmanager", "namespace": namespace, "files": ["alertmanager.yml"],
            "options": { "annotations": told },
        },
    ])
}

fn namespaces(place: Place<'_>, bundle: &mut Bundle) -> Result<(), Error> {
    let (own, _) = MEASURES;
    let spaces: [(_, _, &[Waived<'_>]); 2] = [
        (own, Standard::Restricted, &[NO_QUOTA]),
        (OF_MACHINES, Standard::Privileged, &[NO_QUOTA, LOOSER]),
    ];
    for (name, level, waivers) in spaces {
        let metadata = waived(Metadata::named(name), waivers)
            .labelled(labels(place, name))
            .labelled(standard(level, place.machines.version.definitions()));
        bundle.add(core::Namespace::new(metadata))?;
        bundle.add_in(name, closed(described(place, "default-deny", NOTHING)))?;
    }
    Ok(())
}

fn labels(place: Place<'_>, name: &str) -> [(String, String); 3] {
    [
        ("app.kubernetes.io/name", name),
        ("app.kubernetes.io/managed-by", "synth"),
        ("app.kubernetes.io/part-of", place.system.name.as_str()),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
}

/// What an object says of itself.
fn named(place: Place<'_>, name: &str) -> Metadata {
    Metadata::named(name).labelled(labels(place, name))
}

fn described(place: Place<'_>, name: &str, says: &str) -> Metadata {
    named(place, name).annotated("kubernetes.io/description", says)
}

fn selector(name: &str) -> meta::LabelSelector {
    meta::LabelSelector {
        match_labels: Some([("app.kubernetes.io/name".to_owned(), name.to_owned())].into()),
        ..Default::default()
    }
}

/// What leads to a program; by a port of each machine, if one is given.
fn service(place: Place<'_>, name: &str, port: i64, node: Option<NodePort>) -> core::Service {
    let ports = core::ServicePort {
        name: Some("http".into()),
        node_port: node.map(|node| node.number().into()),
        protocol: Some(core::ServicePortProtocol::Tcp),
        target_port: Some("http".into()),
        ..core::ServicePort::new(port)
    };
    let spec = core::ServiceSpec {
        ports: Some(vec![ports]),
        selector: selector(name).match_labels,
        r#type: Some(match node {
            None => core::ServiceSpecType::ClusterIp,
            Some(_) => core::ServiceSpecType::NodePort,
        }),
        ..Default::default()
    };
    let because = "Operators reach it under a port of the machines, which is open to nobody else";
    let own = match node {
        None => named(place, name),
        Some(_) => waived(named(place, name), &[(Checker::Synth, &["open-node-port"], because)]),
    };
    core::Service::new(own, spec)
}
