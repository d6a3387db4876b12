use super::found;

#[test]
fn malformed_health_check_names_paths_times_and_targets() {
    let said = found(
        "malformed-health-check",
        r"
Resources:
  A: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Protocol: HTTP, HealthCheckPath: health, HealthCheckTimeoutSeconds: 10, HealthCheckIntervalSeconds: 10}}
  B: {Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: {HealthCheck: {Target: 'HTTP:80', Timeout: '5', Interval: '30'}}}
",
    );
    insta::assert_snapshot!(said, @"
    3:103 the health check of `A` asks for `health`
    3:138 the health check waits 10 s and runs every 10 s
    4:91 `HTTP:80` is no target of health checks
    ");
}

#[test]
fn malformed_health_check_is_silent_about_plain_ones() {
    let said = found(
        "malformed-health-check",
        r"
Resources:
  A: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Protocol: HTTP, HealthCheckPath: !Sub '/${Stage}', HealthCheckTimeoutSeconds: 5, HealthCheckIntervalSeconds: 10}}
  B: {Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: {HealthCheck: {Target: 'TCP:80', Timeout: '5', Interval: '30'}}}
  C: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Protocol: TCP, HealthCheckTimeoutSeconds: 10, HealthCheckIntervalSeconds: 10}}
  D: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {HealthCheckPath: !Ref Path}}
",
    );
    insta::assert_snapshot!(said, @"");
}
