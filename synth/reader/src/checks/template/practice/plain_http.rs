use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "plain-http",
    why: "What a listener without TLS forwards can be read and changed on the way.",
    link: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-http-listener.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0fedcba9876543210]
      LoadBalancerAttributes: [{Key: routing.http.drop_invalid_header_fields.enabled, Value: 'true'}]
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/app/0123456789abcdef
",
    instead: r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0fedcba9876543210]
      LoadBalancerAttributes: [{Key: routing.http.drop_invalid_header_fields.enabled, Value: 'true'}]
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions:
        - Type: redirect
          RedirectConfig: {Protocol: HTTPS, Port: '443', StatusCode: HTTP_301}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, listener) in set.of("AWS::ElasticLoadBalancingV2::Listener") {
        let Some(node) = listener.property("Protocol") else {
            continue;
        };
        if known::text(template, node).as_deref() != Some("HTTP") {
            continue;
        }
        let balancer = listener
            .property("LoadBalancerArn")
            .and_then(|node| set.target(template, node));
        let internal =
            balancer.is_some_and(|(_, balancer)| balancer.property("Scheme").and_then(Node::text) == Some("internal"));
        let actions = listener
            .property("DefaultActions")
            .and_then(Node::list)
            .unwrap_or_default();
        let forwards = |action: &Node| action.get("Type").and_then(Node::text) == Some("forward");
        if !internal && actions.iter().any(forwards) {
            report
                .value(node, format!("`{}` serves the internet without TLS", listener.id))
                .help("redirect to HTTPS: `Type: redirect` with `RedirectConfig: {Protocol: HTTPS, Port: \"443\", StatusCode: HTTP_301}`");
        }
    }
}
