//! What of the script is only of pods: the manifests, and what is installed before them.

use serde::Serialize;

use crate::cluster::{self, Applied, Beside};
use crate::model::Operator;
use crate::monitoring::prometheus::alertmanager;
use crate::render::{Whole, cluster_folder, grafana_file};
use crate::workflow::pipeline;

/// What is only of pods of EKS.
#[derive(Serialize)]
pub(super) struct Pods<'a> {
    namespace: &'a str,
    /// That of the Ingress.
    entry: &'a str,
    /// How it is asked for: as everything is that stands in the namespace, or in another.
    ask_entry: String,
    /// The folder of what the cluster takes, as a word of the shell.
    folder: &'static str,
    /// The parameters that tell the alarms which load balancer it is.
    load_balancer: &'a str,
    target_group: &'a str,
    /// The paths that must answer after a release, in one line.
    smoke_paths: String,
    /// What only a person applies, in order: the rest is the pipeline's.
    by_hand: Vec<String>,
    /// What the pipeline applies, too, in order.
    applied: Vec<&'a str>,
    /// What is installed for others, before all that.
    operators: Vec<Line>,
    /// The files that are applied before that, from the folder.
    before: Vec<&'static str>,
    /// Those that are applied after it.
    after: Vec<After>,
    /// What opens what was sealed.
    sealing: Option<Sealing>,
    /// What Alertmanager and Grafana are told.
    telling: Option<Telling>,
    /// The condition by which Gatekeeper looks at what comes into one namespace.
    condition: Option<&'static str>,
}

/// An operator.
#[derive(Serialize)]
struct Line {
    /// What it is installed from.
    from: cluster::Install,
    /// The sum of its chart; a hyphen where whoever installs it gives it.
    sum: String,
    /// The images whose digests he gives, too.
    asked: Vec<String>,
}

impl Line {
    fn of(from: cluster::Install) -> Self {
        Self {
            sum: from.sum.clone().unwrap_or_else(|| "-".to_owned()),
            asked: from.asked.clone(),
            from,
        }
    }
}

/// A file that is applied after the operators.
#[derive(Serialize)]
struct After {
    path: &'static str,
    /// Whether what is applied next is of kinds that it makes.
    makes_kinds: bool,
}

/// What opens what was sealed: its installation and its namespace.
#[derive(Serialize)]
struct Sealing {
    name: &'static str,
    namespace: &'static str,
    /// The keys of what is sealed, in one line.
    keys: String,
}

/// What Alertmanager and Grafana are told, and by which objects.
#[derive(Serialize)]
struct Telling {
    namespace: &'static str,
    /// What a person gives.
    secret: String,
    /// The secret that holds the file of routes.
    routes: &'static str,
    file: &'static str,
    /// The file of the dashboard, from the folder.
    dashboard: String,
    /// What Grafana finds dashboards by, and the secret of its first user.
    label: &'static str,
    admin: &'static str,
}

impl<'a> Pods<'a> {
    pub(super) fn of(whole: &Whole<'_>, pods: &'a pipeline::Pods) -> Self {
        let [load_balancer, target_group] = pods.parameters;
        let applied = pipeline::Applied::files(&pods.applied);
        Self {
            namespace: &pods.namespace,
            entry: &pods.entry,
            ask_entry: if pods.entry == pods.namespace {
                "kube".to_owned()
            } else {
                format!("kubectl --namespace {}", pods.entry)
            },
            folder: if whole.sites.len() == 1 {
                "$folder"
            } else {
                "$folder/$environment"
            },
            load_balancer,
            target_group,
            smoke_paths: pods.smoke_paths.join(" "),
            by_hand: by_hand(whole, &applied),
            applied,
            operators: cluster::lock(whole.system).into_iter().map(Line::of).collect(),
            before: beside(whole)
                .filter(|file| file.applied == Applied::BeforeOperators)
                .map(|file| file.path)
                .collect(),
            after: after(whole),
            sealing: sealing(whole),
            telling: telling(whole),
            condition: whole.system.has_policies().then_some(cluster::CONDITION),
        }
    }
}

/// What stands beside the manifests: the same in every environment.
fn beside<'a>(whole: &'a Whole<'_>) -> impl Iterator<Item = &'a Beside> {
    whole.sites.first().into_iter().flat_map(|site| &site.beside)
}

fn after(whole: &Whole<'_>) -> Vec<After> {
    let after = beside(whole).filter(|file| matches!(file.applied, Applied::AfterOperators | Applied::MakesKinds));
    let after = after.map(|file| After {
        path: file.path,
        makes_kinds: file.applied == Applied::MakesKinds,
    });
    after.collect()
}

fn sealing(whole: &Whole<'_>) -> Option<Sealing> {
    let prometheus = whole.system.monitoring.prometheus()?;
    let chart = Operator::SealedSecrets.chart();
    let keys: Vec<&str> = alertmanager::keys(prometheus).into_iter().collect();
    whole.system.is_sealed().then(|| Sealing {
        name: chart.name,
        namespace: chart.namespace,
        keys: keys.join(" "),
    })
}

fn telling(whole: &Whole<'_>) -> Option<Telling> {
    whole.system.monitoring.prometheus()?;
    let site = whole.sites.first()?;
    let folder = cluster_folder(whole.system, site.environment) + "/";
    let dashboard = grafana_file(whole.system, site.environment);
    Some(Telling {
        namespace: Operator::Prometheus.chart().namespace,
        secret: alertmanager::secret(whole.system),
        routes: cluster::ALERTMANAGER,
        file: cluster::ROUTES,
        dashboard: dashboard.strip_prefix(&folder).unwrap_or(&dashboard).to_owned(),
        label: cluster::DASHBOARDS,
        admin: cluster::GRAFANA_ADMIN,
    })
}

/// The manifests that the pipeline does not apply.
fn by_hand(whole: &Whole<'_>, applied: &[&str]) -> Vec<String> {
    let first = whole.sites.first().into_iter();
    let names = first.flat_map(|site| &site.manifests.files).map(|(name, _)| name);
    names
        .filter(|name| !applied.contains(&name.as_str()))
        .cloned()
        .collect()
}
