use super::found;

#[test]
fn closed_path_names_both_ends() {
    let said = found(
        "closed-path",
        r"
Resources:
  Outside: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]}}
  Inside: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x}}
  Data: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x}}
  Balancer: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {SecurityGroups: [!Ref Outside]}}
  Targets: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Port: 8080, TargetType: ip}}
  Listener: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {LoadBalancerArn: !Ref Balancer, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Database: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres, VPCSecurityGroups: [!GetAtt Data.GroupId]}}
  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {ContainerDefinitions: [{Name: a, Environment: [{Name: H, Value: !GetAtt Database.Endpoint.Address}]}]}}
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ContainerName: a, ContainerPort: 8080, TargetGroupArn: !Ref Targets}]
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a], SecurityGroups: [!Ref Inside]}}
",
    );
    insta::assert_snapshot!(said, @"
    9:94 `Service` cannot reach `Database` at port 5432: no security group lets it in
    16:82 `Balancer` cannot reach `Service` at port 8080: no security group lets it in
    ");
}

#[test]
fn closed_path_looks_at_ports_and_sources() {
    let said = found(
        "closed-path",
        r"
Resources:
  Outside: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]}}
  Inside: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x}}
  Data: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x}}
  Balancer: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {SecurityGroups: [!Ref Outside]}}
  Targets: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Port: 8080, TargetType: ip}}
  Listener: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {LoadBalancerArn: !Ref Balancer, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Database: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres, VPCSecurityGroups: [!GetAtt Data.GroupId]}}
  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {ContainerDefinitions: [{Name: a, Environment: [{Name: H, Value: !GetAtt Database.Endpoint.Address}]}]}}
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ContainerName: a, ContainerPort: 8080, TargetGroupArn: !Ref Targets}]
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a], SecurityGroups: [!Ref Inside]}}
  FromBalancer: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: !GetAtt Inside.GroupId, IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !GetAtt Outside.GroupId}}
  FromService: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: !GetAtt Data.GroupId, IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !GetAtt Outside.GroupId}}
",
    );
    insta::assert_snapshot!(said, @"
    9:94 `Service` cannot reach `Database` at port 5432: no security group lets it in
    16:82 `Balancer` cannot reach `Service` at port 8080: no security group lets it in
    ");
}

#[test]
fn closed_path_is_silent_when_rules_lead_there() {
    let said = found(
        "closed-path",
        r"
Resources:
  Outside: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]}}
  Inside: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x}}
  Data: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x}}
  Balancer: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {SecurityGroups: [!Ref Outside]}}
  Targets: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Port: 8080, TargetType: ip}}
  Listener: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {LoadBalancerArn: !Ref Balancer, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Database: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres, VPCSecurityGroups: [!GetAtt Data.GroupId]}}
  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {ContainerDefinitions: [{Name: a, Environment: [{Name: H, Value: !GetAtt Database.Endpoint.Address}]}]}}
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ContainerName: a, ContainerPort: 8080, TargetGroupArn: !Ref Targets}]
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a], SecurityGroups: [!Ref Inside]}}
  FromBalancer: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: !GetAtt Inside.GroupId, IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: !GetAtt Outside.GroupId}}
  FromService: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: !GetAtt Data.GroupId, IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !GetAtt Inside.GroupId}}
",
    );
    insta::assert_snapshot!(said, @"");
}
