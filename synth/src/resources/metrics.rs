//! Metrics: the numbers that alarms, the dashboard and Grafana all speak of, told once.

use super::ecs::Targets;
use super::entry::Way;
use super::place::Place;
use crate::aws::elasticloadbalancingv2::TargetGroup;
use crate::model::{Panel, Percentile};
use crate::template::{Handle, Node, ToNode, Value};

/// What a metric is measured of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// The service in its cluster.
    Service,
    /// The load balancer.
    LoadBalancer,
    /// One target group behind the load balancer.
    Target,
    /// The database.
    Database,
}

/// A metric as CloudWatch names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Metric {
    pub(crate) namespace: &'static str,
    pub(crate) name: &'static str,
    pub(crate) of: Of,
}

const fn metric(namespace: &'static str, name: &'static str, of: Of) -> Metric {
    Metric { namespace, name, of }
}

/// CPU use in percent of what the tasks have.
pub(crate) const CPU: Metric = metric("AWS/ECS", "CPUUtilization", Of::Service);
/// Memory use in percent of what the tasks have.
pub(crate) const MEMORY: Metric = metric("AWS/ECS", "MemoryUtilization", Of::Service);
/// Tasks that run. This one is not in `AWS/ECS`.
pub(crate) const RUNNING: Metric = metric("ECS/ContainerInsights", "RunningTaskCount", Of::Service);
/// Tasks that are asked for.
pub(crate) const DESIRED: Metric = metric("ECS/ContainerInsights", "DesiredTaskCount", Of::Service);
/// Targets that take requests.
pub(crate) const HEALTHY: Metric = metric("AWS/ApplicationELB", "HealthyHostCount", Of::Target);
/// Targets that fail their health check.
pub(crate) const UNHEALTHY: Metric = metric("AWS/ApplicationELB", "UnHealthyHostCount", Of::Target);
/// Requests that reached a target.
pub(crate) const REQUESTS: Metric = metric("AWS/ApplicationELB", "RequestCount", Of::LoadBalancer);
/// 5xx answers of the service.
pub(crate) const TARGET_5XX: Metric = metric("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", Of::LoadBalancer);
/// 5xx answers of the load balancer itself, when no target answers.
pub(crate) const BALANCER_5XX: Metric = metric("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", Of::LoadBalancer);
/// 4xx answers of the service.
pub(crate) const TARGET_4XX: Metric = metric("AWS/ApplicationELB", "HTTPCode_Target_4XX_Count", Of::LoadBalancer);
/// 2xx answers of the service.
pub(crate) const TARGET_2XX: Metric = metric("AWS/ApplicationELB", "HTTPCode_Target_2XX_Count", Of::LoadBalancer);
/// Seconds until a target answers.
pub(crate) const LATENCY: Metric = metric("AWS/ApplicationELB", "TargetResponseTime", Of::LoadBalancer);

/// CPU use of the database in percent.
pub(crate) const DATABASE_CPU: Metric = metric("AWS/RDS", "CPUUtilization", Of::Database);
/// Connections that are open to the database.
pub(crate) const CONNECTIONS: Metric = metric("AWS/RDS", "DatabaseConnections", Of::Database);
/// Free storage of the database in bytes.
pub(crate) const FREE_STORAGE: Metric = metric("AWS/RDS", "FreeStorageSpace", Of::Database);
/// Seconds that a read from the database's disk takes.
pub(crate) const READ_LATENCY: Metric = metric("AWS/RDS", "ReadLatency", Of::Database);
/// Seconds that a write to the database's disk takes, on both copies where there are two.
pub(crate) const WRITE_LATENCY: Metric = metric("AWS/RDS", "WriteLatency", Of::Database);

/// The values of dimensions.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) cluster: Value<String>,
    pub(crate) service: Value<String>,
    pub(crate) load_balancer: Value<String>,
    pub(crate) target: Value<String>,
    /// The target group of the other version, where two take turns.
    pub(crate) other_target: Option<Value<String>>,
    /// The database's identifier.
    pub(crate) database: Value<String>,
}

impl Names {
    /// Of all this only the load balancer and its target groups have names that AWS makes up.
    pub(crate) fn new(place: Place<'_>, way: &Way, targets: &Targets) -> Self {
        Self {
            cluster: place.prefix().into(),
            service: place.system.name.as_str().into(),
            load_balancer: way.load_balancer.full_name(),
            target: targets.this.full_name(),
            other_target: targets.other.as_ref().map(Handle::<TargetGroup>::full_name),
            database: place.prefix().into(),
        }
    }

