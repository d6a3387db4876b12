//! The cluster: what is applied to it and by whom, how a person gets there, what it may grow to, how it is kept new.

use serde::Serialize;

use super::environments::machines;
use super::words::list;
use crate::cluster::{MEMBER, PROMETHEUS};
use crate::model::{Admission, Capacity, Cluster, Eks, Endpoint, Entry, Keeping, Nodes, Runtime, Signatures, System};
use crate::render::{Site, Whole, from_page, manifest_folder};
use crate::resources::{OPERATOR, READER};
use crate::workflow::pipeline::Applied;

/// The section, and the page of what a person does there.
#[derive(Serialize)]
pub(super) struct View {
    version: String,
    /// The day on which the standard support of that version ends.
    until: &'static str,
    kubectl: &'static str,
    namespace: String,
    /// That of the Ingress.
    entry: String,
    /// What says who calls whom, if something does.
    mesh: Option<Mesh>,
    /// Of the Deployment, its Service and its Ingress.
    name: String,
    /// Whether AWS chooses and replaces the machines.
    auto: bool,
    /// What they are.
    machines: String,
    /// Why everybody may ask the API.
    public: &'static str,
    environments: Vec<Environment>,
    files: Vec<File>,
    secrets: Vec<Secret>,
    /// Whether pods have them as files.
    synced: bool,
    /// Who looks at what is applied, beside the API server; empty if nobody does.
    admission: &'static str,
    /// Who asks who signed an image; empty if nobody does.
    signatures: &'static str,
    /// Who looks at what containers do; empty if nobody does.
    runtime: &'static str,
    /// Whether pods scale somewhere.
    scales: bool,
}

/// A mesh.
#[derive(Serialize)]
struct Mesh {
    /// The account that Prometheus must have; empty without it.
    measures: &'static str,
    /// The label that makes pods part of it.
    member: String,
}

#[derive(Serialize)]
struct Environment {
    name: String,
    region: String,
    cluster: String,
    /// The folder of its manifests, from the root of the repository and from where the page stands.
    folder: String,
    link: String,
    operator: String,
    reader: String,
    /// Where it answers; empty for the load balancer's own name.
    url: String,
    /// The most pods that there may be, and what a quota lets run beside them.
    most: u32,
    quota: u32,
    scales: bool,
    /// Whether the load balancer and the cluster are protected from deletion.
    keeps: bool,
    /// What its secrets are called in the account.
    secrets: Vec<String>,
}

/// A file of manifests, the same in every environment that has it.
#[derive(Serialize)]
struct File {
    name: String,
    what: &'static str,
    by: &'static str,
    environments: String,
}

/// A secret that a person gives.
#[derive(Serialize)]
struct Secret {
    variable: String,
    /// The JSON that it holds, without its values; empty for a text that only the service understands.
    form: String,
    environments: Vec<OfEnvironment>,
}

/// A secret in an environment.
#[derive(Serialize)]
struct OfEnvironment {
    region: String,
    name: String,
}

pub(super) fn view(whole: &Whole<'_>) -> Option<View> {
    let system = whole.system;
    let kubernetes = system.kubernetes()?;
    let Cluster::Eks(Eks { nodes, endpoint, .. }) = kubernetes.cluster;
    let Endpoint::Public { because } = endpoint;
    let environments: Vec<Environment> = whole.sites.iter().map(|site| environment(system, site)).collect();
    Some(View {
        version: kubernetes.version.to_string(),
        until: kubernetes.version.supported_until(),
        kubectl: kubernetes.version.kubectl(),
        namespace: system.namespace().to_owned(),
        entry: system.entry_namespace().to_owned(),
        mesh: system.is_meshed().then(|| Mesh {
            measures: system.monitoring.prometheus().map_or("", |_| PROMETHEUS),
            member: MEMBER.join(": "),
        }),
        name: system.workload().to_owned(),
        auto: nodes == Nodes::Auto,
        machines: machines(kubernetes),
        public: because,
        scales: environments.iter().any(|one| one.scales),
        files: files(whole),
        secrets: secrets(system),
        synced: system.has_only_files(),
        admission: match kubernetes.admission {
            Admission::PodSecurity => "",
            Admission::Gatekeeper => "Gatekeeper",
        },
        signatures: match kubernetes.signatures {
            Signatures::Unchecked => "",
            Signatures::Keyless => "Kyverno",
        },
        runtime: match kubernetes.runtime {
            Runtime::Unwatched => "",
            Runtime::Falco => "Falco",
        },
        environments,
    })
}

