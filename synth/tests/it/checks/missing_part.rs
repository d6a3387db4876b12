use super::found;

#[test]
fn missing_part_names_what_services_ask_for() {
    let said = found(
        "missing-part",
        r"
Resources:
  Site: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Origins: [{Id: a, DomainName: example.com}]}}}
  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {ContainerDefinitions: [{Name: a, Image: b}]}}
  Service: {Type: 'AWS::ECS::Service', Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task}}
  Listener: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {DefaultActions: [{Type: forward}]}}
  Function: {Type: 'AWS::Lambda::Function', Properties: {Runtime: python3.14, Code: {ZipFile: pass}}}
  Database: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres}}
  Record: {Type: 'AWS::Route53::RecordSet', Properties: {Type: A, ResourceRecords: [192.0.2.1]}}
  Empty: {Type: 'AWS::Route53::RecordSet', Properties: {Type: A}}
  Bucket: {Type: 'AWS::S3::Bucket', Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled}]}}}
  Queue: {Type: 'AWS::SQS::Queue', Properties: {RedrivePolicy: {deadLetterTargetArn: x}}}
",
    );
    insta::assert_snapshot!(said, @"
    3:93 an origin needs `CustomOriginConfig`, `S3OriginConfig` or `VpcOriginConfig`
    4:80 a container needs `Memory` or `MemoryReservation`, unless its task has `Memory`
    5:40 a service on Fargate needs `NetworkConfiguration`
    6:91 the action needs `TargetGroupArn` or `ForwardConfig`
    7:45 a function of a zip file needs `Handler`
    8:44 a database needs `AllocatedStorage`
    9:45 a record needs `TTL`, unless it is an alias
    10:44 a record needs `ResourceRecords` or `AliasTarget`
    11:83 a rule of a life cycle needs something that it does, such as `ExpirationInDays`
    12:64 `RedrivePolicy` needs `maxReceiveCount`
    ");
}

#[test]
fn missing_part_is_silent_where_services_have_what_they_ask_for() {
    let said = found(
        "missing-part",
        r"
Resources:
  Site: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Origins: [{Id: a, S3OriginConfig: {}}]}}}
  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {Memory: 512, ContainerDefinitions: [{Name: a, Image: b}]}}
  Service: {Type: 'AWS::ECS::Service', Properties: {LaunchType: EC2, TaskDefinition: !Ref Task}}
  Listener: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {DefaultActions: [{Type: forward, TargetGroupArn: x}]}}
  Function: {Type: 'AWS::Lambda::Function', Properties: {Code: {ImageUri: x}}}
  Database: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: aurora-postgresql}}
  Copy: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres, DBSnapshotIdentifier: x}}
  Record: {Type: 'AWS::Route53::RecordSet', Properties: {Type: A, TTL: '60', ResourceRecords: [192.0.2.1]}}
  Alias: {Type: 'AWS::Route53::RecordSet', Properties: {Type: A, AliasTarget: {DNSName: x}}}
  Bucket: {Type: 'AWS::S3::Bucket', Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 1}]}}}
  Queue: {Type: 'AWS::SQS::Queue', Properties: {RedrivePolicy: !Ref 'AWS::NoValue'}}
",
    );
    insta::assert_snapshot!(said, @"");
}
