//! The panels of the dashboards: the same for CloudWatch and for Grafana, whose file is read here.

use serde::Serialize;
use serde_json::Value as Json;

use super::cells;
use super::words::list;
use crate::render::{Site, Whole, from_page, grafana_file};

/// The panels and the files.
#[derive(Serialize)]
pub(super) struct View {
    /// The titles of the panels, in words.
    titles: String,
    panels: Vec<Line>,
    files: Vec<String>,
    /// What Grafana asks.
    source: &'static str,
}

/// A panel. Its metrics go on in lines without its title.
#[derive(Serialize)]
struct Line {
    title: String,
    metrics: String,
}

/// The panels are the system's, so any environment's file tells them.
pub(super) fn view(whole: &Whole<'_>) -> View {
    let panels = whole.sites.first().map(|site| &site.grafana["panels"]);
    let panels = panels.and_then(Json::as_array).into_iter().flatten();
    let file = |site: &Site<'_>| from_page(whole.system, &grafana_file(whole.system, site.environment)).to_owned();
    let panels: Vec<&Json> = panels.collect();
    let titles = panels.iter().filter_map(|panel| panel["title"].as_str());
    View {
        titles: list(&titles.collect::<Vec<_>>()),
        panels: panels.into_iter().flat_map(panel).collect(),
        files: whole.sites.iter().map(file).collect(),
        source: match whole.system.monitoring.prometheus() {
            None => "CloudWatch",
            Some(_) => "Prometheus",
        },
    }
}

fn panel(panel: &Json) -> Vec<Line> {
    let text = |json: &Json| json.as_str().unwrap_or_default().to_owned();
    let metric = |target: &Json| {
        let [namespace, name, statistic, label] =
            ["namespace", "metricName", "statistic", "label"].map(|key| text(&target[key]));
        if let Some(label) = target["legendFormat"].as_str() {
            return format!("{label}, in PromQL");
        }
        if label == statistic {
            format!("`{namespace}` `{name}` ({statistic})")
        } else {
            format!("{label}: `{namespace}` `{name}` ({statistic})")
        }
    };
    let targets = panel["targets"].as_array().into_iter().flatten();
    let metrics = cells::pack(targets.map(metric), "<br>");
    let lines = cells::lines(&[vec![text(&panel["title"])], metrics]).into_iter();
    lines.map(|[title, metrics]| Line { title, metrics }).collect()
}
