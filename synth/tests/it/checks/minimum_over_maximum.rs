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

#[test]
fn minimum_over_maximum_looks_at_ports_but_not_at_types_of_icmp() {
    let said = found(
        "minimum-over-maximum",
        r"
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 80}
        - {IpProtocol: icmp, FromPort: 8, ToPort: 0}
  Nodes: {Type: 'AWS::EKS::Nodegroup', Properties: {ScalingConfig: {MinSize: 3, DesiredSize: 2}}}
",
    );
    insta::assert_snapshot!(said, @"
    7:39 `FromPort` is 443 and `ToPort` is 80
    9:78 `MinSize` is 3 and `DesiredSize` is 2
    ");
}
