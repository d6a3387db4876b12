use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "fixed-target-group-name",
    why: "A change of port or protocol replaces the target group, and the new one cannot have the name of the old one.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Name: app, Port: 8080, Protocol: HTTP, VpcId: vpc-0123456789abcdef0}
",
    instead: r"
Resources:
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: { Port: 8080, Protocol: HTTP, VpcId: vpc-0123456789abcdef0}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (_, group) in set.of("AWS::ElasticLoadBalancingV2::TargetGroup") {
        if let Some(entry) = group.properties.and_then(|properties| properties.entry("Name")) {
            report
                .key(
                    entry,
                    format!("`{}` has a name of its own, so it cannot be replaced", group.id),
                )
                .help("leave `Name` out: CloudFormation makes one that is unique");
        }
    }
}
