//! The dashboards: CloudWatch's and Grafana's show the same.

use serde_json::Value as Json;
use synth::model::Panel;

use super::{S0, items, out};

fn file(path: &str) -> Json {
    serde_json::from_str(&S0.rendered.files[&format!("out/predict-api/prod/{path}")]).unwrap()
}

/// The body of CloudWatch's dashboard as it stands in the template.
fn body() -> Json {
    let body = S0.at("prod/observability", "Dashboard", "/DashboardBody/Fn::Sub/0");
    serde_json::from_str(body.as_str().unwrap()).unwrap()
}

type Panels = Vec<(String, Vec<String>)>;

/// Title, and for each line namespace, metric and statistic.
fn cloudwatch() -> Panels {
    let body = body();
    let widgets = items(&body["widgets"])
        .iter()
        .filter(|widget| widget["type"] == "metric");
    let line = |row: &Json| {
        let row = items(row);
        format!("{} {} {}", row[0], row[1], row.last().unwrap()["stat"])
    };
    let panel = |widget: &Json| {
        let properties = &widget["properties"];
        (
            properties["title"].to_string(),
            items(&properties["metrics"]).iter().map(line).collect(),
        )
    };
    widgets.map(panel).collect()
}

fn grafana() -> Panels {
    let dashboard = file("grafana-dashboard.json");
    let line = |target: &Json| {
        format!(
            "{} {} {}",
            target["namespace"], target["metricName"], target["statistic"]
        )
    };
    let panel = |panel: &Json| {
        (
            panel["title"].to_string(),
            items(&panel["targets"]).iter().map(line).collect(),
        )
    };
    items(&dashboard["panels"]).iter().map(panel).collect()
}

#[test]
fn s0_31_cpu_and_memory_are_shown() {
    let titles: Vec<_> = cloudwatch().into_iter().map(|(title, _)| title).collect();
    assert_eq!(titles[..2], ["\"CPU\"", "\"Memory\""]);
}

#[test]
fn s0_50_grafana_shows_each_panel_of_cloudwatch_with_the_same_metrics() {
    assert_eq!(grafana(), cloudwatch());
}

#[test]
fn s0_31_the_dashboard_begins_with_every_alarm() {
    let body = body();
    let alarms = items(&body["widgets"][0]["properties"]["alarms"]).len();
    let all = ["prod/observability", "prod/service"].map(|stack| S0.all(stack, "AWS::CloudWatch::Alarm"));
    // What takes a deployment back is for ECS.
    assert_eq!(alarms, all.concat().len() - 2);
}

#[test]
fn s0_31_the_dashboard_beside_the_template_is_the_one_in_it() {
    assert_eq!(file("cloudwatch-dashboard.json"), body());
}

#[test]
fn widgets_lie_inside_the_grid_and_on_no_other() {
    let body = body();
    let number = |widget: &Json, key: &str| widget[key].as_u64().unwrap();
    let place = |widget: &Json| {
        [
            number(widget, "x"),
            number(widget, "y"),
            number(widget, "width"),
            number(widget, "height"),
        ]
    };
    let places: Vec<_> = items(&body["widgets"]).iter().map(place).collect();
    let apart = |a: &[u64; 4], b: &[u64; 4]| {
        a[0] + a[2] <= b[0] || b[0] + b[2] <= a[0] || a[1] + a[3] <= b[1] || b[1] + b[3] <= a[1]
    };
    let pairs = places
        .iter()
        .enumerate()
        .flat_map(|(index, a)| places[..index].iter().map(move |b| (a, b)));
    assert!(pairs.into_iter().all(|(a, b)| apart(a, b)));
    assert!(places.iter().all(|place| place[0] + place[2] <= 24));
}

#[test]
fn grafana_has_an_id_for_each_panel() {
    let dashboard = file("grafana-dashboard.json");
    let mut ids: Vec<_> = items(&dashboard["panels"])
        .iter()
        .map(|panel| panel["id"].as_u64().unwrap())
        .collect();
    let all = ids.len();
    ids.dedup();
    assert_eq!((ids.len(), ids[0]), (all, 1));
}

#[test]
fn a_dashboard_shows_the_panels_that_are_asked_for() {
    let mut system = synth::systems::predict_api();
    system.monitoring.panels = vec![Panel::Latency];
    let out = out(&system);
    let text = &out.rendered.files["out/predict-api/prod/grafana-dashboard.json"];
    let dashboard: Json = serde_json::from_str(text).unwrap();
    assert_eq!(dashboard["panels"].as_array().unwrap().len(), 1);
}
