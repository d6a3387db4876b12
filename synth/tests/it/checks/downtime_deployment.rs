use super::found;

#[test]
fn downtime_deployment_fires_below_all_tasks() {
    let said = found(
        "downtime-deployment",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      DeploymentConfiguration: {MinimumHealthyPercent: 50, MaximumPercent: 200}
",
    );
    insta::assert_snapshot!(said, @"6:56 a deployment may take `Service` down to 50 % of its tasks");
}

#[test]
fn downtime_deployment_fires_when_no_task_can_move() {
    let said = found(
        "downtime-deployment",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 100}
",
    );
    insta::assert_snapshot!(said, @"6:77 `Service` can neither stop nor start a task: at most 100 %");
}

#[test]
fn downtime_deployment_is_silent_at_all_tasks() {
    let said = found(
        "downtime-deployment",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 200}
",
    );
    insta::assert_snapshot!(said, @"");
}
