use super::found;

#[test]
fn absent_resource_names_the_condition() {
    let said = found(
        "absent-resource",
        r"
Parameters:
  Stage: {Type: String}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Dev: !Not [!Condition Prod]
Resources:
  Topic: {Type: 'AWS::SNS::Topic', Condition: Prod}
  Queue: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !GetAtt Topic.TopicName}}
  Other: {Type: 'AWS::SQS::Queue', Condition: Dev, Properties: {QueueName: !Sub 'x-${Topic.TopicName}'}}
Outputs:
  Topic: {Value: !If [Dev, !Ref Topic, x]}
",
    );
    insta::assert_snapshot!(said, @"
    9:60 `Topic` is only made when `Prod` is true
    10:76 `Topic` is only made when `Prod` is true
    12:28 `Topic` is only made when `Prod` is true
    ");
}

#[test]
fn absent_resource_is_silent_where_the_conditions_agree() {
    let said = found(
        "absent-resource",
        r"
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod, old]}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Dev: !Equals [!Ref Stage, dev]
  Some: {'Fn::Or': [!Condition Prod, !Condition Dev]}
Resources:
  Topic: {Type: 'AWS::SNS::Topic', Condition: Some}
  Queue: {Type: 'AWS::SQS::Queue', Condition: Prod, Properties: {QueueName: !GetAtt Topic.TopicName}}
  Other: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !If [Dev, !GetAtt Topic.TopicName, !Ref 'AWS::NoValue']}}
Outputs:
  Topic: {Condition: Some, Value: !Ref Topic}
",
    );
    insta::assert_snapshot!(said, @"");
}
