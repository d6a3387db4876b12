use super::found;

#[test]
fn mismatched_resources_names_both() {
    let said = found(
        "mismatched-resources",
        r"
Resources:
  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [EC2], NetworkMode: awsvpc}}
  Service: {Type: 'AWS::ECS::Service', Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task}}
  Cluster: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: aurora-mysql, StorageEncrypted: true}}
  Instance: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: aurora-postgresql, StorageEncrypted: false, DBClusterIdentifier: !Ref Cluster}}
  A: {Type: 'AWS::ApiGateway::RestApi'}
  B: {Type: 'AWS::ApiGateway::RestApi'}
  Deployment: {Type: 'AWS::ApiGateway::Deployment', Properties: {RestApiId: !Ref A}}
  Stage: {Type: 'AWS::ApiGateway::Stage', Properties: {RestApiId: !Ref B, DeploymentId: !Ref Deployment}}
  Authorizer: {Type: 'AWS::ApiGateway::Authorizer', Properties: {RestApiId: !Ref A, Type: COGNITO_USER_POOLS}}
  Method: {Type: 'AWS::ApiGateway::Method', Properties: {RestApiId: !Ref A, AuthorizationType: CUSTOM, AuthorizerId: !Ref Authorizer}}
",
    );
    insta::assert_snapshot!(said, @"
    3:82 `Service` runs this task on Fargate, which it does not allow
    4:3 `Service` needs `NetworkConfiguration`: its task has a network of its own
    6:65 `Engine` is aurora-postgresql; the cluster `Cluster` has aurora-mysql
    6:102 `StorageEncrypted` is false; the cluster `Cluster` has true
    10:89 `Deployment` is of the API `A`; this one is `B`
    12:96 the authorization is CUSTOM; the authorizer `Authorizer` is of type COGNITO_USER_POOLS
    ");
}

#[test]
fn mismatched_resources_is_silent_about_those_that_fit() {
    let said = found(
        "mismatched-resources",
        r"
Resources:
  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [EC2, FARGATE], NetworkMode: awsvpc}}
  Service: {Type: 'AWS::ECS::Service', Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: !Ref X}}
  Cluster: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: aurora-mysql}}
  Instance: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Cluster}}
  A: {Type: 'AWS::ApiGateway::RestApi'}
  Deployment: {Type: 'AWS::ApiGateway::Deployment', Properties: {RestApiId: !Ref A}}
  Stage: {Type: 'AWS::ApiGateway::Stage', Properties: {RestApiId: !Ref A, DeploymentId: !Ref Deployment}}
",
    );
    insta::assert_snapshot!(said, @"");
}
