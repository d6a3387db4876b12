//! What is left when the stacks of an environment are gone: what their templates keep, and what services made beside them.

use serde_json::Value as Json;

use super::words::{code, count, list, plain};
use crate::render::{Part, Site};

/// A line each: what stays, and how long or why.
pub(super) fn of(site: &Site<'_>) -> Vec<String> {
    let kept = site.parts.iter().filter_map(kept);
    let all = site.parts.iter().flat_map(Part::resources);
    let beside = all.filter(|(_, resource)| !is_kept(resource));
    let mut lines: Vec<String> = kept.collect();
    lines.extend(beside.filter_map(|(id, resource)| by_product(id, resource)));
    lines.extend(
        site.parts
            .iter()
            .flat_map(Part::resources)
            .filter_map(|(_, resource)| unseen(resource)),
    );
    lines.dedup();
    lines
}

/// What the template of a stack keeps. A resource with a condition may not have been made.
fn kept(part: &Part) -> Option<String> {
    let kept = part.resources().filter(|(_, resource)| is_kept(resource));
    let names = kept.map(
        |(id, resource)| match (resource["Condition"].as_str(), name(resource)) {
            (Some(_), _) => format!("`{id}` if the stack made it"),
            (None, _) if resource["DeletionPolicy"] == "Snapshot" => format!("a last snapshot of `{id}`"),
            (None, Some(name)) => format!("`{id}` ({name})"),
            (None, None) => code(id),
        },
    );
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| format!("of the stack `{}`: {}", part.entry.stack, list(&names)))
}

/// The name that would be taken if the stack were made again.
fn name(resource: &Json) -> Option<String> {
    let properties = &resource["Properties"];
    let names = [
        "RepositoryName",
        "LogGroupName",
        "BucketName",
        "Name",
        "DBInstanceIdentifier",
    ];
    let mut names = names.into_iter().filter_map(|name| properties[name].as_str());
    names.next().map(code)
}

fn is_kept(resource: &Json) -> bool {
    resource["DeletionPolicy"]
        .as_str()
        .is_some_and(|policy| policy.starts_with("Retain") || policy == "Snapshot")
}

/// What stays for a while of a resource that is deleted.
fn by_product(id: &str, resource: &Json) -> Option<String> {
    let properties = &resource["Properties"];
    match resource["Type"].as_str()? {
        "AWS::KMS::Key" => {
            let days = properties["PendingWindowInDays"].as_u64().unwrap_or(30);
            Some(format!(
                "`{id}`, which cannot be used any more, until KMS deletes it {days} days later"
            ))
        }
        "AWS::SecretsManager::Secret" => Some(format!(
            "{} for the days in which Secrets Manager can restore it, if it was given any",
            name(resource).unwrap_or_else(|| code(id))
        )),
        "AWS::ECS::TaskDefinition" => Some(format!(
            "every revision of {} that a release has replaced, at no cost",
            code(&plain(&properties["Family"]))
        )),
        _ => None,
    }
}

/// What a service made beside a resource and nobody's template has, whether or not the resource is kept.
fn unseen(resource: &Json) -> Option<String> {
    let properties = &resource["Properties"];
    match resource["Type"].as_str()? {
        "AWS::RDS::DBInstance" => {
            let days = properties["BackupRetentionPeriod"].as_u64().unwrap_or(1);
            let backups = properties["DeleteAutomatedBackups"].as_bool() == Some(false);
            let backups = backups.then(|| {
                format!(
                    "automated backups of the database for {}",
                    count(u32::try_from(days).unwrap_or(u32::MAX), "day")
                )
            });
            let machine = properties["MonitoringInterval"]
                .as_u64()
                .is_some_and(|seconds| seconds > 0);
            let machine =
                machine.then(|| "the log group `RDSOSMetrics`, which all databases of the account share".to_owned());
            let by_hand = "snapshots of the database that somebody made".to_owned();
            let all: Vec<String> = backups.into_iter().chain([by_hand]).chain(machine).collect();
            Some(list(&all))
        }
        "AWS::ECS::Cluster" => {
            let name = properties["ClusterName"].as_str()?;
            let settings = properties["ClusterSettings"].as_array()?;
            let watched = settings
                .iter()
                .any(|one| one["Name"] == "containerInsights" && one["Value"] != "disabled");
            watched.then(|| format!("the log group `/aws/ecs/containerinsights/{name}/performance`, which ECS made"))
        }
        _ => None,
    }
}
