//! What alarms, dashboards and metric filters watch of a cluster.

use serde_json::Value as Json;

use super::named;
use crate::checks::Set;
use crate::read::Node;
use crate::read::template::known::{Ask, Text};
use crate::read::template::path::at;
use crate::read::template::scenario::Scenario;

/// The namespace of the metrics that Container Insights writes.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html>.
const INSIGHTS: &str = "ContainerInsights";

/// Where it writes logs, before the name of the cluster.
const LOGS: &str = "/aws/containerinsights/";

/// What one metric or filter looks at.
#[derive(Debug, Default)]
pub(in crate::checks::across) struct Watch<'a> {
    /// The cluster.
    pub(in crate::checks::across) cluster: Option<Seen<'a>>,
    /// The namespace.
    pub(in crate::checks::across) namespace: Option<Seen<'a>>,
    /// The Service.
    pub(in crate::checks::across) service: Option<Seen<'a>>,
    /// The workload: Container Insights calls it `PodName`.
    pub(in crate::checks::across) workload: Option<Seen<'a>>,
}

/// A name, and where it stands.
#[derive(Debug)]
pub(in crate::checks::across) struct Seen<'a> {
    /// Every name that it may be.
    pub(in crate::checks::across) names: Vec<Text<'a>>,
    /// Where it stands.
    pub(in crate::checks::across) at: &'a Node,
}

impl<'a> Watch<'a> {
    /// Everything that is watched.
    pub(in crate::checks::across) fn all(set: &Set<'a>) -> Vec<Self> {
        let mut found = of_alarms(set);
        found.extend(of_dashboards(set));
        found.extend(of_filters(set));
        found
    }

    fn set(&mut self, dimension: &str, seen: Seen<'a>) {
        let seen = Some(seen).filter(|seen| !seen.names.is_empty());
        match dimension {
            "ClusterName" => self.cluster = seen,
            "Namespace" => self.namespace = seen,
            "Service" => self.service = seen,
            "PodName" => self.workload = seen,
            _ => {}
        }
    }
}

fn of_alarms<'a>(set: &Set<'a>) -> Vec<Watch<'a>> {
    let mut found = Vec::new();
    for (template, alarm) in set.of("AWS::CloudWatch::Alarm") {
        let Some(properties) = alarm.attribute("Properties") else {
            continue;
        };
        let more = at(properties, "Metrics/*/MetricStat/Metric");
        let own = properties.get("MetricName").map(|_| properties);
        for metric in more.into_iter().chain(own) {
            let namespace = metric.get("Namespace").and_then(|node| Ask::of(template).text(node));
            if !namespace.is_some_and(|namespace| namespace == INSIGHTS) {
                continue;
            }
            let mut watch = Watch::default();
            for dimension in at(metric, "Dimensions/*") {
                let name = dimension.get("Name").and_then(Node::text).unwrap_or_default();
                if let Some(at) = dimension.get("Value") {
                    let names = named(set, template, at);
                    watch.set(name, Seen { names, at });
                }
            }
            found.push(watch);
        }
    }
    found
}

fn of_dashboards<'a>(set: &Set<'a>) -> Vec<Watch<'a>> {
    let mut found = Vec::new();
    let nothing = Scenario::default().strict();
    for place in set.at("AWS::CloudWatch::Dashboard", "DashboardBody") {
        // What a deployer may choose is a hole here, so that the rest is as sure as it is written.
        let Some(shape) = Ask::of(place.template).in_scenario(&nothing).shape(place.node) else {
            continue;
        };
        let body: Json = serde_json::from_str(&shape.to_string()).unwrap_or_default();
        let widgets = body["widgets"].as_array().into_iter().flatten();
        for rows in widgets.filter_map(|widget| widget["properties"]["metrics"].as_array()) {
            let mut before: Vec<&str> = Vec::new();
            for row in rows.iter().filter_map(Json::as_array) {
                let row: Vec<&str> = row.iter().map_while(Json::as_str).collect();
                // A point stands for what the row before has there, and three for more of it.
                let same = |at: usize| before.get(at).copied().unwrap_or("${");
                let row = row
                    .iter()
                    .enumerate()
                    .map(|(at, cell)| if *cell == "." { same(at) } else { cell });
                let row: Vec<&str> = row.collect();
                if row.first() == Some(&INSIGHTS) && !row.contains(&"...") {
                    let mut watch = Watch::default();
                    for pair in row[2.min(row.len())..]
                        .chunks_exact(2)
                        .filter(|pair| !pair[1].contains("${"))
                    {
                        let text = Text::written(pair[1].to_owned().into());
                        let names = vec![text.resting_on(shape.sure)];
                        watch.set(pair[0], Seen { names, at: place.node });
                    }
                    found.push(watch);
                }
                before = row;
            }
        }
    }
    found
}

fn of_filters<'a>(set: &Set<'a>) -> Vec<Watch<'a>> {
    let mut found = Vec::new();
    for (template, filter) in set.of("AWS::Logs::MetricFilter") {
        let Some(at) = filter.property("LogGroupName") else {
            continue;
        };
        let clusters = named(set, template, at).into_iter().filter_map(cluster);
        let names: Vec<Text<'a>> = clusters.collect();
        if names.is_empty() {
            continue;
        }
        let mut watch = Watch::default();
        watch.set("ClusterName", Seen { names, at });
        if let Some(at) = filter.property("FilterPattern") {
            let pattern = Ask::of(template).text(at);
            let namespace =
                pattern.and_then(|pattern| pattern.and_then(|text| compared(&text, "$.kubernetes.namespace_name")));
            let names = namespace.into_iter().map(|name| name.map(Into::into)).collect();
            watch.set("Namespace", Seen { names, at });
        }
        found.push(watch);
    }
    found
}

/// The cluster of a log group of Container Insights.
fn cluster(group: Text<'_>) -> Option<Text<'_>> {
    group.and_then(|group| {
        let cluster = group.strip_prefix(LOGS)?.split('/').next()?;
        Some(cluster.to_owned().into())
    })
}

/// What a pattern says that a field is.
fn compared(pattern: &str, field: &str) -> Option<String> {
    let (_, rest) = pattern.split_once(field)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let value = rest.strip_prefix('"')?.split('"').next()?;
    (!value.contains('*')).then(|| value.to_owned())
}
