use crate::checks::template::contents::metrics;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "unknown-dimension",
    why: "CloudWatch does not refuse a dimension that the service does not write: the alarm watches a metric that has no data.",
    link: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Resources:
  Full:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions: [{Name: Queue, Value: jobs}]
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Maximum
      Threshold: 100
",
    instead: r"
Resources:
  Full:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions: [{Name: QueueName, Value: jobs}]
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Maximum
      Threshold: 100
",
    check,
};

/// The dimensions of services whose metrics have no others.
const DIMENSIONS: [(&str, &[&str]); 9] = [
    ("AWS/SQS", &["QueueName"]),
    (
        "AWS/ECS",
        &[
            "ClusterName",
            "ServiceName",
            "CapacityProviderName",
            "DeploymentId",
            "TaskDefinitionFamily",
            "ServiceConnectDiscoveryName",
            "TargetDiscoveryName",
            "DiscoveryName",
            "VolumeName",
            "InstanceId",
        ],
    ),
    (
        "AWS/Lambda",
        &[
            "FunctionName",
            "Resource",
            "ExecutedVersion",
            "EventSourceMappingUUID",
            "EventSourceMappingUUIDs",
            "FunctionUrl",
        ],
    ),
    (
        "AWS/ApplicationELB",
        &["LoadBalancer", "TargetGroup", "AvailabilityZone"],
    ),
    ("AWS/NetworkELB", &["LoadBalancer", "TargetGroup", "AvailabilityZone"]),
    ("AWS/ELB", &["LoadBalancerName", "AvailabilityZone"]),
    (
        "AWS/RDS",
        &[
            "DBInstanceIdentifier",
            "DBClusterIdentifier",
            "DbClusterIdentifier",
            "DatabaseClass",
            "EngineName",
            "SourceRegion",
            "Role",
            "StorageType",
            "ProxyName",
            "Target",
            "TargetGroup",
            "TargetRole",
            "EndpointName",
        ],
    ),
    (
        "AWS/SNS",
        &[
            "TopicName",
            "Application",
            "Platform",
            "Country",
            "SMSType",
            "OriginationNumber",
            "SubscriptionArn",
        ],
    ),
    ("AWS/AutoScaling", &["AutoScalingGroupName"]),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (_, alarm) in set.of("AWS::CloudWatch::Alarm") {
        for metric in metrics(alarm) {
            let namespace = metric.get("Namespace").and_then(Node::text);
            let Some((_, known)) = DIMENSIONS.iter().find(|(name, _)| namespace == Some(*name)) else {
                continue;
            };
            let dimensions = metric.get("Dimensions").and_then(Node::list).unwrap_or_default();
            for node in dimensions.iter().filter_map(|dimension| dimension.get("Name")) {
                let Some(name) = node.text().filter(|name| !known.contains(name)) else {
                    continue;
                };
                let namespace = namespace.unwrap_or_default();
                let draft = report.value(node, format!("no metric of {namespace} has the dimension `{name}`"));
                match crate::schema::nearest(name, known.iter().copied()) {
                    Some(near) => draft.help(format!("did you mean `{near}`?")),
                    None => draft.help(format!("it has {}", known.join(", "))),
                }
            }
        }
    }
}
