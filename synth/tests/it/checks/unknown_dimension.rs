use super::found;

#[test]
fn unknown_dimension_names_the_nearest() {
    let said = found(
        "unknown-dimension",
        r"
Resources:
  A: {Type: 'AWS::CloudWatch::Alarm', Properties: {Namespace: AWS/SQS, MetricName: X, Dimensions: [{Name: Queue, Value: jobs}]}}
",
    );
    insta::assert_snapshot!(said, @"3:107 no metric of AWS/SQS has the dimension `Queue`");
}

#[test]
fn unknown_dimension_is_silent_about_those_there_are_and_other_namespaces() {
    let said = found(
        "unknown-dimension",
        r"
Resources:
  A: {Type: 'AWS::CloudWatch::Alarm', Properties: {Namespace: AWS/SQS, MetricName: X, Dimensions: [{Name: QueueName, Value: jobs}]}}
  B: {Type: 'AWS::CloudWatch::Alarm', Properties: {Namespace: Mine, MetricName: X, Dimensions: [{Name: Queue, Value: jobs}]}}
",
    );
    insta::assert_snapshot!(said, @"");
}
