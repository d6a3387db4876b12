use crate::checks::template::value::{Wrong, judge};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Block;

pub(super) const RULE: Rule = Rule {
    name: "malformed-cidr",
    why: "EC2 refuses a block of addresses that is not an address and the length of its mask.",
    link: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Route:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: rtb-0123456789abcdef0
      DestinationCidrBlock: 0.0.0.0
      GatewayId: igw-0123456789abcdef0
",
    instead: r"
Resources:
  Route:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: rtb-0123456789abcdef0
      DestinationCidrBlock: 0.0.0.0/0
      GatewayId: igw-0123456789abcdef0
",
    check,
};

/// A type, the way to a block, and whether its addresses are of IPv6.
const PLACES: [(&str, &str, bool); 13] = [
    ("AWS::EC2::NetworkAclEntry", "CidrBlock", false),
    ("AWS::EC2::NetworkAclEntry", "Ipv6CidrBlock", true),
    ("AWS::EC2::Route", "DestinationCidrBlock", false),
    ("AWS::EC2::Route", "DestinationIpv6CidrBlock", true),
    ("AWS::EC2::SecurityGroup", "SecurityGroupEgress/*/CidrIp", false),
    ("AWS::EC2::SecurityGroup", "SecurityGroupEgress/*/CidrIpv6", true),
    ("AWS::EC2::SecurityGroup", "SecurityGroupIngress/*/CidrIp", false),
    ("AWS::EC2::SecurityGroup", "SecurityGroupIngress/*/CidrIpv6", true),
    ("AWS::EC2::SecurityGroupEgress", "CidrIp", false),
    ("AWS::EC2::SecurityGroupIngress", "CidrIp", false),
    ("AWS::EC2::Subnet", "CidrBlock", false),
    ("AWS::EC2::VPC", "CidrBlock", false),
    ("AWS::EC2::VPCCidrBlock", "CidrBlock", false),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (kind, path, wide) in PLACES {
        let example = if wide { "2001:db8::/64" } else { "10.0.0.0/16" };
        for place in set.at(kind, path) {
            judge(place, report, |text| {
                // Other tools put in what stands in braces.
                let block = Block::parse(text.trim()).filter(|block| block.is_ipv6() == wide);
                let other = block.is_none() && !text.contains('{');
                other.then(|| {
                    Wrong::new(format!("`{text}` is no block of addresses")).help(format!(
                        "a block is an address and the length of its mask, as `{example}`"
                    ))
                })
            });
        }
    }
}
