//! Signals as CloudWatch's metrics, and what is made of them.

pub(crate) mod alarm;
pub(crate) mod dashboard;

use super::signal::{Of, Signal, Summed};
use crate::template::{Node, ToNode, Value};

/// A metric as CloudWatch names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Metric {
    pub(crate) namespace: &'static str,
    pub(crate) name: &'static str,
    pub(crate) of: Of,
}

/// The metric of a signal. How many tasks run is a metric of Container Insights only.
pub(crate) fn metric(signal: Signal) -> Metric {
    let (namespace, name) = match signal {
        Signal::Cpu => ("AWS/ECS", "CPUUtilization"),
        Signal::Memory => ("AWS/ECS", "MemoryUtilization"),
        Signal::Running => ("ECS/ContainerInsights", "RunningTaskCount"),
        Signal::Desired => ("ECS/ContainerInsights", "DesiredTaskCount"),
        Signal::Healthy => ("AWS/ApplicationELB", "HealthyHostCount"),
        Signal::Unhealthy => ("AWS/ApplicationELB", "UnHealthyHostCount"),
        Signal::Requests => ("AWS/ApplicationELB", "RequestCount"),
        Signal::Failed => ("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"),
        Signal::Unanswered => ("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count"),
        Signal::Refused => ("AWS/ApplicationELB", "HTTPCode_Target_4XX_Count"),
        Signal::Answered => ("AWS/ApplicationELB", "HTTPCode_Target_2XX_Count"),
        Signal::ResponseTime => ("AWS/ApplicationELB", "TargetResponseTime"),
        Signal::DatabaseCpu => ("AWS/RDS", "CPUUtilization"),
        Signal::Connections => ("AWS/RDS", "DatabaseConnections"),
        Signal::FreeStorage => ("AWS/RDS", "FreeStorageSpace"),
        Signal::ReadTime => ("AWS/RDS", "ReadLatency"),
        Signal::WriteTime => ("AWS/RDS", "WriteLatency"),
    };
    Metric {
        namespace,
        name,
        of: signal.of(),
    }
}

/// The statistic as CloudWatch names it.
pub(crate) fn statistic(summed: Summed) -> &'static str {
    match summed {
        Summed::Average => "Average",
        Summed::Least => "Minimum",
        Summed::Most => "Maximum",
        Summed::Sum => "Sum",
        Summed::Percentile(percentile) => percentile.statistic(),
    }
}

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
    /// The same names with the other version's target group in the place of this one's.
    fn of_other(&self) -> Option<Self> {
        Some(Self {
            target: self.other_target.clone()?,
            ..self.clone()
        })
    }

    /// The dimensions of a metric, by name, in the order in which CloudWatch lists them.
    fn dimensions(&self, of: Of) -> Vec<(&'static str, Value<String>)> {
        match of {
            Of::Service => vec![
                ("ClusterName", self.cluster.clone()),
                ("ServiceName", self.service.clone()),
            ],
            Of::Entry => vec![("LoadBalancer", self.load_balancer.clone())],
            Of::Database => vec![("DBInstanceIdentifier", self.database.clone())],
            Of::Version => vec![
                ("LoadBalancer", self.load_balancer.clone()),
                ("TargetGroup", self.target.clone()),
            ],
        }
    }

    /// A metric as a dashboard's widget writes it: namespace, name, then dimensions.
    fn row(&self, metric: Metric) -> Vec<Node> {
        let mut row = vec![metric.namespace.to_node(), metric.name.to_node()];
        for (name, value) in self.dimensions(metric.of) {
            row.extend([name.to_node(), value.to_node()]);
        }
        row
    }
}
