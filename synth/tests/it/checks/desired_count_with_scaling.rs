use super::found;

#[test]
fn desired_count_with_scaling_points_at_the_count() {
    let said = found(
        "desired-count-with-scaling",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      DesiredCount: 2
  Cluster: {Type: 'AWS::ECS::Cluster'}
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      MinCapacity: 2
      MaxCapacity: 4
      ResourceId: !Sub 'service/${Cluster}/${Service.Name}'
",
    );
    insta::assert_snapshot!(said, @"6:21 `Service` is scaled by `Scale`");
}

#[test]
fn desired_count_with_scaling_is_silent_without_scaling() {
    let said = found(
        "desired-count-with-scaling",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      DesiredCount: 2
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn desired_count_with_scaling_is_silent_without_a_count() {
    let said = found(
        "desired-count-with-scaling",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
  Cluster: {Type: 'AWS::ECS::Cluster'}
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      MinCapacity: 2
      MaxCapacity: 4
      ResourceId: !Sub 'service/${Cluster}/${Service.Name}'
",
    );
    insta::assert_snapshot!(said, @"");
}
