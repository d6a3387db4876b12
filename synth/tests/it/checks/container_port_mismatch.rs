use super::found;

#[test]
fn container_port_mismatch_names_the_open_port() {
    let said = found(
        "container-port-mismatch",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ContainerName: app, ContainerPort: 80, TargetGroupArn: !Ref Group}]
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions:
        - {Name: app, Image: x, PortMappings: [{ContainerPort: 8080}]}
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, TargetType: ip}
",
    );
    insta::assert_snapshot!(said, @"7:59 the load balancer sends to port 80; the container opens 8080");
}

#[test]
fn container_port_mismatch_names_the_containers() {
    let said = found(
        "container-port-mismatch",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ContainerName: ap, ContainerPort: 8080, TargetGroupArn: !Ref Group}]
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions:
        - {Name: app, Image: x, PortMappings: [{ContainerPort: 8080}]}
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, TargetType: ip}
",
    );
    insta::assert_snapshot!(said, @"7:39 the task has no container `ap`");
}

#[test]
fn container_port_mismatch_wants_targets_by_address() {
    let said = found(
        "container-port-mismatch",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Group}]
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions:
        - {Name: app, Image: x, PortMappings: [{ContainerPort: 8080}]}
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, TargetType: instance}
",
    );
    insta::assert_snapshot!(said, @"7:81 `Group` registers targets of type `instance`; tasks with `awsvpc` are of type `ip`");
}

#[test]
fn container_port_mismatch_is_silent_when_they_agree() {
    let said = found(
        "container-port-mismatch",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Group}]
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions:
        - {Name: app, Image: x, PortMappings: [{ContainerPort: 8080}]}
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, TargetType: ip}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn container_port_mismatch_is_silent_about_what_is_not_known() {
    let said = found(
        "container-port-mismatch",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ContainerName: app, ContainerPort: !Ref Port, TargetGroupArn: !Ref Group}]
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions:
        - {Name: app, Image: x, PortMappings: [{ContainerPort: 8080}]}
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, TargetType: !Ref Kind}
",
    );
    insta::assert_snapshot!(said, @"");
}
