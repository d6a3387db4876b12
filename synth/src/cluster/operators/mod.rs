//! What runs in the cluster for others: where each is installed from, with which values. What they are made of is their
//! makers' business; that it is what was looked at, the digests say.

mod balancers;
mod external_secrets;
mod falco;
mod gatekeeper;
mod kyverno;
pub(super) mod mesh;
mod prometheus;
mod sealed_secrets;

use serde::Serialize;
use serde_json::{Value as Json, json};

pub(crate) use gatekeeper::CONDITION;
pub(crate) use prometheus::{ALERTMANAGER, DASHBOARDS, GRAFANA_ADMIN};

use super::ROLE;
use super::namespace::{ready, standard};
use crate::k8s::core;
use crate::manifest::{Bundle, Error, Metadata, yaml};
use crate::model::{Digest, Environment, Image, Installed, Operator, System};

/// What an operator is installed from, in the order of installation.
#[derive(Clone, Debug, Serialize)]
pub struct Install {
    /// The name of the chart, and of what is installed.
    pub name: String,
    /// The namespace that it runs in.
    pub namespace: String,
    /// Where its maker publishes the chart.
    pub repository: String,
    /// Its version.
    pub version: String,
    /// The sum of the chart: 64 digits and letters. Without it whoever installs it gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<String>,
    /// Its images, each by its digest if the model says it.
    pub images: Vec<String>,
    /// The images whose digests whoever installs it gives.
    #[serde(skip)]
    pub asked: Vec<String>,
    /// What runs it: the kind as rights name it, the name, and an image of it.
    #[serde(skip)]
    pub running: Vec<(&'static str, String, String)>,
}

/// The lock: everything that is installed, to the byte.
#[must_use]
pub fn lock(system: &System) -> Vec<Install> {
    system.operators().map(install).collect()
}

fn install(installed: Installed<'_>) -> Install {
    let chart = installed.operator.chart();
    let digests = installed.pin.map_or(&[][..], |pin| &pin.images);
    let name = |(at, image): (usize, &Image)| {
        let tag = image.tag.map(|tag| format!(":{tag}")).unwrap_or_default();
        let digest = digests.get(at).map(|digest| format!("@{digest}")).unwrap_or_default();
        format!("{}{tag}{digest}", image.repository)
    };
    let images: Vec<String> = chart.images.iter().enumerate().map(name).collect();
    let running = chart.images.iter().zip(&images);
    let running = running.flat_map(|(image, name)| {
        let deployments = image.deployments.iter().map(|one| ("deployments", *one));
        let on_each = image.on_each.iter().map(|one| ("daemonsets", *one));
        let all = deployments.chain(on_each);
        all.map(|(kind, one)| (kind, one.to_owned(), name.clone()))
    });
    Install {
        running: running.collect(),
        name: chart.name.to_owned(),
        namespace: chart.namespace.to_owned(),
        repository: chart.repository.to_owned(),
        version: chart.version.to_owned(),
        sum: installed.pin.map(|pin| pin.chart.sum().to_owned()),
        asked: match installed.pin {
            None => chart.images.iter().map(|image| image.repository.to_owned()).collect(),
            Some(_) => Vec::new(),
        },
        images,
    }
}

/// The values of each operator in an environment: the name of the chart, and the text.
#[must_use]
pub fn values(system: &System, environment: &Environment) -> Vec<(&'static str, String)> {
    let of = |installed: Installed<'_>| {
        let values = match installed.operator {
            Operator::LoadBalancers => balancers::values(system, environment, installed),
            Operator::MeshKinds => mesh::kinds(),
            Operator::MeshControl => mesh::control(installed),
            Operator::MeshNetwork => mesh::network(installed),
            Operator::MeshTunnel => mesh::tunnel(installed),
            Operator::MeshGateway => mesh::gateway(system, environment, installed),
            Operator::SealedSecrets => sealed_secrets::values(installed),
            Operator::ExternalSecrets => external_secrets::values(system, installed),
            Operator::Gatekeeper => gatekeeper::values(system, installed),
            Operator::Kyverno => kyverno::values(system, environment, installed),
            Operator::Prometheus => prometheus::values(system, installed),
            Operator::Falco => falco::values(system, environment, installed),
        };
        (installed.operator.chart().name, yaml(&values))
    };
    system.operators().map(of).collect()
}

