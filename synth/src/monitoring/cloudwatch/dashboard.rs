//! The dashboard of CloudWatch
//! (CloudWatch API reference, "Dashboard body structure and syntax").

use super::{Names, On, statistic};
use crate::aws::cloudwatch;
use crate::model::{Environment, Panel, System};
use crate::monitoring::{Chart, Of, Series, Unit};
use crate::template::{Arn, Node, ToNode, Value, pseudo};

/// The grid is 24 wide; two panels stand side by side.
const WIDTH: i64 = 24;
const PANEL: (i64, i64) = (12, 6);
const ALARMS: i64 = 3;

/// The body of the dashboard of an environment, with the state of some alarms above its panels.
pub(crate) fn body(
    (system, environment): (&System, &Environment),
    names: &Names,
    alarms: &[Value<Arn<cloudwatch::Alarm>>],
) -> Node {
    let mut widgets = vec![widget(
        "alarm",
        (0, 0),
        (WIDTH, ALARMS),
        Node::map([
            ("title", format!("{}: alarms", system.cluster(environment)).to_node()),
            ("alarms", Node::list(alarms.iter().cloned())),
        ]),
    )];
    let panels = system.monitoring.panels.iter();
    let charts = panels.filter_map(|panel| metrics((system, environment), names, *panel));
    for (index, chart) in (0..).zip(charts) {
        let at = (index % 2 * PANEL.0, ALARMS + index / 2 * PANEL.1);
        widgets.push(widget("metric", at, PANEL, chart));
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

/// A chart of what `CloudWatch` knows; nothing where it knows none of its lines.
fn metrics((system, environment): (&System, &Environment), names: &Names, panel: Panel) -> Option<Node> {
    let chart = Chart::of(panel, On::of(system).unit());
    let lines: Vec<Node> = chart.series.iter().flat_map(|series| rows(names, series)).collect();
    if lines.is_empty() {
        return None;
    }
    let mut properties = vec![
        ("title", chart.title.to_node()),
        ("region", pseudo::region().to_node()),
        ("view", "timeSeries".to_node()),
        ("period", 60_i64.to_node()),
        ("metrics", Node::List(lines)),
    ];
    if chart.unit == Unit::Percent {
        properties.push((
            "yAxis",
            Node::map([(
                "left",
                Node::map([("min", 0_i64.to_node()), ("max", 100_i64.to_node())]),
            )]),
        ));
    }
    properties.extend(chart.bound(system, environment).map(|(value, label)| {
        let line = Node::map([("label", label.to_node()), ("value", value.to_node())]);
        ("annotations", Node::map([("horizontal", Node::List(vec![line]))]))
    }));
    Some(Node::map(properties))
}

/// The lines of a series: one, or one for each of two versions that take turns; none of what `CloudWatch` does not know.
fn rows(names: &Names, series: &Series) -> Vec<Node> {
    let Some(metric) = names.metric(series.signal) else {
        return Vec::new();
    };
    let row = |names: &Names, label: String| {
        let mut row = names.row(metric);
        row.push(Node::map([
            ("stat", statistic(series.summed).to_node()),
            ("label", label.to_node()),
        ]));
        Node::List(row)
    };
    match names.of_other() {
        Some(other) if series.signal.of() == Of::Version => vec![
            row(names, format!("{}, blue", series.label)),
            row(&other, format!("{}, green", series.label)),
        ],
        _ => vec![row(names, series.label.clone())],
    }
}
