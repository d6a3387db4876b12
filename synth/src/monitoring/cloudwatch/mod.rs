//! Signals as CloudWatch's metrics, and what is made of them.

pub(crate) mod alarm;
pub(crate) mod dashboard;

use super::signal::{Of, Signal, Summed};
use crate::model::{Platform, System};
use crate::template::{Condition, Node, ToNode, Value};

/// A metric as CloudWatch names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Metric {
    pub(crate) namespace: &'static str,
    pub(crate) name: &'static str,
    pub(crate) of: Of,
}

/// What a service runs as, which says whose metrics tell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    /// Tasks of ECS. How many run is a metric of Container Insights only.
    Tasks,
    /// Pods of EKS. How much they use is told in percent of their limits, not of their machine's.
    Pods,
}

impl On {
    pub(crate) fn of(system: &System) -> Self {
        match system.platform {
            Platform::Fargate => Self::Tasks,
            Platform::Kubernetes(_) | Platform::Machines(_) => Self::Pods,
        }
    }

    /// What one of them is called.
    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::Tasks => "task",
            Self::Pods => "pod",
        }
    }
}

/// The metric of a signal; nothing where `CloudWatch` has none.
pub(crate) fn metric(signal: Signal, on: On) -> Option<Metric> {
    let (namespace, name) = match (signal, on) {
        (Signal::Cpu, On::Tasks) => ("AWS/ECS", "CPUUtilization"),
        (Signal::Memory, On::Tasks) => ("AWS/ECS", "MemoryUtilization"),
        (Signal::Running, On::Tasks) => ("ECS/ContainerInsights", "RunningTaskCount"),
        (Signal::Desired, On::Tasks) => ("ECS/ContainerInsights", "DesiredTaskCount"),
        (Signal::Restarts, On::Tasks) => ("ECS/ContainerInsights", "RestartCount"),
        (Signal::Cpu, On::Pods) => (OF_PODS, "pod_cpu_utilization_over_pod_limit"),
        (Signal::Memory, On::Pods) => (OF_PODS, "pod_memory_utilization_over_pod_limit"),
        (Signal::Running, On::Pods) => (OF_PODS, "service_number_of_running_pods"),
        (Signal::Desired, On::Pods) => (OF_PODS, "replicas_desired"),
        (Signal::Restarts, On::Pods) => (OF_PODS, "pod_number_of_container_restarts"),
        (Signal::RefusedCalls, On::Pods) => (OF_CLUSTER, "RefusedCalls"),
        (Signal::RefusedCalls, On::Tasks)
        | (Signal::Uses | Signal::HealthChecks | Signal::Willing | Signal::Denied | Signal::Suspicious, _) => {
            return None;
        }
        (Signal::Healthy, _) => (OF_ENTRY, "HealthyHostCount"),
        (Signal::Unhealthy, _) => (OF_ENTRY, "UnHealthyHostCount"),
        (Signal::Requests, _) => (OF_ENTRY, "RequestCount"),
        (Signal::Failed, _) => (OF_ENTRY, "HTTPCode_Target_5XX_Count"),
        (Signal::Unanswered, _) => (OF_ENTRY, "HTTPCode_ELB_5XX_Count"),
        (Signal::Refused, _) => (OF_ENTRY, "HTTPCode_Target_4XX_Count"),
        (Signal::Answered, _) => (OF_ENTRY, "HTTPCode_Target_2XX_Count"),
        (Signal::ResponseTime, _) => (OF_ENTRY, "TargetResponseTime"),
        (Signal::DatabaseCpu, _) => (OF_DATABASE, "CPUUtilization"),
        (Signal::Connections, _) => (OF_DATABASE, "DatabaseConnections"),
        (Signal::FreeStorage, _) => (OF_DATABASE, "FreeStorageSpace"),
        (Signal::ReadTime, _) => (OF_DATABASE, "ReadLatency"),
        (Signal::WriteTime, _) => (OF_DATABASE, "WriteLatency"),
    };
    Some(Metric {
        namespace,
        name,
        of: signal.of(),
    })
}