/// The namespaces that are made for operators, if one is.
pub(super) fn namespaces(system: &System) -> Result<Option<Bundle>, Error> {
    let Some(kubernetes) = system.kubernetes() else {
        return Ok(None);
    };
    let mut bundle = Bundle::new(system.namespace(), system.layout());
    for (name, level) in system
        .operators()
        .flat_map(|installed| installed.operator.chart().namespaces)
    {
        let metadata = Metadata::named(name)
            .labelled([("app.kubernetes.io/managed-by".to_owned(), "synth".to_owned())])
            .labelled(standard(*level, kubernetes.version.definitions()))
            .labelled(gatekeeper::ignoring(name))
            // Pods of the gateway are those that the load balancer asks.
            .labelled((system.is_meshed() && *name == system.entry_namespace()).then(|| ready(system)));
        bundle.add(core::Namespace::new(metadata))?;
    }
    Ok((!bundle.objects().is_empty()).then_some(bundle))
}

/// The digest of an image, by its place in the chart; what whoever installs it is to put there, where the model does not say.
fn digest(installed: Installed<'_>, at: usize) -> String {
    told(installed, at, "digest", ToString::to_string)
}

/// The same as charts take it that add the kind of the sum themselves.
fn sum(installed: Installed<'_>, at: usize) -> String {
    told(installed, at, "sum", |digest| digest.sum().to_owned())
}

fn told(installed: Installed<'_>, at: usize, asked: &str, text: impl Fn(&Digest) -> String) -> String {
    let known = installed.pin.and_then(|pin| pin.images.get(at));
    let repository = installed.operator.chart().images[at].repository;
    known.map_or_else(|| format!("${{{asked}:{repository}}}"), text)
}

/// Where an image is kept, and its tag with the digest behind it, as charts take it that know no digests.
fn pinned(installed: Installed<'_>, at: usize) -> (&'static str, String) {
    let image = installed.operator.chart().images[at];
    let tag = image.tag.unwrap_or_default();
    (image.repository, format!("{tag}@{}", digest(installed, at)))
}

/// An image as charts take it that know a repository and a tag.
fn tagged(installed: Installed<'_>, at: usize) -> Json {
    let (repository, tag) = pinned(installed, at);
    json!({ "repository": repository, "tag": tag })
}

/// An image as charts take it that know a registry apart from its repositories.
fn apart(installed: Installed<'_>, at: usize) -> Json {
    let (repository, tag) = pinned(installed, at);
    let (registry, repository) = repository.split_once('/').unwrap_or_default();
    json!({ "registry": registry, "repository": repository, "tag": tag })
}

/// An account that a chart makes, and its role on AWS if it names one itself.
fn with_role(mut account: Json, role: Option<String>) -> Json {
    if let Some(role) = role {
        account["annotations"] = json!({ ROLE: role });
    }
    account
}

/// What is not to run.
fn off() -> Json {
    json!({ "enabled": false })
}

/// What a container asks for and may take at the most. Memory is what it gets: one that grows beyond is started again, and
/// its neighbours are not.
fn resources((asked, most): (&str, &str), memory: &str) -> Json {
    json!({
        "limits": { "cpu": most, "memory": memory },
        "requests": { "cpu": asked, "memory": memory },
    })
}

/// A container that can do nothing but run.
fn bare() -> Json {
    json!({
        "allowPrivilegeEscalation": false,
        "capabilities": { "drop": ["ALL"] },
        "readOnlyRootFilesystem": true,
        "runAsNonRoot": true,
    })
}
