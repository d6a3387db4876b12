//! What to do when an alarm is on.

use serde::Serialize;

use super::words::{self, code};
use crate::model::{Alert, System, When};
use crate::monitoring::cloudwatch::On;

/// What to do about an alert.
#[derive(Serialize)]
pub(super) struct Row {
    names: String,
    what: &'static str,
}

/// What to look at first: a line for each alert, with the names of its alarms.
pub(super) fn rows(system: &System) -> Vec<Row> {
    let copy = words::copy(system);
    let line = |(role, alert): (String, &Alert)| {
        let second = alert.second(copy).map(|(role, _)| role.to_owned());
        let names: Vec<String> = std::iter::once(role).chain(second).map(|name| code(&name)).collect();
        Row {
            names: names.join(", "),
            what: if system.is_meshed() && alert.when == When::UnhealthyTask {
                OF_GATEWAY
            } else {
                first_look(alert.when, On::of(system))
            },
        }
    };
    system.named_alerts().into_iter().map(line).collect()
}

/// What to look at first where the load balancer asks a gateway and no pod of the service.
const OF_GATEWAY: &str = "who tells it: CloudWatch sees the gateways, whose log says why they have no way; Prometheus sees the \
                          pods of the service: the log of the one that is not ready";

/// What to look at first.
pub(super) fn first_look(when: When, on: On) -> &'static str {
    match (when, on) {
        (When::CpuAbove(_), _) => {
            "the dashboard: more requests, or the same ones that cost more since a release? More of them, or larger ones: in the model"
        }
        (When::MemoryAbove(_), _) => {
            "the dashboard: what grows from its start on is a leak: roll back; what is level needs a larger size in the model"
        }
        (When::TooFewTasks, On::Tasks) => {
            "the events of the service and why tasks stopped, in the console; what a release did is in the summary of its run"
        }
        (When::TooFewTasks, On::Pods) => {
            "`kubectl get pods` and `kubectl get events`: what they say stands [below](#when-things-go-wrong)"
        }
        (When::Restarts, On::Tasks) => "why tasks stopped, in the console, and their last log lines",
        (When::Restarts, On::Pods) => {
            "`kubectl describe pod`, Last State: `OOMKilled` wants memory, `Error` is the program's: `kubectl logs --previous`"
        }
        (When::UnhealthyTask, On::Tasks) => {
            "the log of the task that the target group names; a release just before: roll back"
        }
        (When::UnhealthyTask, On::Pods) => {
            "the log of the pod that the target group names; all of them at once: the network policy, or the port"
        }
        (When::ErrorsAbove(_), _) => {
            "a release just before: roll back first; then the log lines of requests with a status of 500 and more"
        }
        (When::SlowerThan(..), _) => {
            "CPU and how many run, on the dashboard; then what the service waits for, in its log"
        }
        (other, _) => first_look_beside(other),
    }
}

/// What to look at first of what a service does not do itself.
fn first_look_beside(when: When) -> &'static str {
    match when {
        When::CallsRefusedAbove(_) => {
            "who called, in the log of the control plane: streams `kube-apiserver-audit`, `responseStatus.code` 401 or 403; one role of yours that lost a right, or strangers"
        }
        When::PolicyBroken => {
            "what Gatekeeper says of it, in the log of `gatekeeper-controller-manager`: a release that breaks a rule, or somebody beside the pipeline"
        }
        When::DatabaseCpuAbove(_) => {
            "the database's connections and slow statements, in its log; a larger class in the model"
        }
        When::DatabaseStorageBelow(_) => "what grows; raise `storage` in the model before it is full",
        _ => "who holds them: a person, or more tasks than the model counts on",
    }
}
