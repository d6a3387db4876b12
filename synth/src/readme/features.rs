//! What there is, feature by feature, and what answers where: read off the stacks, the manifests and the model.

use serde::Serialize;

use super::environments::strategy;
use super::pipeline::release_file;
use super::words::{self, code, list};
use crate::model::{Called, Capacity, Entry, Files, Renderer, Secret, System};
use crate::monitoring::cloudwatch::On;
use crate::render::{Site, Whole};

/// Both tables.
#[derive(Serialize)]
pub(super) struct View {
    features: Vec<Feature>,
    endpoints: Vec<Endpoint>,
    /// The page of the service, where it is in this repository.
    service: String,
}

#[derive(Serialize)]
struct Feature {
    what: &'static str,
    how: String,
}

#[derive(Serialize)]
struct Endpoint {
    what: String,
    asks: String,
    outside: &'static str,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let service = &whole.system.service;
    let own = whole.system.pipeline.renderer == Renderer::Package("synth".to_owned());
    View {
        features: features(whole),
        endpoints: endpoints(whole),
        service: if own {
            format!("../../app/{}/README.md", service.package)
        } else {
            String::new()
        },
    }
}

fn features(whole: &Whole<'_>) -> Vec<Feature> {
    let copies = words::copies(whole.system).to_lowercase();
    let found = [
        ("One image for every environment", Some("built once from a commit, by its digest, without root ([what it must keep](CONTRACT.md))".to_owned())),
        ("Pipeline", Some(pipeline(whole))),
        ("Releases without downtime", Some(releases(whole))),
        ("Scaling", scaling(whole, &copies)),
        ("HTTPS", https(whole)),
        ("Least privilege", Some("each role is computed from what it does, and no key of AWS is stored ([who may do what](#who-may-do-what))".to_owned())),
        ("Registry", registry(whole)),
        ("Secrets", secrets(whole)),
        ("Network", Some(network(whole, &copies))),
        ("Monitoring", Some(monitoring(whole))),
        ("Drift", Some(format!("`{}drift` looks every day whether all is as it is written", whole.pipeline.prefix))),
    ];
    let row = |(what, how): (&'static str, Option<String>)| {
        how.map(|how| Feature {
            what,
            how: words::cell(&how),
        })
    };
    found.into_iter().filter_map(row).collect()
}

fn pipeline(whole: &Whole<'_>) -> String {
    let file = format!("{}{}", whole.pipeline.prefix, release_file(whole.system));
    let branch = &whole.system.owner.github.branch;
    let works = match whole.system.pipeline.files {
        Files::One => "tests, builds, scans, publishes, signs and deploys",
        Files::Several => "builds, scans, publishes, signs and deploys",
    };
    format!("`{file}` {works} each push to `{branch}`")
}

/// The way of all environments, or where the ways of each stand.
fn releases(whole: &Whole<'_>) -> String {
    let way = |site: &Site<'_>| strategy(whole.system, site.environment.strategy);
    let mut ways: Vec<String> = whole.sites.iter().map(way).collect();
    ways.dedup();
    match ways.as_slice() {
        [way] => way.clone(),
        _ => "each environment in its own way, as told below; back by itself when it fails".to_owned(),
    }
}

fn scaling(whole: &Whole<'_>, copies: &str) -> Option<String> {
    let scales = whole
        .sites
        .iter()
        .filter_map(|site| match site.environment.scale.capacity {
            Capacity::Scaling { min, max, .. } => {
                Some(format!("{min} to {max} {copies} in {}, by CPU and memory", site.name()))
            }
            Capacity::Fixed(_) => None,
        });
    let scales: Vec<String> = scales.collect();
    (!scales.is_empty()).then(|| list(&scales))
}

fn https(whole: &Whole<'_>) -> Option<String> {
    let has = |site: &&Site<'_>| matches!(site.environment.entry, Entry::Https { .. });
    let names: Vec<&str> = whole.sites.iter().filter(has).map(Site::name).collect();
    let how = "ends at the load balancer, with a certificate of ACM, TLS 1.2 and 1.3; HTTP is redirected";
    (!names.is_empty()).then(|| format!("in {}: {how}", list(&names)))
}

