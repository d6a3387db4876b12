use super::found;

#[test]
fn missing_listener_dependency_names_the_listener() {
    let said = found(
        "missing-listener-dependency",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ContainerName: app, ContainerPort: 80, TargetGroupArn: !Ref Group}]
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, TargetType: ip}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTPS
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
",
    );
    insta::assert_snapshot!(said, @"7:79 `Service` may be made before `Listener` uses its target group");
}

#[test]
fn missing_listener_dependency_is_silent_with_the_dependency() {
    let said = found(
        "missing-listener-dependency",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    DependsOn: Listener
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ContainerName: app, ContainerPort: 80, TargetGroupArn: !Ref Group}]
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, TargetType: ip}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTPS
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
",
    );
    insta::assert_snapshot!(said, @"");
}
