use super::found;

#[test]
fn plain_http_fires_when_it_forwards() {
    let said = found(
        "plain-http",
        r"
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
",
    );
    insta::assert_snapshot!(said, @"7:17 `Listener` serves the internet without TLS");
}

#[test]
fn plain_http_is_silent_when_it_redirects_or_is_internal() {
    let said = found(
        "plain-http",
        r"
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTP
      DefaultActions: [{Type: redirect, RedirectConfig: {StatusCode: HTTP_301}}]
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn plain_http_is_silent_inside() {
    let said = found(
        "plain-http",
        r"
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Scheme: internal}
",
    );
    insta::assert_snapshot!(said, @"");
}
