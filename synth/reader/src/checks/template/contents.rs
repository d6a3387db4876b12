//! What resources of some types hold.

use crate::read::Node;
use crate::read::template::Resource;

/// The containers of a task definition.
pub(super) fn containers<'a>(task: &Resource<'a>) -> &'a [Node] {
    task.property("ContainerDefinitions")
        .and_then(Node::list)
        .unwrap_or_default()
}

/// What a service registers its tasks with.
pub(super) fn load_balancers<'a>(service: &Resource<'a>) -> &'a [Node] {
    service
        .property("LoadBalancers")
        .and_then(Node::list)
        .unwrap_or_default()
}

/// The bucket that a load balancer writes its access logs to, if it does.
pub(super) fn access_log_bucket<'a>(balancer: &Resource<'a>) -> Option<&'a Node> {
    let attributes = balancer.property("LoadBalancerAttributes").and_then(Node::list)?;
    let value = |key: &str| {
        let named = |attribute: &&Node| attribute.get("Key").and_then(Node::text) == Some(key);
        attributes.iter().find(named)?.get("Value")
    };
    let enabled = value("access_logs.s3.enabled")?;
    value("access_logs.s3.bucket").filter(|_| enabled.as_bool() != Some(false))
}

/// The metrics that an alarm watches: itself, or those below `Metrics`.
pub(super) fn metrics<'a>(alarm: &Resource<'a>) -> Vec<&'a Node> {
    let own = alarm
        .attribute("Properties")
        .filter(|node| node.get("MetricName").is_some());
    let more = alarm.property("Metrics").and_then(Node::list).unwrap_or_default();
    own.into_iter()
        .chain(more.iter().filter_map(|metric| metric.dig(&["MetricStat", "Metric"])))
        .collect()
}

/// The dimensions of all metrics that an alarm watches.
pub(super) fn dimensions<'a>(alarm: &Resource<'a>) -> Vec<&'a Node> {
    let lists = metrics(alarm)
        .into_iter()
        .filter_map(|metric| metric.get("Dimensions").and_then(Node::list));
    lists.flatten().collect()
}
