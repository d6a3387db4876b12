//! What is asked of Grafana's CloudWatch data source.

use serde_json::{Value as Json, json};

use super::{Place, source};
use crate::model::{Environment, System};
use crate::monitoring::cloudwatch::{On, metric, statistic};
use crate::monitoring::{Of, Series};

/// The load balancer's name is only known once it is there.
pub(super) fn variables(environment: &Environment) -> [Json; 2] {
    let region = environment.account().region.as_str();
    let query = |name: &str, label: &str, metric: &str, dimension: &str, filter: Json| {
        json!({
            "name": name,
            "label": label,
            "type": "query",
            "datasource": source("cloudwatch"),
            "refresh": 1,
            "query": {
                "queryType": "dimensionValues",
                "region": region,
                "namespace": "AWS/ApplicationELB",
                "metricName": metric,
                "dimensionKey": dimension,
                "dimensionFilters": filter,
                "refId": name
            }
        })
    };
    [
        query("balancer", "Load balancer", "RequestCount", "LoadBalancer", json!({})),
        query(
            "target",
            "Target group",
            "HealthyHostCount",
            "TargetGroup",
            json!({ "LoadBalancer": ["$balancer"] }),
        ),
    ]
}

pub(super) fn target((system, environment): Place<'_>, series: &Series) -> Option<Json> {
    let prefix = system.cluster(environment);
    let metric = metric(series.signal, On::of(system))?;
    let namespace = match metric.of {
        Of::Cluster => format!("{}{prefix}", metric.namespace),
        _ => metric.namespace.to_owned(),
    };
    let dimensions = match metric.of {
        Of::Service | Of::Workload => of_what_runs(system, &prefix, metric.of),
        Of::Entry => json!({ "LoadBalancer": ["$balancer"] }),
        Of::Cluster => json!({}),
        Of::Database => json!({ "DBInstanceIdentifier": [prefix] }),
        Of::Version => json!({ "LoadBalancer": ["$balancer"], "TargetGroup": ["$target"] }),
    };
    Some(json!({
        "queryMode": "Metrics",
        "metricQueryType": 0,
        "metricEditorMode": 0,
        "region": environment.account().region.as_str(),
        "namespace": namespace,
        "metricName": metric.name,
        "statistic": statistic(series.summed),
        "dimensions": dimensions,
        "matchExact": true,
        "period": "60",
        "label": series.label,
        "id": "",
        "expression": ""
    }))
}

fn of_what_runs(system: &System, cluster: &str, of: Of) -> Json {
    let name = system.workload();
    match (On::of(system), of) {
        (On::Tasks, _) => json!({ "ClusterName": [cluster], "ServiceName": [name] }),
        (On::Pods, Of::Workload) => {
            json!({ "ClusterName": [cluster], "Namespace": [system.namespace()], "PodName": [name] })
        }
        (On::Pods, _) => json!({ "ClusterName": [cluster], "Namespace": [system.namespace()], "Service": [name] }),
    }
}
