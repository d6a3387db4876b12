//! The values of kube-prometheus-stack.

use serde_json::{Value as Json, json};

use super::super::namespace::MEMBER;
use super::{bare, digest, off, resources, sum};
use crate::model::{Chart, Installed, Operator, System};
use crate::monitoring::prometheus::alertmanager;

/// The secret that holds whom Alertmanager tells; it is made of the file that says so.
pub(crate) const ALERTMANAGER: &str = "alertmanager-routes";

/// The secret with the name and the password of Grafana's first user.
pub(crate) const GRAFANA_ADMIN: &str = "grafana-admin";

/// How many Alertmanagers there are.
const TELLERS: u32 = 2;

/// Where they answer, one by one: what is told to one, the other does not learn of.
pub(super) fn alertmanagers() -> String {
    let Chart { name, namespace, .. } = Operator::Prometheus.chart();
    let one = |at| format!("http://alertmanager-{name}-alertmanager-{at}.alertmanager-operated.{namespace}:9093");
    (0..TELLERS).map(one).collect::<Vec<_>>().join(",")
}

/// What Grafana finds dashboards by.
pub(crate) const DASHBOARDS: &str = "grafana_dashboard";

/// The kinds that are counted: those that alerts and dashboards tell of.
const COLLECTORS: [&str; 10] = [
    "daemonsets",
    "deployments",
    "horizontalpodautoscalers",
    "jobs",
    "namespaces",
    "nodes",
    "poddisruptionbudgets",
    "pods",
    "replicasets",
    "statefulsets",
];

/// The places of its images in the chart.
const OPERATOR: usize = 0;
const RELOADER: usize = 1;
const PROMETHEUS: usize = 2;
const TELLER: usize = 3;
const GRAFANA: usize = 4;
const SIDECAR: usize = 5;
const STATE: usize = 6;
const NODES: usize = 7;

/// Prometheus with its operator, Alertmanager and Grafana
/// (<https://github.com/prometheus-community/helm-charts/blob/kube-prometheus-stack-88.5.3/charts/kube-prometheus-stack/values.yaml>).
/// Its rules and dashboards are those of the model; what AWS runs is not asked, since nobody could.
pub(super) fn values(system: &System, installed: Installed<'_>) -> Json {
    json!({
        "crds": { "enabled": true },
        "defaultRules": { "create": false },
        "kubeApiServer": off(),
        "kubeControllerManager": off(),
        "kubeEtcd": off(),
        "kubeProxy": off(),
        "kubeScheduler": off(),
        "coreDns": off(),
        "prometheusOperator": operator(installed),
        "prometheus": { "prometheusSpec": prometheus(system, installed) },
        "alertmanager": { "alertmanagerSpec": teller(system, installed) },
        "grafana": grafana(installed),
        "kube-state-metrics": {
            // Alone of all this chart puts what it is given behind an `@`.
            "image": { "sha": digest(installed, STATE) },
            "containerSecurityContext": bare(),
            // It tells of what runs; what stands in secrets and settings it need not read.
            "collectors": COLLECTORS,
            "resources": resources(("20m", "200m"), "128Mi"),
        },
        // It looks at the machine, which no restricted pod may.
        "prometheus-node-exporter": {
            "namespaceOverride": "node-exporter",
            "image": { "digest": digest(installed, NODES) },
            "resources": resources(("20m", "200m"), "64Mi"),
        },
    })
}

/// The checks of its web hook are those that the rules have passed before they are committed.
fn operator(installed: Installed<'_>) -> Json {
    json!({
        "image": { "sha": sum(installed, OPERATOR) },
        "prometheusConfigReloader": {
            "image": { "sha": sum(installed, RELOADER) },
            "resources": resources(("10m", "100m"), "64Mi"),
        },
        "admissionWebhooks": off(),
        "tls": off(),
        "containerSecurityContext": bare(),
        "resources": resources(("50m", "200m"), "128Mi"),
    })
}

/// Two that know the same, on two machines: what one forgets when it is moved, the other knows. What must be known for longer
/// than they keep it stands in `CloudWatch`.
fn prometheus(system: &System, installed: Installed<'_>) -> Json {
    let mut spec = json!({
        "image": { "sha": sum(installed, PROMETHEUS) },
        "replicas": 2,
        "podAntiAffinity": "hard",
        "retention": "7d",
        "retentionSize": "8GB",
        "storageSpec": { "emptyDir": { "sizeLimit": "10Gi" } },
        "resources": resources(("250m", "1"), "2Gi"),
        // Objects are chosen by their kind, wherever they are.
        "podMonitorSelectorNilUsesHelmValues": false,
        "probeSelectorNilUsesHelmValues": false,
        "ruleSelectorNilUsesHelmValues": false,
        "scrapeConfigSelectorNilUsesHelmValues": false,
        "serviceMonitorSelectorNilUsesHelmValues": false,
    });
    if system.is_meshed() {
        // Pods that take calls of the mesh only let nobody else measure them.
        spec["podMetadata"] = json!({ "labels": { MEMBER[0]: MEMBER[1] } });
    }
    spec
}

fn teller(system: &System, installed: Installed<'_>) -> Json {
    json!({
        "image": { "sha": sum(installed, TELLER) },
        "replicas": TELLERS,
        "podAntiAffinity": "hard",
        "useExistingSecret": true,
        "configSecret": ALERTMANAGER,
        "secrets": [alertmanager::secret(system)],
        "resources": resources(("20m", "200m"), "128Mi"),
    })
}

/// What it shows is in `ConfigMap`s; it keeps nothing itself.
fn grafana(installed: Installed<'_>) -> Json {
    let namespace = installed.operator.chart().namespace;
    json!({
        "fullnameOverride": "grafana",
        "image": { "sha": sum(installed, GRAFANA) },
        "admin": { "existingSecret": GRAFANA_ADMIN, "userKey": "user", "passwordKey": "password" },
        "defaultDashboardsEnabled": false,
        "initChownData": off(),
        "persistence": off(),
        "testFramework": off(),
        "rbac": { "namespaced": true },
        "service": { "port": 80 },
        "containerSecurityContext": bare(),
        "resources": resources(("50m", "500m"), "1Gi"),
        "extraEmptyDirMounts": [scratch()],
        "sidecar": {
            "image": { "sha": sum(installed, SIDECAR) },
            "securityContext": bare(),
            "resources": resources(("20m", "200m"), "128Mi"),
            "dashboards": { "enabled": true, "label": DASHBOARDS, "labelValue": "1", "searchNamespace": namespace, "extraMounts": [scratch()] },
            "datasources": { "enabled": true, "searchNamespace": namespace, "extraMounts": [scratch()] },
        },
        "grafana.ini": {
            "analytics": { "check_for_updates": false, "check_for_plugin_updates": false, "reporting_enabled": false },
            "news": { "news_feed_enabled": false },
            // Nothing is fetched at a start that nobody looked at.
            "plugins": { "plugin_admin_enabled": false, "preinstall_auto_update": false, "preinstall_disabled": true },
            "snapshots": { "external_enabled": false },
            "users": { "allow_sign_up": false },
        },
    })
}

/// Where a program that can write nothing else puts what it unpacks.
fn scratch() -> Json {
    json!({ "name": "tmp", "mountPath": "/tmp" })
}
