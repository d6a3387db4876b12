use super::found;

#[test]
fn missing_container_insights_fires_when_it_is_off() {
    let said = found(
        "missing-container-insights",
        r"
Resources:
  Cluster: {Type: 'AWS::ECS::Cluster'}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: ECS/ContainerInsights
      MetricName: RunningTaskCount
      Dimensions: [{Name: ClusterName, Value: !Ref Cluster}]
",
    );
    insta::assert_snapshot!(said, @"9:47 `Cluster` has Container Insights off, so this metric is never written");
}

#[test]
fn missing_container_insights_is_silent_when_it_is_on() {
    let said = found(
        "missing-container-insights",
        r"
Resources:
  Cluster: {Type: 'AWS::ECS::Cluster', Properties: {ClusterSettings: [{Name: containerInsights, Value: enhanced}]}}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: ECS/ContainerInsights
      MetricName: RunningTaskCount
      Dimensions: [{Name: ClusterName, Value: !Ref Cluster}]
",
    );
    insta::assert_snapshot!(said, @"");
}
