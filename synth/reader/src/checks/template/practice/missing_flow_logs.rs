use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "missing-flow-logs",
    why: "Without flow logs nobody can tell afterwards who spoke with whom.",
    link: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
",
    instead: r"
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      TrafficType: REJECT
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::flow-logs
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (_, vpc) in set.of("AWS::EC2::VPC") {
        let logged = set.of("AWS::EC2::FlowLog").any(|(template, log)| {
            // What cannot be resolved may be this network.
            log.property("ResourceId")
                .is_some_and(|node| set.target(template, node).is_none_or(|(_, of)| of.id == vpc.id))
        });
        if !logged {
            report
                .key(vpc.heading(), format!("`{}` has no flow log", vpc.id))
                .help("add an AWS::EC2::FlowLog");
        }
    }
}
