use super::found;

#[test]
fn deployment_without_rollback_fires_without_either() {
    let said = found(
        "deployment-without-rollback",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
",
    );
    insta::assert_snapshot!(said, @"3:3 `Service` does not roll a failed deployment back");
}

#[test]
fn deployment_without_rollback_is_silent_with_a_circuit_breaker() {
    let said = found(
        "deployment-without-rollback",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn deployment_without_rollback_is_silent_about_codedeploy() {
    let said = found(
        "deployment-without-rollback",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
      DeploymentController: {Type: CODE_DEPLOY}
",
    );
    insta::assert_snapshot!(said, @"");
}
