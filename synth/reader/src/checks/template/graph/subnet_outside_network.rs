use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known::{self, Known};
use crate::read::template::{Resource, Template};
use crate::read::{Block, Node};

pub(super) const RULE: Rule = Rule {
    name: "subnet-outside-network",
    why: "EC2 refuses a subnet whose addresses are not part of its network's, or overlap with another subnet.",
    link: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24}}
",
    instead: r"
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let mut placed: Vec<(&str, &Resource<'a>, Known<Block>)> = Vec::new();
        for subnet in template.of("AWS::EC2::Subnet") {
            let Some(node) = subnet.property("CidrBlock") else {
                continue;
            };
            let Some(block) = block(template, node) else {
                continue;
            };
            let vpc = subnet.property("VpcId").and_then(|node| template.target(node));
            let Some(vpc) = vpc.filter(|vpc| vpc.kind == "AWS::EC2::VPC") else {
                continue;
            };
            let more = template.of("AWS::EC2::VPCCidrBlock").next().is_some();
            let network = vpc.property("CidrBlock").and_then(|node| self::block(template, node));
            if let Some(network) = network.filter(|_| !more)
                && !network.value.holds(block.value)
            {
                report
                    .value(
                        node,
                        format!("`{}` is not inside of the addresses of `{}`", subnet.id, vpc.id),
                    )
                    .sure(block.sure.max(network.sure))
                    .also_if(vpc.property("CidrBlock"), "the network");
            }
            // Two that are never made together may share addresses.
            let same = |other: &Resource<'_>| other.attribute("Condition").or(subnet.attribute("Condition")).is_none();
            let hit = placed
                .iter()
                .find(|(of, other, taken)| *of == vpc.id && same(other) && taken.value.meets(block.value));
            if let Some((_, other, taken)) = hit {
                report
                    .value(node, format!("`{}` overlaps with `{}`", subnet.id, other.id))
                    .sure(block.sure.max(taken.sure))
                    .also_if(other.property("CidrBlock"), format!("`{}`", other.id));
            }
            placed.push((vpc.id, subnet, block));
        }
    }
}

fn block<'a>(template: &Template<'a>, node: &'a Node) -> Option<Known<Block>> {
    known::text(template, node)?.and_then(|text| Block::parse(&text))
}