    /// The same names with the other version's target group in the place of this one's.
    pub(crate) fn of_other(&self) -> Option<Self> {
        Some(Self {
            target: self.other_target.clone()?,
            ..self.clone()
        })
    }

    /// The dimensions of a metric, by name, in the order in which CloudWatch lists them.
    pub(crate) fn dimensions(&self, of: Of) -> Vec<(&'static str, Value<String>)> {
        match of {
            Of::Service => vec![
                ("ClusterName", self.cluster.clone()),
                ("ServiceName", self.service.clone()),
            ],
            Of::LoadBalancer => vec![("LoadBalancer", self.load_balancer.clone())],
            Of::Database => vec![("DBInstanceIdentifier", self.database.clone())],
            Of::Target => vec![
                ("LoadBalancer", self.load_balancer.clone()),
                ("TargetGroup", self.target.clone()),
            ],
        }
    }

    /// A metric as a dashboard's widget writes it: namespace, name, then dimensions.
    pub(crate) fn row(&self, metric: Metric) -> Vec<Node> {
        let mut row = vec![metric.namespace.to_node(), metric.name.to_node()];
        for (name, value) in self.dimensions(metric.of) {
            row.extend([name.to_node(), value.to_node()]);
        }
        row
    }
}

/// One line of a panel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Series {
    pub(crate) metric: Metric,
    pub(crate) statistic: &'static str,
    pub(crate) label: &'static str,
}

/// What a panel shows, for every kind of dashboard.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    pub(crate) title: &'static str,
    /// The unit as Grafana names it.
    pub(crate) unit: &'static str,
    pub(crate) series: Vec<Series>,
}

/// The chart of a panel.
pub(crate) fn chart(panel: Panel) -> Chart {
    let series = |metric, statistic, label| Series {
        metric,
        statistic,
        label,
    };
    let (title, unit, series) = match panel {
        Panel::Cpu => (
            "CPU",
            "percent",
            vec![
                series(CPU, "Average", "average"),
                series(CPU, "Maximum", "busiest task"),
            ],
        ),
        Panel::Memory => (
            "Memory",
            "percent",
            vec![
                series(MEMORY, "Average", "average"),
                series(MEMORY, "Maximum", "fullest task"),
            ],
        ),
        Panel::Tasks => (
            "Tasks",
            "short",
            vec![
                series(RUNNING, "Minimum", "running"),
                series(DESIRED, "Maximum", "asked for"),
            ],
        ),
        Panel::Health => (
            "Targets",
            "short",
            vec![
                series(HEALTHY, "Minimum", "healthy"),
                series(UNHEALTHY, "Maximum", "unhealthy"),
            ],
        ),
        Panel::Requests => ("Requests a minute", "short", vec![series(REQUESTS, "Sum", "requests")]),
        Panel::Errors => (
            "Answers a minute",
            "short",
            vec![
                series(TARGET_2XX, "Sum", "2xx"),
                series(TARGET_4XX, "Sum", "4xx"),
                series(TARGET_5XX, "Sum", "5xx"),
                series(BALANCER_5XX, "Sum", "5xx, no task answered"),
            ],
        ),
        Panel::Latency => (
            "Response time",
            "s",
            [Percentile::P50, Percentile::P95, Percentile::P99]
                .map(|percentile| series(LATENCY, percentile.statistic(), percentile.statistic()))
                .to_vec(),
        ),
        Panel::DatabaseCpu => (
            "CPU of the database",
            "percent",
            vec![series(DATABASE_CPU, "Average", "average")],
        ),
        Panel::DatabaseConnections => (
            "Connections to the database",
            "short",
            vec![series(CONNECTIONS, "Maximum", "open")],
        ),
        Panel::DatabaseStorage => (
            "Free storage of the database",
            "bytes",
            vec![series(FREE_STORAGE, "Minimum", "free")],
        ),
        Panel::DatabaseLatency => (
            "Disk of the database",
            "s",
            vec![
                series(READ_LATENCY, "Average", "a read"),
                series(WRITE_LATENCY, "Average", "a write"),
            ],
        ),
    };
    Chart { title, unit, series }
}
