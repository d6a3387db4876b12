//! Log groups: their names, which the policy of the key lists, and how they are kept.

use super::place::Place;
use crate::aws::{kms, logs};
use crate::template::Handle;

/// The log groups of an environment, by their names.
pub(crate) fn all(place: Place<'_>) -> Vec<String> {
    let mut all = vec![of_network(place), of_firewall(place)];
    if place.system.kubernetes().is_some() {
        all.extend(of_cluster(place).map(|(_, name)| name));
    } else {
        all.insert(0, place.system.log_group(place.environment));
    }
    if place.system.database().is_some() {
        all.extend(of_database(place));
    }
    all
}

/// The log group of the network's flow logs.
pub(crate) fn of_network(place: Place<'_>) -> String {
    format!("/vpc/{}/{}", place.system.name, place.environment.name)
}

/// The log group of the firewall. WAF takes only names that begin like this
/// (AWS WAF developer guide, "Sending web ACL traffic logs to a CloudWatch Logs log group").
pub(crate) fn of_firewall(place: Place<'_>) -> String {
    format!("aws-waf-logs-{}", place.prefix())
}

/// The log groups of a cluster, each with its role. EKS and the agent of Container Insights choose their names (Amazon
/// EKS user guide, "Send control plane logs to CloudWatch Logs"; Amazon CloudWatch user guide, "Container Insights").
pub(crate) fn of_cluster(place: Place<'_>) -> impl Iterator<Item = (&'static str, String)> {
    let cluster = place.prefix();
    let insights = ["application", "dataplane", "host", "performance"];
    let control = ("control-plane", format!("/aws/eks/{cluster}/cluster"));
    let insights = insights.map(|log| (log, format!("/aws/containerinsights/{cluster}/{log}")));
    std::iter::once(control).chain(insights)
}

/// The logs that the database writes and CloudWatch keeps.
pub(crate) const OF_DATABASE: [&str; 2] = ["error", "slowquery"];

/// The name of a log group: RDS chooses it, so that it is made before the database, with a key and an end.
pub(crate) fn of_database(place: Place<'_>) -> impl Iterator<Item = String> {
    OF_DATABASE
        .iter()
        .map(move |log| format!("/aws/rds/instance/{}/{log}", place.prefix()))
}

/// A log group with the environment's retention and key.
pub(crate) fn kept(place: Place<'_>, name: &str, key: &Handle<kms::Key>) -> logs::LogGroup {
    logs::LogGroup {
        kms_key_id: Some(key.arn()),
        log_group_name: Some(name.into()),
        retention_in_days: Some(place.environment.logs.days().into()),
        ..logs::LogGroup::new()
    }
}
