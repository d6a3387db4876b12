//! Signals in PromQL.

use crate::model::{Percentile, System};
use crate::monitoring::{Measure, Signal, Summed};

/// How the service names its histogram of requests, and what tells one from another
/// (OpenTelemetry, "Semantic conventions for HTTP metrics").
pub(crate) const REQUESTS: &str = "http_server_request_duration_seconds";
pub(super) const STATUS: &str = "http_response_status_code";
const ROUTE: &str = "http_route";

/// The statuses of answers that the service is to blame for.
pub(super) const FAILED: &str = "5..";

/// The paths that are asked by machines and count for nobody, beside those of the model.
const ASKED: [&str; 2] = ["/livez", "/readyz"];

/// What Gatekeeper refused. Its counters have had the ending of Prometheus' in some versions, and none in others
/// (<https://github.com/open-policy-agent/gatekeeper/issues/3349>).
const DENIED: &str = "{__name__=~\"gatekeeper_validation_request_count(_total)?\",admission_status=\"deny\"}";

/// What Falco told, as falcosidekick counts it.
const EVENTS: &str = "falcosecurity_falcosidekick_falco_events_total";

/// How long something that has happened is told of, in minutes.
const AFTER_AN_EVENT: u32 = 5;

/// How long Prometheus may have seen nothing of a counter that it then knows again.
const UNSEEN: &str = "1h";

/// What runs, by the names that Prometheus knows it by.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    namespace: String,
    service: String,
    /// The paths that do not count.
    asked: Vec<String>,
    /// The path that its health is asked by.
    health: String,
    /// Whether Gatekeeper and Falco are there to be asked.
    guards: (bool, bool),
    /// What a rate looks back over, in seconds: four samples, and two minutes of what is asked less often.
    window: u32,
}

impl Names {
    /// Of a service in a namespace that is asked every so many seconds.
    pub(crate) fn of(system: &System, namespace: &str, every: u32) -> Self {
        let health = system.service.health.path.split('?').next().map(str::to_owned);
        let hidden = system.service.hidden.iter().cloned();
        let mut asked: Vec<String> = ASKED
            .map(str::to_owned)
            .into_iter()
            .chain(health.clone())
            .chain(hidden)
            .collect();
        asked.sort();
        asked.dedup();
        Self {
            namespace: namespace.to_owned(),
            service: system.workload().to_owned(),
            asked,
            health: health.unwrap_or_default(),
            guards: (system.has_policies(), system.watches_runtime()),
            window: (4 * every).max(120),
        }
    }

    /// A metric of what has the service's name in a label, and what else its series must have.
    pub(super) fn series(&self, metric: &str, label: &str, more: &str) -> String {
        let (namespace, service) = (&self.namespace, &self.service);
        format!("{metric}{{namespace=\"{namespace}\",{label}=\"{service}\"{more}}}")
    }

    /// A metric of the service itself, without the questions of machines.
    pub(super) fn own(&self, metric: &str, more: &str) -> String {
        let asked = self.asked.join("|");
        self.series(metric, "service", &format!(",{ROUTE}!~\"{asked}\"{more}"))
    }

    /// A metric of its container, as cAdvisor and kube-state-metrics tell it.
    fn container(&self, metric: &str, more: &str) -> String {
        self.series(metric, "container", more)
    }

    /// A metric of its Deployment, as kube-state-metrics tells it.
    fn deployment(&self, metric: &str) -> String {
        format!("max({})", self.series(metric, "deployment", ""))
    }

    fn rate(&self, series: &str) -> String {
        format!("rate({series}[{}])", duration(self.window))
    }

    /// Events a minute.
    fn events(&self, series: &str) -> String {
        format!(
            "60 * ({} or vector(0))\n/ {}",
            counted(series, self.window),
            self.window
        )
    }

    /// Requests a second, all or those whose answers have a status; without one of a status there is no series of it.
    fn requests(&self, status: Option<&str>) -> String {
        let more = status.map_or_else(String::new, |status| format!(",{STATUS}=~\"{status}\""));
        let counted = self.rate(&self.own(&format!("{REQUESTS}_count"), &more));
        match status {
            None => format!("sum({counted})"),
            Some(_) => format!("(sum({counted}) or vector(0))"),
        }
    }

    /// Requests a second by path and status.
    fn uses(&self) -> String {
        let counted = self.rate(&self.own(&format!("{REQUESTS}_count"), ""));
        format!("sum by ({ROUTE}, {STATUS}) ({counted})")
    }

    /// Answers a second to those who ask for the health of a pod, by status.
    fn health_checks(&self) -> String {
        let health = format!(",{ROUTE}=\"{}\"", self.health);
        let counted = self.rate(&self.series(&format!("{REQUESTS}_count"), "service", &health));
        format!("sum by ({STATUS}) ({counted})")
    }

    /// What Falco told of the namespace.
    fn suspicious(&self) -> String {
        format!("{EVENTS}{{k8s_ns_name=\"{}\"}}", self.namespace)
    }

    /// What each pod uses of its limit, in percent.
    fn used(&self, used: &str, resource: &str) -> String {
        let limit = self.container(
            "kube_pod_container_resource_limits",
            &format!(",resource=\"{resource}\""),
        );
        format!("100 * sum by (pod) ({used})\n/ max by (pod) ({limit})")
    }

    /// How many pods run and are not ready.
    fn unhealthy(&self) -> String {
        let ready = self.container("kube_pod_container_status_ready", "");
        let running = format!(
            "kube_pod_status_phase{{namespace=\"{}\",phase=\"Running\"}}",
            self.namespace
        );
        format!("sum(\n  (1 - max by (pod) ({ready}))\n  * on (pod) max by (pod) ({running})\n)")
    }
}