fn environment(system: &System, site: &Site<'_>) -> Environment {
    let environment = site.environment;
    let capacity = environment.scale.capacity;
    let role = |role: &str| environment.account().role(&system.named(environment, role));
    Environment {
        name: site.name().to_owned(),
        region: environment.account().region.as_str().to_owned(),
        cluster: system.cluster(environment),
        link: from_page(system, &manifest_folder(system, environment)).to_owned(),
        folder: manifest_folder(system, environment),
        operator: role(OPERATOR),
        reader: role(READER),
        url: match environment.entry {
            Entry::Https { .. } => system.url(environment).unwrap_or_default(),
            Entry::Http { .. } => String::new(),
        },
        most: capacity.most(),
        quota: crate::cluster::most(environment),
        scales: matches!(capacity, Capacity::Scaling { .. }),
        keeps: environment.keeping == Keeping::Keep,
        secrets: system.secrets().map(|one| system.secret(environment, one)).collect(),
    }
}

fn secrets(system: &System) -> Vec<Secret> {
    let secret = |one: &crate::model::Secret| {
        let environments = system.environments.iter().map(|environment| OfEnvironment {
            region: environment.account().region.to_string(),
            name: system.secret(environment, one),
        });
        let keys: Vec<String> = one.keys.iter().map(|key| format!("\"{key}\":\"…\"")).collect();
        Secret {
            variable: one.variable(),
            form: if keys.is_empty() {
                String::new()
            } else {
                format!("{{{}}}", keys.join(","))
            },
            environments: environments.collect(),
        }
    };
    system.secrets().map(secret).collect()
}

/// Every file of manifests once, in the order of application.
fn files(whole: &Whole<'_>) -> Vec<File> {
    let applied = whole.pipeline.first.pods().map(|pods| Applied::files(&pods.applied));
    let applied = applied.unwrap_or_default();
    let mut names: Vec<&String> = whole
        .sites
        .iter()
        .flat_map(|site| site.manifests.files.iter().map(|(name, _)| name))
        .collect();
    names.sort_unstable();
    names.dedup();
    let file = |name: &String| {
        let has = |site: &&Site<'_>| site.manifests.files.iter().any(|(other, _)| other == name);
        let here: Vec<&str> = whole.sites.iter().filter(has).map(Site::name).collect();
        File {
            name: name.clone(),
            what: about(name),
            by: if applied.contains(&name.as_str()) {
                "the pipeline"
            } else {
                "a person"
            },
            environments: list(&here),
        }
    };
    names.into_iter().map(file).collect()
}

/// What a kind is for, by the name of its file.
fn about(file: &str) -> &'static str {
    let kind = file.split_once('-').map_or(file, |(_, kind)| kind);
    match kind.trim_end_matches(".yaml") {
        "rbac" => {
            "what the pipeline and its reviews may do in the namespace, computed from their steps, and the groups that have it"
        }
        "autoscaling" => "how many pods there are, and that machines are replaced one pod at a time",
        "namespace" => "the namespace, which admits only pods of the restricted standard",
        "resourcequota" => "the most that all pods may take, so that a mistake has an end",
        "limitrange" => "the most that a container may take",
        "serviceaccount" => "the account of the pods, without rights in the cluster and without a token",
        "role" => "what the pipeline and its reviews may do in the namespace, computed from their steps",
        "rolebinding" => "the groups that have it; AWS maps GitHub's roles to them",
        "ingressclassparams" => "whom the load balancer is for, and its certificate",
        "ingressclass" => "that EKS makes the load balancer",
        "configmap" => "the settings of the service",
        "network-policy" | "networkpolicy" => "who may talk to the pods, and to whom they may",
        "service" => "the pods under one name",
        "ingress" => "the way in: the load balancer is made for it",
        "poddisruptionbudget" => "that machines are replaced one pod at a time",
        "peerauthentication" => "that pods take calls of the mesh, and no others",
        "authorizationpolicy" => "who may call the pods, by the account that he proves to have",
        "gateway" => "what the gateway of the mesh takes",
        "virtualservice" => "which way it goes from there",
        "deployment" => "the pods: image, size, probes, how they stop",
        "horizontalpodautoscaler" => "how many pods there are",
        _ => "more",
    }
}
