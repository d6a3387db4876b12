use crate::checks::template::value::{Wrong, judge};
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "refused-network",
    why: "A VPC and a subnet have from 16 to 65,536 addresses of IPv4: a mask of 16 to 28 bits.",
    link: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.0.0/30}
",
    instead: r"
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.0.0/24}
",
    check,
};

const KINDS: [&str; 3] = ["AWS::EC2::VPC", "AWS::EC2::VPCCidrBlock", "AWS::EC2::Subnet"];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for place in KINDS.iter().flat_map(|kind| set.at(kind, "CidrBlock")) {
        judge(place, report, |text| {
            let bits: u8 = text.split_once('/')?.1.parse().ok()?;
            (!(16..=28).contains(&bits)).then(|| Wrong::new(format!("the mask has {bits} bits; it has 16 to 28")))
        });
    }
}
