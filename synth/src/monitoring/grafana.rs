//! The same panels for Grafana, over its CloudWatch data source.

use serde_json::{Value as Json, json};

use super::cloudwatch::{On, metric, statistic};
use super::{Chart, Of, Series, Unit};
use crate::model::{Environment, Panel, System};

/// A system in one of its environments.
type Place<'a> = (&'a System, &'a Environment);

/// The version of Grafana's dashboard schema that this is written in (Grafana 11).
const SCHEMA: u32 = 39;

/// The file of the dashboard of an environment.
pub(crate) fn body((system, environment): Place<'_>) -> Json {
    let prefix = system.cluster(environment);
    let panels = (0..)
        .zip(&system.monitoring.panels)
        .map(|(index, panel)| self::panel((system, environment), index, *panel));
    json!({
        "uid": prefix,
        "title": prefix,
        "description": system.summary,
        "tags": [system.name.as_str(), environment.name.as_str()],
        "schemaVersion": SCHEMA,
        "editable": false,
        "graphTooltip": 1,
        "refresh": "1m",
        "time": { "from": "now-3h", "to": "now" },
        "timezone": "browser",
        "templating": { "list": variables(environment) },
        "panels": panels.collect::<Vec<_>>()
    })
}

/// The data source is chosen in Grafana; the load balancer's name is only known once it is there.
fn variables(environment: &Environment) -> Json {
    let region = environment.account().region.as_str();
    let query = |name: &str, label: &str, metric: &str, dimension: &str, filter: Json| {
        json!({
            "name": name,
            "label": label,
            "type": "query",
            "datasource": source(),
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
    json!([
        { "name": "source", "label": "Data source", "type": "datasource", "query": "cloudwatch" },
        query("balancer", "Load balancer", "RequestCount", "LoadBalancer", json!({})),
        query("target", "Target group", "HealthyHostCount", "TargetGroup", json!({ "LoadBalancer": ["$balancer"] }))
    ])
}

fn source() -> Json {
    json!({ "type": "cloudwatch", "uid": "${source}" })
}

fn panel((system, environment): Place<'_>, index: u32, panel: Panel) -> Json {
    let chart = Chart::of(panel, On::of(system).unit());
    let targets = chart
        .series
        .iter()
        .enumerate()
        .map(|(number, series)| target((system, environment), number, series));
    let mut thresholds = vec![json!({ "color": "green", "value": null })];
    thresholds.extend(
        chart
            .bound(system, environment)
            .map(|(value, _)| json!({ "color": "red", "value": value })),
    );
    json!({
        "id": index + 1,
        "type": "timeseries",
        "title": chart.title,
        "datasource": source(),
        "gridPos": { "x": index % 2 * 12, "y": index / 2 * 8, "w": 12, "h": 8 },
        "fieldConfig": {
            "defaults": {
                "unit": unit(chart.unit),
                "min": 0,
                "custom": { "thresholdsStyle": { "mode": "line" } },
                "thresholds": { "mode": "absolute", "steps": thresholds }
            },
            "overrides": []
        },
        "options": {
            "legend": { "displayMode": "list", "placement": "bottom", "showLegend": true, "calcs": [] },
            "tooltip": { "mode": "multi", "sort": "desc" }
        },
        "targets": targets.collect::<Vec<_>>()
    })
}

fn target((system, environment): Place<'_>, number: usize, series: &Series) -> Json {
    let prefix = system.cluster(environment);
    let metric = metric(series.signal, On::of(system));
    let dimensions = match metric.of {
        Of::Service | Of::Workload => of_what_runs(system, &prefix, metric.of),
        Of::Entry => json!({ "LoadBalancer": ["$balancer"] }),
        Of::Database => json!({ "DBInstanceIdentifier": [prefix] }),
        Of::Version => json!({ "LoadBalancer": ["$balancer"], "TargetGroup": ["$target"] }),
    };
    let letter = u8::try_from(number).map_or('Z', |number| char::from(b'A'.saturating_add(number)));
    json!({
        "refId": letter.to_string(),
        "datasource": source(),
        "queryMode": "Metrics",
        "metricQueryType": 0,
        "metricEditorMode": 0,
        "region": environment.account().region.as_str(),
        "namespace": metric.namespace,
        "metricName": metric.name,
        "statistic": statistic(series.summed),
        "dimensions": dimensions,
        "matchExact": true,
        "period": "60",
        "label": series.label,
        "id": "",
        "expression": ""
    })
}

fn of_what_runs(system: &System, cluster: &str, of: Of) -> Json {
    let name = system.name.as_str();
    match (On::of(system), of) {
        (On::Tasks, _) => json!({ "ClusterName": [cluster], "ServiceName": [name] }),
        (On::Pods, Of::Workload) => {
            json!({ "ClusterName": [cluster], "Namespace": [system.namespace()], "PodName": [name] })
        }
        (On::Pods, _) => json!({ "ClusterName": [cluster], "Namespace": [system.namespace()], "Service": [name] }),
    }
}

/// The unit as Grafana names it.
fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percent",
        Unit::Count => "short",
        Unit::Seconds => "s",
        Unit::Bytes => "bytes",
    }
}
