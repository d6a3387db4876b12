use super::found;

#[test]
fn minimum_over_maximum_shows_both() {
    let said = found(
        "minimum-over-maximum",
        r"
Resources:
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      MinCapacity: 4
      MaxCapacity: 2
      ResourceId: service/a/b
",
    );
    insta::assert_snapshot!(said, @"8:20 `MinCapacity` is 4 and `MaxCapacity` is 2");
}

#[test]
fn minimum_over_maximum_is_silent_in_order() {
    let said = found(
        "minimum-over-maximum",
        r"
Resources:
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      MinCapacity: 2
      MaxCapacity: 2
      ResourceId: service/a/b
",
    );
    insta::assert_snapshot!(said, @"");
}
