//! The same panels for Grafana: over Prometheus where there is one, and over CloudWatch otherwise.

mod cloudwatch;
mod prometheus;

use serde_json::{Value as Json, json};

use super::cloudwatch::On;
use super::prometheus::Names;
use super::{Chart, Extent, Series, Unit};
use crate::model::{Environment, Machines, Prometheus, System};

/// A system in one of its environments.
type Place<'a> = (&'a System, &'a Environment);

/// Who is asked for what is drawn.
enum Asked<'a> {
    CloudWatch(Place<'a>),
    Prometheus(Names),
}

/// What is drawn, and under which name.
struct Dashboard<'a> {
    system: &'a System,
    name: String,
    tags: Vec<&'a str>,
    asked: Asked<'a>,
    extent: Extent<'a>,
    /// What is chosen in Grafana, beside who is asked.
    variables: Vec<Json>,
}

/// The version of Grafana's dashboard schema that this is written in (Grafana 11).
const SCHEMA: u32 = 39;

/// The file of the dashboard of an environment.
pub(crate) fn body((system, environment): Place<'_>) -> Json {
    let (asked, variables) = match system.monitoring.prometheus() {
        None => {
            let variables = cloudwatch::variables(environment).to_vec();
            (Asked::CloudWatch((system, environment)), variables)
        }
        Some(prometheus) => {
            let names = Names::of(system, system.namespace(), prometheus.every.0);
            (Asked::Prometheus(names), Vec::new())
        }
    };
    draw(&Dashboard {
        system,
        name: system.cluster(environment),
        tags: vec![system.name.as_str(), environment.name.as_str()],
        asked,
        extent: environment.into(),
        variables,
    })
}

/// The file of the one dashboard of a cluster that environments share: which of them it shows is chosen in Grafana.
pub(crate) fn of_machines(system: &System, machines: &Machines, prometheus: &Prometheus) -> Option<Json> {
    let first = machines.namespaces.first()?;
    let names = machines.namespaces.iter().map(|namespace| namespace.name.as_str());
    let chosen = json!({
        "name": "namespace",
        "label": "Environment",
        "type": "custom",
        "query": names.collect::<Vec<_>>().join(","),
    });
    Some(draw(&Dashboard {
        system,
        name: system.name.to_string(),
        tags: vec![system.name.as_str()],
        asked: Asked::Prometheus(Names::of(system, "$namespace", prometheus.every.0)),
        extent: first.into(),
        variables: vec![chosen],
    }))
}

fn draw(dashboard: &Dashboard<'_>) -> Json {
    let Dashboard { system, name, .. } = dashboard;
    let panels = system.monitoring.panels.iter();
    let drawn = panels.filter_map(|panel| {
        let chart = Chart::of(*panel, On::of(system).unit());
        let targets = dashboard.asked.targets(&chart);
        (!targets.is_empty()).then_some((chart, targets))
    });
    let panels = (0..)
        .zip(drawn)
        .map(|(index, (chart, targets))| panel(dashboard, index, &chart, &targets));
    // The data source is chosen in Grafana, and with it what is only known once it is there.
    let kind = dashboard.asked.kind();
    let source = json!({ "name": "source", "label": "Data source", "type": "datasource", "query": kind });
    let variables = std::iter::once(&source).chain(&dashboard.variables);
    json!({
        "uid": name,
        "title": name,
        "description": system.summary,
        "tags": dashboard.tags,
        "schemaVersion": SCHEMA,
        "editable": false,
        "graphTooltip": 1,
        "refresh": "1m",
        "time": { "from": "now-3h", "to": "now" },
        "timezone": "browser",
        "templating": { "list": variables.collect::<Vec<_>>() },
        "panels": panels.collect::<Vec<_>>()
    })
}

fn source(kind: &str) -> Json {
    json!({ "type": kind, "uid": "${source}" })
}

impl Asked<'_> {
    /// The kind of data source.
    fn kind(&self) -> &'static str {
        match self {
            Self::CloudWatch(_) => "cloudwatch",
            Self::Prometheus(_) => "prometheus",
        }
    }

    fn source(&self) -> Json {
        source(self.kind())
    }

    /// What is asked for a chart; nothing where the data source can tell none of its lines.
    fn targets(&self, chart: &Chart) -> Vec<Json> {
        let series = chart.series.iter().enumerate();
        series
            .filter_map(|(number, series)| self.target(number, series))
            .collect()
    }

    /// What is asked for a line of a chart; nothing where the data source cannot tell it.
    fn target(&self, number: usize, series: &Series) -> Option<Json> {
        let letter = u8::try_from(number).map_or('Z', |number| char::from(b'A'.saturating_add(number)));
        let asked = match self {
            Self::CloudWatch(place) => cloudwatch::target(*place, series)?,
            Self::Prometheus(names) => prometheus::target(names, series)?,
        };
        let head = [
            ("refId".to_owned(), letter.to_string().into()),
            ("datasource".to_owned(), self.source()),
        ];
        let Json::Object(asked) = asked else { return None };
        Some(Json::Object(head.into_iter().chain(asked).collect()))
    }
}

fn panel(dashboard: &Dashboard<'_>, index: u32, chart: &Chart, targets: &[Json]) -> Json {
    let mut thresholds = vec![json!({ "color": "green", "value": null })];
    thresholds.extend(
        chart
            .bound(dashboard.system, dashboard.extent)
            .map(|(value, _)| json!({ "color": "red", "value": value })),
    );
    json!({
        "id": index + 1,
        "type": "timeseries",
        "title": chart.title,
        "datasource": dashboard.asked.source(),
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
