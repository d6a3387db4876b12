use super::found;

#[test]
fn kept_invalid_headers_fires_by_default() {
    let said = found(
        "kept-invalid-headers",
        r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
",
    );
    insta::assert_snapshot!(said, @"3:3 `Balancer` passes invalid headers on");
}

#[test]
fn kept_invalid_headers_is_silent_when_dropped_or_for_other_types() {
    let said = found(
        "kept-invalid-headers",
        r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      LoadBalancerAttributes:
        - {Key: routing.http.drop_invalid_header_fields.enabled, Value: 'true'}
  Net: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {Type: network}}
",
    );
    insta::assert_snapshot!(said, @"");
}
