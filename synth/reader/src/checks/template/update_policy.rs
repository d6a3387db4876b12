//! The forms of `UpdatePolicy`, by type.

use crate::checks::Report;
use crate::checks::template::form::{self, Field, Want, may, must};
use crate::read::template::Resource;

const SUSPENDED: [&str; 9] = [
    "Launch",
    "Terminate",
    "AddToLoadBalancer",
    "AlarmNotification",
    "AZRebalance",
    "HealthCheck",
    "InstanceRefresh",
    "ReplaceUnhealthy",
    "ScheduledActions",
];

const ROLLING: [Field; 7] = [
    may("MaxBatchSize", Want::Whole(1, i64::MAX)),
    may("MinActiveInstancesPercent", Want::Whole(0, 100)),
    may("MinInstancesInService", Want::Whole(0, i64::MAX)),
    may("MinSuccessfulInstancesPercent", Want::Whole(0, 100)),
    may("PauseTime", Want::Text),
    may("SuspendProcesses", Want::Texts),
    may("WaitOnResourceSignals", Want::Flag),
];

const PREFERENCES: [Field; 10] = [
    may("AlarmSpecification", Want::Map(&[may("Alarms", Want::Texts)])),
    may("BakeTime", Want::Whole(0, 172_800)),
    may("CheckpointDelay", Want::Whole(0, 172_800)),
    may("CheckpointPercentages", Want::Texts),
    may("InstanceWarmup", Want::Whole(0, i64::MAX)),
    may("MaxHealthyPercentage", Want::Whole(100, 200)),
    may("MinHealthyPercentage", Want::Whole(0, 100)),
    may("ScaleInProtectedInstances", Want::OneOf(&["Ignore", "Refresh", "Wait"])),
    may("SkipMatching", Want::Flag),
    may("StandbyInstances", Want::OneOf(&["Ignore", "Terminate", "Wait"])),
];

const GROUP: [Field; 4] = [
    may(
        "AutoScalingInstanceRefresh",
        Want::Map(&[
            must("Strategy", Want::OneOf(&["ReplaceRootVolume", "Rolling"])),
            may("Preferences", Want::Map(&PREFERENCES)),
        ]),
    ),
    may(
        "AutoScalingReplacingUpdate",
        Want::Map(&[may("WillReplace", Want::Flag)]),
    ),
    may("AutoScalingRollingUpdate", Want::Map(&ROLLING)),
    may(
        "AutoScalingScheduledAction",
        Want::Map(&[may("IgnoreUnmodifiedGroupSizeProperties", Want::Flag)]),
    ),
];

const ALIAS: [Field; 1] = [may(
    "CodeDeployLambdaAliasUpdate",
    Want::Map(&[
        must("ApplicationName", Want::Text),
        must("DeploymentGroupName", Want::Text),
        may("AfterAllowTrafficHook", Want::Text),
        may("BeforeAllowTrafficHook", Want::Text),
    ]),
)];

const CACHE: [Field; 1] = [may("UseOnlineResharding", Want::Flag)];

const SEARCH: [Field; 1] = [may("EnableVersionUpgrade", Want::Flag)];

const FLEET: [Field; 2] = [may("StartAfterUpdate", Want::Any), may("StopBeforeUpdate", Want::Any)];

/// Reports an `UpdatePolicy` of another form than its type takes, and one on a type that takes none.
pub(super) fn check<'a>(resource: &Resource<'a>, report: &mut Report<'a>) {
    let Some(entry) = resource.entry.value.map().and_then(|map| map.entry("UpdatePolicy")) else {
        return;
    };
    let fields: &'static [Field] = match resource.kind {
        "AWS::AutoScaling::AutoScalingGroup" => &GROUP,
        "AWS::Lambda::Alias" => &ALIAS,
        "AWS::ElastiCache::ReplicationGroup" => &CACHE,
        "AWS::Elasticsearch::Domain" | "AWS::OpenSearchService::Domain" => &SEARCH,
        "AWS::AppStream::Fleet" => &FLEET,
        kind if crate::schema::resource(kind).is_some() => {
            report.key(entry, format!("{kind} takes no `UpdatePolicy`"));
            return;
        }
        _ => return,
    };
    form::check(entry, fields, "`UpdatePolicy`", report);
    let rolling = entry.value.get("AutoScalingRollingUpdate");
    let Some(rolling) = rolling else { return };
    if let Some(node) = rolling
        .get("PauseTime")
        .filter(|node| node.text().is_some_and(|text| !form::is_duration(text)))
    {
        report.value(node, "`PauseTime` is a duration such as `PT15M`");
    }
    let suspended = rolling.get("SuspendProcesses").and_then(|node| node.list());
    for item in suspended.unwrap_or_default() {
        if let Some(name) = item.text().filter(|name| !SUSPENDED.contains(name)) {
            report.value(item, format!("`{name}` is no process of Auto Scaling"));
        }
    }
}
