//! The values of Falco.

use serde_json::{Value as Json, json};

use super::prometheus::alertmanagers;
use super::{apart, bare, off, resources};
use crate::cluster::{Place, falco};
use crate::manifest::yaml;
use crate::model::{Environment, Installed, System};
use crate::monitoring::prometheus::rules::{SYSTEM, runbook};

/// What its alerts are called: which rule it was, they say in words.
const ALERT: &str = "SuspiciousActivity";

/// Where the containers of a machine are told of.
const CONTAINERS: &str = "/run/containerd/containerd.sock";

/// Falco on each machine (<https://github.com/falcosecurity/charts/blob/falco-9.1.0/charts/falco/values.yaml>), and what leads
/// its events to Alertmanager. It looks through a probe that every kernel from 5.8 on takes, with four rights and not all of
/// them; it has the rules of the model, and fetches none that somebody may have changed since.
pub(super) fn values(system: &System, environment: &Environment, installed: Installed<'_>) -> Json {
    let rules = falco::rules(Place { system, environment });
    json!({
        "image": apart(installed, 0),
        "driver": { "kind": "modern_ebpf", "modernEbpf": { "leastPrivileged": true } },
        "podPriorityClassName": "system-node-critical",
        "tolerations": [{ "operator": "Exists" }],
        "resources": resources(("100m", "1000m"), "512Mi"),
        "collectors": {
            "containerEngine": {
                "enabled": true,
                "engines": {
                    "cri": { "enabled": true, "sockets": [CONTAINERS] },
                    "bpm": off(),
                    "containerd": off(),
                    "docker": off(),
                    "libvirt_lxc": off(),
                    "lxc": off(),
                    "podman": off(),
                },
            },
            "kubernetes": off(),
        },
        "falcoctl": { "artifact": { "follow": off(), "install": off() } },
        "customRules": { format!("{}.yaml", system.name): yaml(&rules) },
        "falco": {
            "rules_files": ["/etc/falco/rules.d"],
            "json_output": true,
            "json_include_tags_property": true,
            "priority": "warning",
            "stdout_output": { "enabled": true },
            "syslog_output": off(),
            "watch_config_files": false,
        },
        "falcosidekick": teller(system, environment, installed),
    })
}

/// Where its events go: to each Alertmanager, with the labels that its routes know.
fn teller(system: &System, environment: &Environment, installed: Installed<'_>) -> Json {
    let labels = [
        ("alertname", ALERT),
        ("namespace", system.namespace()),
        ("environment", environment.name.as_str()),
        ("service", system.workload()),
        (SYSTEM, system.name.as_str()),
    ];
    let labels = labels.map(|(name, value)| format!("{name}:{value}")).join(",");
    json!({
        "enabled": true,
        "replicaCount": 2,
        "image": apart(installed, 1),
        "resources": resources(("20m", "200m"), "64Mi"),
        "securityContext": bare(),
        "podSecurityContext": {
            "fsGroup": 1234,
            "runAsUser": 1234,
            "seccompProfile": { "type": "RuntimeDefault" },
        },
        "config": {
            "alertmanager": {
                "hostport": alertmanagers(),
                "endpoint": "/api/v2/alerts",
                "minimumpriority": "warning",
                "customseveritymap": "error:critical",
                "dropeventdefaultpriority": "warning",
                "dropeventthresholds": "10000:critical,1:warning",
                "extralabels": labels,
                "extraannotations": format!("runbook_url:{}", runbook(system)),
            },
        },
        "webui": off(),
    })
}
