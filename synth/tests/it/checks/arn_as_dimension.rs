use super::found;

#[test]
fn arn_as_dimension_fires_on_ref_and_arn_attributes() {
    let said = found(
        "arn-as-dimension",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
  Cluster: {Type: 'AWS::ECS::Cluster'}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ECS
      MetricName: CPUUtilization
      Dimensions: [{Name: ServiceName, Value: !Ref Service}, {Name: ClusterName, Value: !GetAtt Cluster.Arn}]
",
    );
    insta::assert_snapshot!(said, @r"
    13:47 the dimension `ServiceName` wants a name, and this is an ARN
    13:89 the dimension `ClusterName` wants a name, and this is an ARN
    ");
}

#[test]
fn arn_as_dimension_is_silent_about_names() {
    let said = found(
        "arn-as-dimension",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
  Cluster: {Type: 'AWS::ECS::Cluster'}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ECS
      MetricName: CPUUtilization
      Dimensions: [{Name: ServiceName, Value: !GetAtt Service.Name}, {Name: ClusterName, Value: !Ref Cluster}]
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn arn_as_dimension_is_silent_about_dimensions_that_are_arns() {
    let said = found(
        "arn-as-dimension",
        r"
Resources:
  Machine: {Type: 'AWS::StepFunctions::StateMachine'}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/States
      MetricName: ExecutionsFailed
      Dimensions: [{Name: StateMachineArn, Value: !Ref Machine}]
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn arn_as_dimension_is_silent_about_a_rule_whose_reference_is_its_name() {
    let said = found(
        "arn-as-dimension",
        r"
Resources:
  Nightly: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: rate(1 day)}}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Events
      MetricName: FailedInvocations
      Dimensions: [{Name: RuleName, Value: !Ref Nightly}]
",
    );
    insta::assert_snapshot!(said, @"");
}
