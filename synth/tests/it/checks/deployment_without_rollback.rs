use super::found;

#[test]
fn deployment_without_rollback_fires_without_either() {
    insta::assert_snapshot!(
                        found(
                            "deployment-without-rollback",
                            r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
",
                        ),
                        @"3:3 `Service` does not roll a failed deployment back"
                    );
}

#[test]
fn deployment_without_rollback_is_silent_with_a_circuit_breaker() {
    insta::assert_snapshot!(
                        found(
                            "deployment-without-rollback",
                            r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
",
                        ),
                        @""
                    );
}

#[test]
fn deployment_without_rollback_is_silent_about_codedeploy() {
    insta::assert_snapshot!(
                        found(
                            "deployment-without-rollback",
                            r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
      DeploymentController: {Type: CODE_DEPLOY}
",
                        ),
                        @""
                    );
}
