use super::found;

#[test]
fn silent_topic_fires_on_the_managed_key() {
    let said = found(
        "silent-topic",
        r"
Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: a
      MetricName: b
      Dimensions: []
      AlarmActions: [!Ref Topic]
  Topic: {Type: 'AWS::SNS::Topic', Properties: {KmsMasterKeyId: alias/aws/sns}}
",
    );
    insta::assert_snapshot!(said, @"10:65 alarms cannot use the key of AWS's own that encrypts `Topic`");
}

#[test]
fn silent_topic_fires_on_a_key_without_alarms() {
    let said = found(
        "silent-topic",
        r"
Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: a
      MetricName: b
      Dimensions: []
      AlarmActions: [!Ref Topic]
  Topic: {Type: 'AWS::SNS::Topic', Properties: {KmsMasterKeyId: !Ref Key}}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy: {Statement: [{Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*'}]}
",
    );
    insta::assert_snapshot!(said, @"14:18 the key of `Topic` does not let CloudWatch alarms use it");
}

#[test]
fn silent_topic_fires_on_a_policy_without_alarms() {
    let said = found(
        "silent-topic",
        r"
Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: a
      MetricName: b
      Dimensions: []
      AlarmActions: [!Ref Topic]
  Topic: {Type: 'AWS::SNS::Topic'}
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Topic]
      PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: 'sns:Publish', Resource: '*'}]}
",
    );
    insta::assert_snapshot!(said, @"15:23 the policy of `Topic` does not let CloudWatch alarms publish");
}

#[test]
fn silent_topic_is_silent_when_alarms_may_publish() {
    let said = found(
        "silent-topic",
        r"
Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: a
      MetricName: b
      Dimensions: []
      AlarmActions: [!Ref Topic]
  Topic: {Type: 'AWS::SNS::Topic', Properties: {KmsMasterKeyId: !GetAtt Key.Arn}}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy: {Statement: [{Effect: Allow, Principal: {Service: cloudwatch.amazonaws.com}, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*'}]}
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Topic]
      PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [cloudwatch.amazonaws.com]}, Action: 'sns:Publish', Resource: '*'}]}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn silent_topic_is_silent_about_topics_of_no_alarm() {
    let said = found(
        "silent-topic",
        r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic', Properties: {KmsMasterKeyId: alias/aws/sns}}
",
    );
    insta::assert_snapshot!(said, @"");
}