fn registry(whole: &Whole<'_>) -> Option<String> {
    let mut all = whole.sites.iter().flat_map(|site| site.of_type("AWS::ECR::Repository"));
    let properties = &all.next()?["Properties"];
    let scans = properties["ImageScanningConfiguration"]["ScanOnPush"] == true;
    let fixed = properties["ImageTagMutability"].as_str() == Some("IMMUTABLE");
    let what = [
        (scans, "images are scanned when they are pushed"),
        (fixed, "no tag can be moved"),
    ];
    let what: Vec<&str> = what.into_iter().filter(|(has, _)| *has).map(|(_, what)| what).collect();
    Some(format!("ECR {}: {}", code(whole.system.name.as_str()), list(&what)))
}

/// What a secret is called in the account of any environment.
fn in_any_environment(system: &System, secret: &Secret) -> String {
    match secret.called {
        Called::ByPurpose => format!("{}-ENVIRONMENT-{}", system.name, secret.name),
        Called::ByEnvironment => format!("{}/ENVIRONMENT", system.name),
    }
}

fn secrets(whole: &Whole<'_>) -> Option<String> {
    let secrets = whole
        .system
        .secrets()
        .map(|one| code(&in_any_environment(whole.system, one)));
    let secrets: Vec<String> = secrets.collect();
    if !secrets.is_empty() {
        return Some(format!(
            "{} in Secrets Manager, {}",
            list(&secrets),
            if whole.system.has_only_files() {
                "brought to these pods as files by External Secrets"
            } else {
                "read by these pods alone"
            }
        ));
    }
    let database = whole.system.database()?;
    Some(format!(
        "the passwords of `{}` are in Secrets Manager, and in no file, parameter or log",
        database.name
    ))
}

fn network(whole: &Whole<'_>, copies: &str) -> String {
    let who = if whole.system.is_meshed() {
        "the mesh's gateway"
    } else {
        "the load balancer"
    };
    let measures = whole.system.monitoring.prometheus().map_or("", |_| ", Prometheus");
    let doors = match On::of(whole.system) {
        On::Tasks => "security groups",
        On::Pods => "network policies",
    };
    format!("{copies} stand in private subnets; {doors} let in {who}{measures} and nothing else")
}

fn monitoring(whole: &Whole<'_>) -> String {
    let insights = match On::of(whole.system) {
        On::Tasks => "metrics of ECS and Container Insights",
        On::Pods => "Container Insights of EKS",
    };
    let beside = whole.system.monitoring.prometheus().map_or(
        "",
        |_| "; Prometheus in the cluster, whose Alertmanager tells of the same alerts, and Grafana",
    );
    format!("{insights}; logs; alarms that reach people by SNS when they begin and when they end; a dashboard{beside}")
}

/// What the model knows of: the rest the service's own page tells.
fn endpoints(whole: &Whole<'_>) -> Vec<Endpoint> {
    let service = &whole.system.service;
    let probes = match On::of(whole.system) {
        On::Pods if whole.system.is_meshed() => "the probes of each pod, all the time",
        On::Tasks => "the load balancer and the container's health check, all the time",
        On::Pods => "the load balancer and the probes of each pod, all the time",
    };
    let health = Endpoint {
        what: code(&format!("GET {}", service.health.path)),
        asks: format!("{probes}; 200 says that it works"),
        outside: "yes",
    };
    let smoke = whole.system.pipeline.smoke_paths.iter().map(|path| Endpoint {
        what: code(&format!("GET {path}")),
        asks: "clients, and the pipeline after each release, which fails if it does not answer".to_owned(),
        outside: "yes",
    });
    let hidden = service.hidden.iter().map(|path| Endpoint {
        what: code(&format!("GET {path}")),
        asks: "whoever is inside of the network".to_owned(),
        outside: "no: 404",
    });
    [health].into_iter().chain(smoke).chain(hidden).collect()
}
