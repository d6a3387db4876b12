use super::found;

#[test]
fn malformed_resource_id_shows_what_it_saw() {
    let said = found(
        "malformed-resource-id",
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
      MinCapacity: 1
      MaxCapacity: 2
      ResourceId: !Sub 'service/${Service.Name}'
",
    );
    insta::assert_snapshot!(said, @"15:19 `service/${Service.Name}` is not `service/<cluster>/<service>`");
}

#[test]
fn malformed_resource_id_fires_on_an_arn() {
    let said = found(
        "malformed-resource-id",
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
      MinCapacity: 1
      MaxCapacity: 2
      ResourceId: !Sub 'service/${Cluster}/${Service}'
",
    );
    insta::assert_snapshot!(said, @"15:19 `Ref` of a service gives its ARN; its name belongs here");
}

#[test]
fn malformed_resource_id_is_silent_about_names() {
    let said = found(
        "malformed-resource-id",
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
      MinCapacity: 1
      MaxCapacity: 2
      ResourceId: !Sub 'service/${Cluster}/${Service.Name}'
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn malformed_resource_id_is_silent_about_a_parameter() {
    let said = found(
        "malformed-resource-id",
        r"
Resources:
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      MinCapacity: 1
      MaxCapacity: 2
      ResourceId: !Ref Given
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn malformed_resource_id_knows_that_a_variable_hides_the_resource_of_its_name() {
    let said = found(
        "malformed-resource-id",
        r"
Resources:
  Sorter: {Type: 'AWS::ECS::Service'}
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      MinCapacity: 1
      MaxCapacity: 2
      ResourceId: !Sub ['service/main/${Sorter}', {Sorter: !GetAtt Sorter.Name}]
",
    );
    insta::assert_snapshot!(said, @"");
}
