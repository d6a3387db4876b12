use super::found;

#[test]
fn missing_grace_period_fires_behind_a_load_balancer() {
    insta::assert_snapshot!(
                        found(
                            "missing-grace-period",
                            r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      LoadBalancers: [{ContainerPort: 80}]
",
                        ),
                        @"3:3 `Service` gives a starting task no time before its health counts"
                    );
}

#[test]
fn missing_grace_period_is_silent_with_one() {
    insta::assert_snapshot!(
                        found(
                            "missing-grace-period",
                            r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      LoadBalancers: [{ContainerPort: 80}]
      HealthCheckGracePeriodSeconds: 60
",
                        ),
                        @""
                    );
}

#[test]
fn missing_grace_period_is_silent_without_a_load_balancer() {
    insta::assert_snapshot!(
                        found(
                            "missing-grace-period",
                            r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
",
                        ),
                        @""
                    );
}
