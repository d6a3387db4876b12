//! The same panels for Grafana, over its CloudWatch data source.

use serde_json::{Value as Json, json};

use super::dashboard::threshold;
use super::metrics::{Of, Series, chart};
use super::place::Place;
use crate::model::Panel;

/// The version of Grafana's dashboard schema that this is written in (Grafana 11).
const SCHEMA: u32 = 39;

pub(crate) fn body(place: Place<'_>) -> Json {
    let panels = (0..)
        .zip(&place.system.dashboard.panels)
        .map(|(index, panel)| self::panel(place, index, *panel));
    json!({
        "uid": place.prefix(),
        "title": place.prefix(),
        "description": place.system.summary,
        "tags": [place.system.name.as_str(), place.environment.name.as_str()],
        "schemaVersion": SCHEMA,
        "editable": false,
        "graphTooltip": 1,
        "refresh": "1m",
        "time": { "from": "now-3h", "to": "now" },
        "timezone": "browser",
        "templating": { "list": variables(place) },
        "panels": panels.collect::<Vec<_>>()
    })
}

/// The data source is chosen in Grafana; the load balancer's name is only known once it is there.
fn variables(place: Place<'_>) -> Json {
    let region = place.environment.account.region.as_str();
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

fn panel(place: Place<'_>, index: u32, panel: Panel) -> Json {
    let chart = chart(panel);
    let targets = chart
        .series
        .iter()
        .enumerate()
        .map(|(number, series)| target(place, number, series));
    let mut thresholds = vec![json!({ "color": "green", "value": null })];
    thresholds.extend(threshold(place, panel).map(|(value, _)| json!({ "color": "red", "value": value })));
    json!({
        "id": index + 1,
        "type": "timeseries",
        "title": chart.title,
        "datasource": source(),
        "gridPos": { "x": index % 2 * 12, "y": index / 2 * 8, "w": 12, "h": 8 },
        "fieldConfig": {
            "defaults": {
                "unit": chart.unit,
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

fn target(place: Place<'_>, number: usize, series: &Series) -> Json {
    let dimensions = match series.metric.of {
        Of::Service => json!({ "ClusterName": [place.prefix()], "ServiceName": [place.system.name.as_str()] }),
        Of::LoadBalancer => json!({ "LoadBalancer": ["$balancer"] }),
        Of::Database => json!({ "DBInstanceIdentifier": [place.prefix()] }),
        Of::Target => json!({ "LoadBalancer": ["$balancer"], "TargetGroup": ["$target"] }),
    };
    let letter = u8::try_from(number).map_or('Z', |number| char::from(b'A'.saturating_add(number)));
    json!({
        "refId": letter.to_string(),
        "datasource": source(),
        "queryMode": "Metrics",
        "metricQueryType": 0,
        "metricEditorMode": 0,
        "region": place.environment.account.region.as_str(),
        "namespace": series.metric.namespace,
        "metricName": series.metric.name,
        "statistic": series.statistic,
        "dimensions": dimensions,
        "matchExact": true,
        "period": "60",
        "label": series.label,
        "id": "",
        "expression": ""
    })
}
