use crate::checks::template::contents::metrics;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "metric-of-another-namespace",
    why: "CloudWatch does not refuse a metric that nobody writes: the alarm has no data for ever.",
    link: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Alone:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ECS
      MetricName: RunningTaskCount
      Dimensions: [{Name: ClusterName, Value: main}, {Name: ServiceName, Value: app}]
      ComparisonOperator: LessThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Minimum
      Threshold: 2
",
    instead: r"
Resources:
  Alone:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: ECS/ContainerInsights
      MetricName: RunningTaskCount
      Dimensions: [{Name: ClusterName, Value: main}, {Name: ServiceName, Value: app}]
      ComparisonOperator: LessThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Minimum
      Threshold: 2
",
    check,
};

/// Metrics of Container Insights that are looked for in `AWS/ECS`.
const INSIGHTS: [&str; 9] = [
    "RunningTaskCount",
    "DesiredTaskCount",
    "PendingTaskCount",
    "DeploymentCount",
    "TaskSetCount",
    "CpuUtilized",
    "CpuReserved",
    "MemoryUtilized",
    "MemoryReserved",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (_, alarm) in set.of("AWS::CloudWatch::Alarm") {
        for metric in metrics(alarm) {
            let Some(namespace) = metric.get("Namespace") else {
                continue;
            };
            let Some(name) = metric.get("MetricName").and_then(Node::text) else {
                continue;
            };
            match namespace.text() {
                Some("AWS/ECS") if INSIGHTS.contains(&name) => {
                    report
                        .value(namespace, format!("`{name}` is not in `AWS/ECS`"))
                        .help("it is in `ECS/ContainerInsights`, and needs Container Insights on the cluster");
                }
                Some("ECS/ContainerInsights") if matches!(name, "CPUUtilization" | "MemoryUtilization") => {
                    report.value(namespace, format!("`{name}` is in `AWS/ECS`"));
                }
                _ => {}
            }
        }
    }
}
