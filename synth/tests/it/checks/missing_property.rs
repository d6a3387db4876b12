use super::found;

#[test]
fn missing_property_names_it() {
    let said = found(
        "missing-property",
        r"
Resources:
  Subnet:
    Type: AWS::IAM::Role
    Properties: {RoleName: x}
",
    );
    insta::assert_snapshot!(said, @"5:17 AWS::IAM::Role needs `AssumeRolePolicyDocument`");
}

#[test]
fn missing_property_is_found_without_properties() {
    let said = found(
        "missing-property",
        r"
Resources:
  Role:
    Type: AWS::IAM::Role
",
    );
    insta::assert_snapshot!(said, @"3:3 AWS::IAM::Role needs `AssumeRolePolicyDocument`");
}

#[test]
fn missing_property_is_found_when_a_condition_takes_it_away() {
    let said = found(
        "missing-property",
        r"
Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: !If [Prod, {}, !Ref AWS::NoValue]
",
    );
    insta::assert_snapshot!(said, @"7:5 AWS::IAM::Role needs `AssumeRolePolicyDocument`");
}

#[test]
fn missing_property_is_silent_when_the_resource_has_the_same_condition() {
    let said = found(
        "missing-property",
        r"
Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {Prod: !Equals [!Ref Env, prod], Dev: !Not [!Condition Prod]}
Resources:
  Role:
    Type: AWS::IAM::Role
    Condition: Prod
    Properties:
      AssumeRolePolicyDocument: !If [Dev, !Ref AWS::NoValue, {}]
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn missing_property_knows_what_services_ask_for_and_schemas_do_not() {
    let said = found(
        "missing-property",
        r"
Resources:
  Api: {Type: 'AWS::ApiGateway::RestApi'}
  Nat: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: subnet-12345678}}
  Route: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: rtb-12345678, DestinationCidrBlock: 0.0.0.0/0}}
  Targets: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Protocol: HTTP, Port: 80}}
  Stream: {Type: 'AWS::Kinesis::Stream', Properties: {ShardCount: 1}}
  Reader: {Type: 'AWS::Lambda::EventSourceMapping', Properties: {FunctionName: f, EventSourceArn: !GetAtt Stream.Arn}}
",
    );
    insta::assert_snapshot!(said, @"
    3:3 AWS::ApiGateway::RestApi needs `Name`, or an OpenAPI document in `Body`
    4:39 a public NAT gateway needs `AllocationId`
    5:36 a route needs a target, such as `NatGatewayId`
    6:63 a target group of instances needs `VpcId`
    8:53 a stream is read from a `StartingPosition` on
    ");
}

#[test]
fn missing_property_is_silent_where_services_have_what_they_ask_for() {
    let said = found(
        "missing-property",
        r"
Parameters:
  Kind: {Type: String}
Resources:
  Api: {Type: 'AWS::ApiGateway::RestApi', Properties: {Body: {openapi: 3.0.1}}}
  A: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: subnet-12345678, ConnectivityType: private}}
  B: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: subnet-12345678, ConnectivityType: !Ref Kind}}
  Route: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: rtb-12345678, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref A}}
  Targets: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {TargetType: lambda}}
  Queue: {Type: 'AWS::SQS::Queue'}
  Reader: {Type: 'AWS::Lambda::EventSourceMapping', Properties: {FunctionName: f, EventSourceArn: !GetAtt Queue.Arn}}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn missing_property_wants_what_answers_for_a_custom_resource_unless_it_is_never_made() {
    let said = found(
        "missing-property",
        r"
Conditions:
  Never: !Equals [a, b]
Resources:
  A: {Type: 'Custom::Thing'}
  B: {Type: 'Custom::Thing', Properties: {ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:x'}}
  C: {Type: 'Custom::Empty', Condition: Never}
",
    );
    insta::assert_snapshot!(said, @"5:3 a custom resource needs `ServiceToken`");
}

#[test]
fn missing_property_names_what_services_ask_for_of_parts() {
    let said = found(
        "missing-property",
        r"
Resources:
  Site: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Origins: [{Id: a, DomainName: example.com}], Enabled: true, DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: allow-all}}}}
  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {ContainerDefinitions: [{Name: a, Image: b}]}}
  Service: {Type: 'AWS::ECS::Service', Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task}}
  Listener: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {DefaultActions: [{Type: forward}], LoadBalancerArn: x}}
  Function: {Type: 'AWS::Lambda::Function', Properties: {Runtime: python3.14, Code: {ZipFile: pass}, Role: x}}
  Database: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres}}
  Record: {Type: 'AWS::Route53::RecordSet', Properties: {Type: A, ResourceRecords: [192.0.2.1], Name: x}}
  Empty: {Type: 'AWS::Route53::RecordSet', Properties: {Type: A, Name: x}}
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
fn missing_property_is_silent_where_parts_have_what_services_ask_for() {
    let said = found(
        "missing-property",
        r"
Resources:
  Site: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Origins: [{Id: a, DomainName: x, S3OriginConfig: {}}], Enabled: true, DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: allow-all}}}}
  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {Memory: 512, ContainerDefinitions: [{Name: a, Image: b}]}}
  Service: {Type: 'AWS::ECS::Service', Properties: {LaunchType: EC2, TaskDefinition: !Ref Task}}
  Listener: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {DefaultActions: [{Type: forward, TargetGroupArn: x}], LoadBalancerArn: x}}
  Function: {Type: 'AWS::Lambda::Function', Properties: {Code: {ImageUri: x}, Role: x}}
  Database: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: aurora-postgresql}}
  Copy: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres, DBSnapshotIdentifier: x}}
  Record: {Type: 'AWS::Route53::RecordSet', Properties: {Type: A, TTL: '60', ResourceRecords: [192.0.2.1], Name: x}}
  Alias: {Type: 'AWS::Route53::RecordSet', Properties: {Type: A, AliasTarget: {DNSName: x, HostedZoneId: Z1}, Name: x}}
  Bucket: {Type: 'AWS::S3::Bucket', Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 1}]}}}
  Queue: {Type: 'AWS::SQS::Queue', Properties: {RedrivePolicy: !Ref 'AWS::NoValue'}}
",
    );
    insta::assert_snapshot!(said, @"");
}
