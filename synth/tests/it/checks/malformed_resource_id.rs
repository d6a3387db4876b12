use super::found;

#[test]
fn malformed_resource_id_shows_what_it_saw() {
    insta::assert_snapshot!(
                        found(
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
                        ),
                        @"15:19 `service/${Service.Name}` is not `service/<cluster>/<service>`"
                    );
}

#[test]
fn malformed_resource_id_fires_on_an_arn() {
    insta::assert_snapshot!(
                        found(
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
                        ),
                        @"15:19 `Ref` of a service gives its ARN; its name belongs here"
                    );
}

#[test]
fn malformed_resource_id_is_silent_about_names() {
    insta::assert_snapshot!(
                        found(
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
                        ),
                        @""
                    );
}

#[test]
fn malformed_resource_id_is_silent_about_a_parameter() {
    insta::assert_snapshot!(
                        found(
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
                        ),
                        @""
                    );
}
