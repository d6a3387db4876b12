use super::found;

#[test]
fn weak_tls_policy_fires_without_a_policy() {
    let said = found(
        "weak-tls-policy",
        r"
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTPS
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]
",
    );
    insta::assert_snapshot!(said, @"3:3 `Listener` takes TLS 1.0 and 1.1");
}

#[test]
fn weak_tls_policy_fires_on_an_old_one() {
    let said = found(
        "weak-tls-policy",
        r"
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTPS
      SslPolicy: ELBSecurityPolicy-TLS13-1-0-2021-06
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]
",
    );
    insta::assert_snapshot!(said, @"8:18 `ELBSecurityPolicy-TLS13-1-0-2021-06` takes TLS 1.0 or 1.1");
}

#[test]
fn weak_tls_policy_is_silent_about_a_modern_one_and_http() {
    let said = found(
        "weak-tls-policy",
        r"
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTPS
      SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]
  Plain:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]
",
    );
    insta::assert_snapshot!(said, @"");
}
