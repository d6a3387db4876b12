//! The same panels for Grafana: over Prometheus where there is one, and over CloudWatch otherwise.

mod cloudwatch;
mod prometheus;

use serde_json::{Value as Json, json};

use super::cloudwatch::On;
use super::{Chart, Series, Unit};
use crate::model::{Environment, System};

/// A system in one of its environments.
type Place<'a> = (&'a System, &'a Environment);

/// The version of Grafana's dashboard schema that this is written in (Grafana 11).
const SCHEMA: u32 = 39;

/// The file of the dashboard of an environment.
pub(crate) fn body((system, environment): Place<'_>) -> Json {
    let prefix = system.cluster(environment);
    let place = (system, environment);
    let panels = system.monitoring.panels.iter();
    let drawn = panels.filter_map(|panel| {
        let chart = Chart::of(*panel, On::of(system).unit());
        let targets = targets(place, &chart);
        (!targets.is_empty()).then_some((chart, targets))
    });
    let panels = (0..)
        .zip(drawn)
        .map(|(index, (chart, targets))| panel(place, index, &chart, &targets));
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
        "templating": { "list": variables((system, environment)) },
        "panels": panels.collect::<Vec<_>>()
    })
}

/// The data source is chosen in Grafana, and with it what is only known once it is there.
fn variables((system, environment): Place<'_>) -> Vec<Json> {
    let kind = kind(system);
    let source = json!({ "name": "source", "label": "Data source", "type": "datasource", "query": kind });
    let more = match system.monitoring.prometheus() {
        None => cloudwatch::variables(environment).to_vec(),
        Some(_) => Vec::new(),
    };
    std::iter::once(source).chain(more).collect()
}

/// The kind of data source.
fn kind(system: &System) -> &'static str {
    match system.monitoring.prometheus() {
        None => "cloudwatch",
        Some(_) => "prometheus",
    }
}

fn source(kind: &str) -> Json {
    json!({ "type": kind, "uid": "${source}" })
}

/// What is asked for a line of a chart; nothing where the data source cannot tell it.
fn target(place: Place<'_>, number: usize, series: &Series) -> Option<Json> {
    let letter = u8::try_from(number).map_or('Z', |number| char::from(b'A'.saturating_add(number)));
    let asked = match place.0.monitoring.prometheus() {
        None => cloudwatch::target(place, series)?,
        Some(prometheus) => prometheus::target(place.0, prometheus, series)?,
    };
    let head = [
        ("refId".to_owned(), letter.to_string().into()),
        ("datasource".to_owned(), source(kind(place.0))),
    ];
    let Json::Object(asked) = asked else { return None };
    Some(Json::Object(head.into_iter().chain(asked).collect()))
}

/// What is asked for a chart; nothing where the data source can tell none of its lines.
fn targets(place: Place<'_>, chart: &Chart) -> Vec<Json> {
    let series = chart.series.iter().enumerate();
    series
        .filter_map(|(number, series)| target(place, number, series))
        .collect()
}

fn panel((system, environment): Place<'_>, index: u32, chart: &Chart, targets: &[Json]) -> Json {
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
        "datasource": source(kind(system)),
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
        "targets": targets
    })
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
