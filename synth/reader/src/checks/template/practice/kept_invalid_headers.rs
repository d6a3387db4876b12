use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "kept-invalid-headers",
    why: "Headers with invalid names reach the application and help to smuggle requests.",
    link: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Subnets: [subnet-0123456789abcdef0, subnet-0fedcba9876543210]}
",
    instead: r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0fedcba9876543210]
      LoadBalancerAttributes: [{Key: routing.http.drop_invalid_header_fields.enabled, Value: 'true'}]
",
    check,
};

const ATTRIBUTE: &str = "routing.http.drop_invalid_header_fields.enabled";

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, balancer) in set.of("AWS::ElasticLoadBalancingV2::LoadBalancer") {
        let kind = balancer.property("Type");
        if kind.is_some_and(|kind| known::text(template, kind).as_deref() != Some("application")) {
            continue;
        }
        let attributes = balancer.property("LoadBalancerAttributes");
        if attributes.is_some_and(|attributes| attributes.list().is_none()) {
            continue;
        }
        let mut attributes = attributes.and_then(Node::list).unwrap_or_default().iter();
        let drops = attributes.any(|attribute| {
            attribute.get("Key").and_then(Node::text) == Some(ATTRIBUTE)
                && attribute
                    .get("Value")
                    .is_some_and(|value| !known::is(template, value, false))
        });
        if !drops {
            report
                .key(
                    balancer.heading(),
                    format!("`{}` passes invalid headers on", balancer.id),
                )
                .help(format!("set the attribute `{ATTRIBUTE}` to `true`"));
        }
    }
}