/// What is counted in the logs of a cluster has no dimensions, so that its namespace ends with the cluster's name.
const OF_CLUSTER: &str = "EKS/";

/// Container Insights of EKS (Amazon CloudWatch user guide, "Amazon EKS and Kubernetes Container Insights metrics").
const OF_PODS: &str = "ContainerInsights";
const OF_ENTRY: &str = "AWS/ApplicationELB";
const OF_DATABASE: &str = "AWS/RDS";

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

/// What runs, by the names that CloudWatch knows it by.
#[derive(Clone, Debug)]
pub(crate) enum Runs {
    /// Tasks of a service of ECS.
    Tasks {
        cluster: Value<String>,
        service: Value<String>,
    },
    /// Pods behind a Service, which has the name of their Deployment.
    Pods {
        cluster: Value<String>,
        namespace: Value<String>,
        service: Value<String>,
    },
}

/// The values of dimensions.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) runs: Runs,
    pub(crate) load_balancer: Value<String>,
    pub(crate) target: Value<String>,
    /// The target group of the other version, where two take turns.
    pub(crate) other_target: Option<Value<String>>,
    /// Whether the load balancer is there, where it comes after the stack.
    pub(crate) exists: Option<Condition>,
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

    /// What the service runs as.
    fn on(&self) -> On {
        match self.runs {
            Runs::Tasks { .. } => On::Tasks,
            Runs::Pods { .. } => On::Pods,
        }
    }

    /// The metric of a signal here.
    fn metric(&self, signal: Signal) -> Option<Metric> {
        metric(signal, self.on())
    }

    /// The dimensions of a metric, by name, in the order in which CloudWatch lists them.
    fn dimensions(&self, of: Of) -> Vec<(&'static str, Value<String>)> {
        match of {
            Of::Service | Of::Workload => self.of_what_runs(of),
            Of::Entry => vec![("LoadBalancer", self.load_balancer.clone())],
            Of::Cluster => Vec::new(),
            Of::Database => vec![("DBInstanceIdentifier", self.database.clone())],
            Of::Version => vec![
                ("LoadBalancer", self.load_balancer.clone()),
                ("TargetGroup", self.target.clone()),
            ],
        }
    }

    /// Container Insights of EKS calls the workload of pods `PodName`.
    fn of_what_runs(&self, of: Of) -> Vec<(&'static str, Value<String>)> {
        match &self.runs {
            Runs::Tasks { cluster, service } => {
                vec![("ClusterName", cluster.clone()), ("ServiceName", service.clone())]
            }
            Runs::Pods {
                cluster,
                namespace,
                service,
            } => vec![
                ("ClusterName", cluster.clone()),
                ("Namespace", namespace.clone()),
                (if of == Of::Workload { "PodName" } else { "Service" }, service.clone()),
            ],
        }
    }

    /// The name and the namespace of a metric that is counted here, and not by AWS.
    pub(crate) fn counted(&self, signal: Signal) -> Option<(&'static str, Value<String>)> {
        let metric = self.metric(signal).filter(|metric| metric.of == Of::Cluster)?;
        Some((metric.name, self.namespace(metric)))
    }

    /// The namespace of a metric.
    fn namespace(&self, metric: Metric) -> Value<String> {
        match &self.runs {
            Runs::Pods { cluster, .. } if metric.of == Of::Cluster => {
                Value::of(Node::concat(vec![OF_CLUSTER.to_node(), cluster.to_node()]))
            }
            _ => metric.namespace.into(),
        }
    }

    /// A metric as a dashboard's widget writes it: namespace, name, then dimensions.
    fn row(&self, metric: Metric) -> Vec<Node> {
        let mut row = vec![self.namespace(metric).to_node(), metric.name.to_node()];
        for (name, value) in self.dimensions(metric.of) {
            row.extend([name.to_node(), value.to_node()]);
        }
        row
    }
}
