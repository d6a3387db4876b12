use crate::checks::template::contents::metrics;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known::Sure;
use crate::read::template::{Resource, Template, known};

pub(super) const RULE: Rule = Rule {
    name: "missing-container-insights",
    why: "The metrics of ECS/ContainerInsights are only written for a cluster that has Container Insights on.",
    link: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/deploy-container-insights-ECS-cluster.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Cluster: {Type: AWS::ECS::Cluster}
  Alone:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: ECS/ContainerInsights
      MetricName: RunningTaskCount
      Dimensions: [{Name: ClusterName, Value: !Ref Cluster}, {Name: ServiceName, Value: app}]
      ComparisonOperator: LessThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Minimum
      Threshold: 2
",
    instead: r"
Resources:
  Cluster: {Type: AWS::ECS::Cluster, Properties: {ClusterSettings: [{Name: containerInsights, Value: enabled}]}}
  Alone:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: ECS/ContainerInsights
      MetricName: RunningTaskCount
      Dimensions: [{Name: ClusterName, Value: !Ref Cluster}, {Name: ServiceName, Value: app}]
      ComparisonOperator: LessThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Minimum
      Threshold: 2
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, alarm) in set.of("AWS::CloudWatch::Alarm") {
        for metric in metrics(alarm) {
            if metric.get("Namespace").and_then(Node::text) != Some("ECS/ContainerInsights") {
                continue;
            }
            let named = |dimension: &&Node| dimension.get("Name").and_then(Node::text) == Some("ClusterName");
            let dimensions = metric.get("Dimensions").and_then(Node::list).unwrap_or_default();
            let Some(value) = dimensions
                .iter()
                .find(named)
                .and_then(|dimension| dimension.get("Value"))
            else {
                continue;
            };
            let Some((home, cluster)) = set.target(template, value) else {
                continue;
            };
            if let Some(sure) = off(home, cluster).filter(|_| cluster.kind == "AWS::ECS::Cluster") {
                report
                    .value(
                        value,
                        format!(
                            "`{}` has Container Insights off, so this metric is never written",
                            cluster.id
                        ),
                    )
                    .sure(sure)
                    .also(cluster.entry, "the cluster")
                    .help("set `ClusterSettings: [{Name: containerInsights, Value: enhanced}]`");
            }
        }
    }
}

/// Whether a cluster has them off, and how surely.
fn off<'a>(template: &Template<'a>, cluster: &Resource<'a>) -> Option<Sure> {
    let Some(settings) = cluster.property("ClusterSettings") else {
        return Some(Sure::Written);
    };
    let mut sure = Sure::Written;
    for setting in settings.list()? {
        let name = setting.get("Name").and_then(Node::text);
        if name.is_some_and(|name| name != "containerInsights") {
            continue;
        }
        let value = known::text(template, setting.get("Value")?)?;
        sure = sure.max((value == "disabled").then_some(value.sure)?);
    }
    Some(sure)
}
