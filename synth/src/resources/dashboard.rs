//! The dashboard of CloudWatch
//! (CloudWatch API reference, "Dashboard body structure and syntax").

use super::alarms;
use super::metrics::{Names, Of, Series, chart};
use super::place::Place;
use crate::aws::cloudwatch;
use crate::model::{Panel, When};
use crate::template::{Arn, Node, ToNode, Value, pseudo};

/// The grid is 24 wide; two panels stand side by side.
const WIDTH: i64 = 24;
const PANEL: (i64, i64) = (12, 6);
const ALARMS: i64 = 3;

pub(crate) fn body(place: Place<'_>, names: &Names, alarms: &[Value<Arn<cloudwatch::Alarm>>]) -> Node {
    let mut widgets = vec![widget(
        "alarm",
        (0, 0),
        (WIDTH, ALARMS),
        Node::map([
            ("title", format!("{}: alarms", place.prefix()).to_node()),
            ("alarms", Node::list(alarms.iter().cloned())),
        ]),
    )];
    for (index, panel) in (0..).zip(&place.system.dashboard.panels) {
        let at = (index % 2 * PANEL.0, ALARMS + index / 2 * PANEL.1);
        widgets.push(widget("metric", at, PANEL, metrics(place, names, *panel)));
    }
    Node::map([("widgets", Node::List(widgets))])
}

fn widget(kind: &str, at: (i64, i64), size: (i64, i64), properties: Node) -> Node {
    Node::map([
        ("type", kind.to_node()),
        ("x", at.0.to_node()),
        ("y", at.1.to_node()),
        ("width", size.0.to_node()),
        ("height", size.1.to_node()),
        ("properties", properties),
    ])
}

fn metrics(place: Place<'_>, names: &Names, panel: Panel) -> Node {
    let chart = chart(panel);
    let mut properties = vec![
        ("title", chart.title.to_node()),
        ("region", pseudo::region().to_node()),
        ("view", "timeSeries".to_node()),
        ("period", 60_i64.to_node()),
        (
            "metrics",
            Node::List(chart.series.iter().flat_map(|series| rows(names, series)).collect()),
        ),
    ];
    if chart.unit == "percent" {
        properties.push((
            "yAxis",
            Node::map([(
                "left",
                Node::map([("min", 0_i64.to_node()), ("max", 100_i64.to_node())]),
            )]),
        ));
    }
    properties.extend(threshold(place, panel).map(|(value, label)| {
        let line = Node::map([("label", label.to_node()), ("value", value.to_node())]);
        ("annotations", Node::map([("horizontal", Node::List(vec![line]))]))
    }));
    Node::map(properties)
}

/// The lines of a series: one, or one for each of two versions that take turns.
fn rows(names: &Names, series: &Series) -> Vec<Node> {
    let row = |names: &Names, label: String| {
        let mut row = names.row(series.metric);
        row.push(Node::map([
            ("stat", series.statistic.to_node()),
            ("label", label.to_node()),
        ]));
        Node::List(row)
    };
    match names.of_other() {
        Some(other) if series.metric.of == Of::Target => vec![
            row(names, format!("{}, blue", series.label)),
            row(&other, format!("{}, green", series.label)),
        ],
        _ => vec![row(names, series.label.to_owned())],
    }
}

/// Where the alarm of a panel goes off, if it has one.
pub(crate) fn threshold(place: Place<'_>, panel: Panel) -> Option<(f64, &'static str)> {
    place.system.alerts.iter().find_map(|alert| match (alert.when, panel) {
        (When::CpuAbove(percent), Panel::Cpu) | (When::MemoryAbove(percent), Panel::Memory) => {
            Some((percent.number().into(), "alarm"))
        }
        (When::SlowerThan(percentile, milliseconds), Panel::Latency) => {
            Some((f64::from(milliseconds) / 1000.0, percentile.statistic()))
        }
        (When::DatabaseCpuAbove(percent), Panel::DatabaseCpu) => Some((percent.number().into(), "alarm")),
        (When::DatabaseConnectionsAbove(share), Panel::DatabaseConnections) => {
            Some((alarms::connections(place, share), "alarm"))
        }
        (When::DatabaseStorageBelow(share), Panel::DatabaseStorage) => Some((alarms::storage(place, share), "alarm")),
        _ => None,
    })
}
