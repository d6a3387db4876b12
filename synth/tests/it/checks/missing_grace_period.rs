use super::found;

#[test]
fn missing_grace_period_fires_behind_a_load_balancer() {
    let said = found(
        "missing-grace-period",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      LoadBalancers: [{ContainerPort: 80}]
",
    );
    insta::assert_snapshot!(said, @"3:3 `Service` gives a starting task no time before its health counts");
}

#[test]
fn missing_grace_period_is_silent_with_one() {
    let said = found(
        "missing-grace-period",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      LoadBalancers: [{ContainerPort: 80}]
      HealthCheckGracePeriodSeconds: 60
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn missing_grace_period_is_silent_without_a_load_balancer() {
    let said = found(
        "missing-grace-period",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
",
    );
    insta::assert_snapshot!(said, @"");
}
