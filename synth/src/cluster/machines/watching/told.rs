//! What Prometheus is told: whom to ask, and when to tell whom
//! (<https://prometheus.io/docs/prometheus/latest/configuration/configuration/>).

use serde_json::{Value as Json, json};

use super::{ALERTMANAGER, MACHINES, OF_MACHINES, PROMETHEUS, Place, STATE};
use crate::cluster::machines::base::MEASURES;
use crate::model::Prometheus;
use crate::monitoring::prometheus::rules::{self, Rule, SYSTEM};

/// Where a pod finds who it is, and whose signature the API server's certificate has.
const ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// The figures of containers that are kept: those that alerts and dashboards ask for.
const OF_CONTAINERS: &str =
    "container_(cpu_usage_seconds_total|memory_working_set_bytes|network_(receive|transmit)_bytes_total)";

pub(super) fn prometheus(place: Place<'_>, prometheus: &Prometheus) -> Json {
    let every = format!("{}s", prometheus.every.0);
    let (namespace, _) = MEASURES;
    let at = |name: &str, port: i64| json!([{ "targets": [format!("{name}.{namespace}.svc:{port}")] }]);
    json!({
        "global": {
            "scrape_interval": every,
            "scrape_timeout": format!("{}s", prometheus.every.0.min(10)),
            "evaluation_interval": every,
        },
        "rule_files": ["/etc/prometheus/rules.yml"],
        "alerting": { "alertmanagers": [{ "static_configs": at("alertmanager", ALERTMANAGER) }] },
        "scrape_configs": [
            pods(place),
            containers(),
            {
                "job_name": "kube-state-metrics",
                // What it tells of another's pod is that pod's, not its own.
                "honor_labels": true,
                "static_configs": at("kube-state-metrics", STATE),
            },
            machines(),
            { "job_name": "prometheus", "static_configs": [{ "targets": [format!("localhost:{PROMETHEUS}")] }] },
            { "job_name": "alertmanager", "static_configs": at("alertmanager", ALERTMANAGER) },
        ],
    })
}

/// Each pod behind the Service is asked by itself.
fn pods(place: Place<'_>) -> Json {
    let names = place
        .machines
        .namespaces
        .iter()
        .map(|namespace| namespace.name.as_str());
    json!({
        "job_name": place.system.workload(),
        "metrics_path": crate::cluster::FIGURES,
        "kubernetes_sd_configs": [{
            "role": "endpointslice",
            "namespaces": { "names": names.collect::<Vec<_>>() },
        }],
        "relabel_configs": [
            kept("__meta_kubernetes_service_label_app_kubernetes_io_name", place.system.workload()),
            kept("__meta_kubernetes_endpointslice_port_name", super::super::PORT),
            copied("__meta_kubernetes_namespace", "namespace"),
            copied("__meta_kubernetes_service_name", "service"),
            copied("__meta_kubernetes_pod_name", "pod"),
        ],
    })
}

/// What containers use, as the kubelet of each machine tells it. Its certificate is signed by the cluster's authority.
fn containers() -> Json {
    json!({
        "job_name": "cadvisor",
        "scheme": "https",
        "metrics_path": "/metrics/cadvisor",
        "authorization": { "credentials_file": format!("{ACCOUNT}/token") },
        "tls_config": { "ca_file": format!("{ACCOUNT}/ca.crt") },
        "kubernetes_sd_configs": [{ "role": "node" }],
        "relabel_configs": [copied("__meta_kubernetes_node_name", "node")],
        "metric_relabel_configs": [kept("__name__", OF_CONTAINERS)],
    })
}

fn machines() -> Json {
    json!({
        "job_name": "node-exporter",
        "kubernetes_sd_configs": [{ "role": "pod", "namespaces": { "names": [OF_MACHINES] } }],
        "relabel_configs": [
            kept("__meta_kubernetes_pod_container_port_number", &MACHINES.to_string()),
            copied("__meta_kubernetes_pod_node_name", "node"),
        ],
    })
}

fn kept(label: &str, what: &str) -> Json {
    json!({ "action": "keep", "source_labels": [label], "regex": what })
}

fn copied(label: &str, to: &str) -> Json {
    json!({ "source_labels": [label], "target_label": to })
}

/// The rules, a group for each environment.
pub(super) fn rules(place: Place<'_>, prometheus: &Prometheus) -> Json {
    let groups = place.machines.namespaces.iter().flat_map(|namespace| {
        let name = namespace.name.as_str();
        let records = rules::records(place.system, name, prometheus).into_iter();
        let records = records.map(|(record, expression)| json!({ "record": record, "expr": expression }));
        let records: Vec<Json> = records.collect();
        let recorded = (!records.is_empty()).then(|| json!({ "name": format!("{name}-objective"), "rules": records }));
        let told = rules::rules(place.system, (name, namespace), prometheus).into_iter();
        let told: Vec<Json> = told.map(|rule| of(place, name, &rule)).collect();
        recorded.into_iter().chain([json!({ "name": name, "rules": told })])
    });
    json!({ "groups": groups.collect::<Vec<_>>() })
}

fn of(place: Place<'_>, namespace: &str, rule: &Rule) -> Json {
    let mut told = json!({
        "alert": rule.alert,
        "expr": rule.expression,
        "labels": {
            "environment": namespace,
            "namespace": namespace,
            "service": place.system.workload(),
            "severity": rule.severity,
            SYSTEM: place.system.name.as_str(),
        },
        "annotations": { "runbook_url": rule.runbook, "summary": rule.summary },
    });
    if let Some(minutes) = rule.lasting {
        told["for"] = format!("{minutes}m").into();
    }
    told
}
