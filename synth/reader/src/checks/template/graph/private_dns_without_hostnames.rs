use crate::checks::{Family, Level, Report, Rule, Set, Target};
use crate::read::template::known::{self, Known};

pub(super) const RULE: Rule = Rule {
    name: "private-dns-without-hostnames",
    why: "EC2 refuses an endpoint with private DNS in a network that does not resolve host names.",
    link: "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Logs:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      VpcEndpointType: Interface
      ServiceName: !Sub com.amazonaws.${AWS::Region}.logs
      PrivateDnsEnabled: true
",
    instead: r"
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true}
  Logs:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      VpcEndpointType: Interface
      ServiceName: !Sub com.amazonaws.${AWS::Region}.logs
      PrivateDnsEnabled: true
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, endpoint) in set.of("AWS::EC2::VPCEndpoint") {
        let Some(node) = endpoint.property("PrivateDnsEnabled") else {
            continue;
        };
        let Some(on) = known::boolean(template, node).filter(|on| on.value) else {
            continue;
        };
        let vpc = endpoint.property("VpcId").and_then(|node| set.target(template, node));
        let Some((home, vpc)) = vpc.filter(|(_, vpc)| vpc.kind == "AWS::EC2::VPC") else {
            continue;
        };
        for (name, default) in [("EnableDnsHostnames", false), ("EnableDnsSupport", true)] {
            let value = match vpc.property(name) {
                Some(node) => known::boolean(home, node),
                None => Some(Known::written(default)),
            };
            if let Some(off) = value.filter(|value| !value.value) {
                report
                    .value(
                        node,
                        format!("`{}` has `{name}` off, so private DNS is refused", vpc.id),
                    )
                    .sure(on.sure.max(off.sure))
                    .also(
                        vpc.property(name).map_or(Target::Key(vpc.entry), Target::Value),
                        "the network",
                    )
                    .help(format!("set `{name}` of the network to true"));
            }
        }
    }
}