/// A signal in PromQL, a number for each moment; nothing where no metric of a cluster tells it.
pub(crate) fn query(names: &Names, signal: Signal, summed: Summed) -> Option<String> {
    let over = |each: String| format!("{}(\n  {}\n)", operator(summed), each.replace('\n', "\n  "));
    Some(match signal {
        Signal::Cpu => {
            let used = names.rate(&names.container("container_cpu_usage_seconds_total", ""));
            over(names.used(&used, "cpu"))
        }
        Signal::Memory => {
            let used = names.container("container_memory_working_set_bytes", "");
            over(names.used(&used, "memory"))
        }
        Signal::Running => names.deployment("kube_deployment_status_replicas_available"),
        Signal::Desired => names.deployment("kube_deployment_spec_replicas"),
        Signal::Restarts => format!(
            "sum({})",
            names.container("kube_pod_container_status_restarts_total", "")
        ),
        Signal::Healthy => names.deployment("kube_deployment_status_replicas_ready"),
        Signal::Unhealthy => names.unhealthy(),
        Signal::Requests => a_minute(&names.requests(None)),
        Signal::Answered => a_minute(&names.requests(Some("2.."))),
        Signal::Refused => a_minute(&names.requests(Some("4.."))),
        Signal::Failed => a_minute(&names.requests(Some(FAILED))),
        Signal::ResponseTime => times(names, summed),
        Signal::Uses => a_minute(&names.uses()),
        Signal::HealthChecks => a_minute(&names.health_checks()),
        Signal::Willing => format!("sum({})", names.series("service_ready", "service", "")),
        Signal::Denied if names.guards.0 => names.events(DENIED),
        Signal::Suspicious if names.guards.1 => names.events(&names.suspicious()),
        Signal::Unanswered
        | Signal::Denied
        | Signal::Suspicious
        | Signal::RefusedCalls
        | Signal::DatabaseCpu
        | Signal::Connections
        | Signal::FreeStorage
        | Signal::ReadTime
        | Signal::WriteTime => return None,
    })
}

/// What tells the lines of a signal apart that has several.
pub(crate) fn legend(signal: Signal) -> Option<&'static str> {
    match signal {
        Signal::Uses => Some("{{http_route}} {{http_response_status_code}}"),
        Signal::HealthChecks => Some("{{http_response_status_code}}"),
        _ => None,
    }
}

/// Response times, in seconds.
fn times(names: &Names, summed: Summed) -> String {
    if let Summed::Percentile(percentile) = summed {
        let buckets = names.rate(&names.own(&format!("{REQUESTS}_bucket"), ""));
        return format!("histogram_quantile({}, sum by (le) ({buckets}))", quantile(percentile));
    }
    let sum = names.rate(&names.own(&format!("{REQUESTS}_sum"), ""));
    let count = names.rate(&names.own(&format!("{REQUESTS}_count"), ""));
    format!("sum({sum})\n/ sum({count})")
}

/// What is compared, in PromQL.
pub(super) fn measured(names: &Names, measure: Measure) -> Option<String> {
    match measure {
        Measure::Signal(signal, summed) => query(names, signal, summed),
        // What restarted is counted from its start on, with nothing. Who tells of it may start anew and be called otherwise,
        // which is no restart of the others, as it would be to `counted`.
        Measure::Growth(Signal::Restarts) => {
            let count = names.container("kube_pod_container_status_restarts_total", "");
            Some(format!("sum(increase({count}[{AFTER_AN_EVENT}m]))"))
        }
        Measure::Growth(Signal::Denied) => Some(counted(DENIED, 60 * AFTER_AN_EVENT)),
        Measure::Growth(_) => None,
        Measure::MissingTasks => {
            let of = |signal| query(names, signal, Summed::Least);
            Some(format!("{}\n- {}", of(Signal::Running)?, of(Signal::Desired)?))
        }
        // None of none is no number, and no number is above a bound.
        Measure::FailedShare { .. } => {
            let (failed, all) = (names.requests(Some(FAILED)), names.requests(None));
            Some(format!("100 * {failed}\n/ {all}"))
        }
    }
}

/// How many events there were in so many seconds, of counters that are there from their first event on.
///
/// Prometheus knows how much a counter grew only from what it saw before: the first event of a kind would be none
/// (<https://github.com/prometheus/prometheus/issues/1673>). So of one that was not there before, all that it says counts;
/// another pod counts for itself. One that is seen again, as nobody asked for a while, is known; and to a Prometheus that
/// asked nobody before, as it is new or has lost what it knew, nothing is new.
fn counted(series: &str, seconds: u32) -> String {
    let over = duration(seconds);
    let new = format!("{series} unless last_over_time({series}[{UNSEEN}] offset {over})");
    format!("sum(\n  {new}\n  and on () up offset {over}\n  or increase({series}[{over}])\n)")
}

fn duration(seconds: u32) -> String {
    match seconds {
        seconds if seconds % 60 == 0 => format!("{}m", seconds / 60),
        seconds => format!("{seconds}s"),
    }
}

fn a_minute(a_second: &str) -> String {
    format!("60 * {a_second}")
}

fn operator(summed: Summed) -> &'static str {
    match summed {
        Summed::Average | Summed::Percentile(_) => "avg",
        Summed::Least => "min",
        Summed::Most => "max",
        Summed::Sum => "sum",
    }
}

fn quantile(percentile: Percentile) -> &'static str {
    match percentile {
        Percentile::P50 => "0.5",
        Percentile::P95 => "0.95",
        Percentile::P99 => "0.99",
    }
}
