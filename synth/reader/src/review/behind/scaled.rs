//! Counts that scaling sets.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::spread::Pair;
use super::super::stack::{Item, Stack};
use super::super::verdict::{Effect, ResourceChange, Source, Verdict};
use super::{at, is_updated, named, path_of, raise, touches};

/// What Application Auto Scaling sets: the dimension, and where the type of what it scales says it.
///
/// <https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html>
const DIMENSIONS: [(&str, &str, &[&str]); 12] = [
    (
        "appstream:fleet:DesiredCapacity",
        "AWS::AppStream::Fleet",
        &["ComputeCapacity"],
    ),
    (
        "cassandra:table:ReadCapacityUnits",
        "AWS::Cassandra::Table",
        &["BillingMode", "ProvisionedThroughput"],
    ),
    (
        "cassandra:table:WriteCapacityUnits",
        "AWS::Cassandra::Table",
        &["BillingMode", "ProvisionedThroughput"],
    ),
    (
        "dynamodb:table:ReadCapacityUnits",
        "AWS::DynamoDB::Table",
        &["ProvisionedThroughput", "ReadCapacityUnits"],
    ),
    (
        "dynamodb:table:WriteCapacityUnits",
        "AWS::DynamoDB::Table",
        &["ProvisionedThroughput", "WriteCapacityUnits"],
    ),
    (
        "ec2:spot-fleet-request:TargetCapacity",
        "AWS::EC2::SpotFleet",
        &["SpotFleetRequestConfigData", "TargetCapacity"],
    ),
    ("ecs:service:DesiredCount", "AWS::ECS::Service", &["DesiredCount"]),
    (
        "elasticache:replication-group:NodeGroups",
        "AWS::ElastiCache::ReplicationGroup",
        &["NumNodeGroups"],
    ),
    (
        "elasticache:replication-group:Replicas",
        "AWS::ElastiCache::ReplicationGroup",
        &["ReplicasPerNodeGroup"],
    ),
    (
        "kafka:broker-storage:VolumeSize",
        "AWS::MSK::Cluster",
        &["BrokerNodeGroupInfo", "StorageInfo", "EBSStorageInfo", "VolumeSize"],
    ),
    (
        "lambda:function:ProvisionedConcurrency",
        "AWS::Lambda::Alias",
        &["ProvisionedConcurrencyConfig"],
    ),
    (
        "neptune:cluster:ReadReplicaCount",
        "AWS::Neptune::DBCluster",
        &["ReadReplicaCount"],
    ),
];

/// Types of which every update writes the count, whether it changes or not.
///
/// <https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/187>
const ALWAYS: [&str; 2] = ["AWS::AutoScaling::AutoScalingGroup", "AWS::ECS::Service"];

const GROUP: &str = "AWS::AutoScaling::AutoScalingGroup";

pub(super) fn judge(pair: &Pair<'_>, changes: &mut [ResourceChange]) {
    let scaled = scaled(pair.new);
    for change in changes.iter_mut().filter(|change| is_updated(change)) {
        let Some((path, by)) = scaled.get(change.id.as_str()) else {
            continue;
        };
        let Some(item) = pair.new.items.get(&change.id) else {
            continue;
        };
        let name = path_of(path);
        let why = format!("`{by}` scales it: this writes over the count that scaling has set since");
        if touches(change, path[0]) {
            raise(change, &[name.as_str()], Effect::Overwrite, Source::UserGuide, &why);
        } else if change.verdict != Verdict::Nothing && ALWAYS.contains(&change.kind.as_str()) && !keeps_sizes(item) {
            for count in at(item, path) {
                change.notes.push(format!(
                    "every update of it writes `{name}: {}` over the count that `{by}` has set since; leave `{name}` out",
                    super::super::show::brief(count)
                ));
            }
        }
    }
}

/// The resources that are scaled, by logical id: where they say their count, and what scales them.
fn scaled(stack: &Stack) -> BTreeMap<&str, (&'static [&'static str], &str)> {
    let mut found = BTreeMap::new();
    for item in stack.items.values() {
        match item.kind.as_str() {
            "AWS::ApplicationAutoScaling::ScalableTarget" => {
                let dimension = item.properties.get("ScalableDimension").and_then(Json::as_str);
                let of = DIMENSIONS.iter().find(|(name, ..)| Some(*name) == dimension);
                let ids = item.properties.get("ResourceId").map(|id| named(stack, id));
                for (target, (_, kind, path)) in ids.into_iter().flatten().zip(of.into_iter().cycle()) {
                    if target.kind == *kind {
                        found.insert(target.id.as_str(), (*path, item.id.as_str()));
                    }
                }
            }
            "AWS::AutoScaling::ScalingPolicy" | "AWS::AutoScaling::ScheduledAction" | "AWS::ECS::CapacityProvider" => {
                let direct = at(item, &["AutoScalingGroupName"]).into_iter();
                let provider = at(item, &["AutoScalingGroupProvider", "AutoScalingGroupArn"]);
                for group in direct.chain(provider).flat_map(|value| named(stack, value)) {
                    found.insert(group.id.as_str(), (&["DesiredCapacity"][..], item.id.as_str()));
                }
            }
            GROUP if !found.contains_key(item.id.as_str()) && is_open(stack, item) => {
                found.insert(item.id.as_str(), (&["DesiredCapacity"][..], "MaxSize"));
            }
            _ => {}
        }
    }
    found
}

/// Whether a group has room to be scaled in by whoever does.
fn is_open(stack: &Stack, item: &Item) -> bool {
    let size = |name: &str| item.properties.get(name).and_then(|value| stack.number(value));
    size("MinSize")
        .zip(size("MaxSize"))
        .is_some_and(|(least, most)| least < most)
}

/// Whether its update policy leaves sizes alone that do not change.
fn keeps_sizes(item: &Item) -> bool {
    let policy = item.attributes.get("UpdatePolicy");
    let keeps = policy.and_then(|policy| {
        policy
            .get("AutoScalingScheduledAction")?
            .get("IgnoreUnmodifiedGroupSizeProperties")
    });
    keeps.is_some_and(|keeps| *keeps == Json::Bool(true) || keeps == "true")
}
