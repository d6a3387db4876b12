use super::found;

#[test]
fn metric_of_another_namespace_names_the_right_one() {
    let said = found(
        "metric-of-another-namespace",
        r"
Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ECS
      MetricName: RunningTaskCount
      Dimensions: []
",
    );
    insta::assert_snapshot!(said, @"6:18 `RunningTaskCount` is not in `AWS/ECS`");
}

#[test]
fn metric_of_another_namespace_is_silent_in_the_right_one() {
    let said = found(
        "metric-of-another-namespace",
        r"
Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: ECS/ContainerInsights
      MetricName: RunningTaskCount
      Dimensions: []
",
    );
    insta::assert_snapshot!(said, @"");
}
