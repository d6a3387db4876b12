use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "minimum-over-maximum",
    why: "A range whose least is more than its most is refused.",
    link: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: service/main/app
      MinCapacity: 4
      MaxCapacity: 2
",
    instead: r"
Resources:
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: service/main/app
      MinCapacity: 4
      MaxCapacity: 8
",
    check,
};

const RANGES: [(&str, &str, &str); 19] = [
    ("AWS::AutoScaling::AutoScalingGroup", "MinSize", "DesiredCapacity"),
    ("AWS::AutoScaling::AutoScalingGroup", "DesiredCapacity", "MaxSize"),
    ("AWS::AutoScaling::ScheduledAction", "MinSize", "MaxSize"),
    ("AWS::EKS::Nodegroup", "ScalingConfig/MinSize", "ScalingConfig/MaxSize"),
    (
        "AWS::EKS::Nodegroup",
        "ScalingConfig/DesiredSize",
        "ScalingConfig/MaxSize",
    ),
    (
        "AWS::EKS::Nodegroup",
        "ScalingConfig/MinSize",
        "ScalingConfig/DesiredSize",
    ),
    (
        "AWS::RDS::DBCluster",
        "ServerlessV2ScalingConfiguration/MinCapacity",
        "ServerlessV2ScalingConfiguration/MaxCapacity",
    ),
    (
        "AWS::RDS::DBCluster",
        "ScalingConfiguration/MinCapacity",
        "ScalingConfiguration/MaxCapacity",
    ),
    (
        "AWS::Batch::ComputeEnvironment",
        "ComputeResources/MinvCpus",
        "ComputeResources/MaxvCpus",
    ),
    (
        "AWS::ECS::Service",
        "DeploymentConfiguration/MinimumHealthyPercent",
        "DeploymentConfiguration/MaximumPercent",
    ),
    ("AWS::CloudWatch::Alarm", "DatapointsToAlarm", "EvaluationPeriods"),
    ("AWS::GameLift::Fleet", "MinSize", "MaxSize"),
    ("AWS::EC2::SecurityGroupIngress", "FromPort", "ToPort"),
    ("AWS::EC2::SecurityGroupEgress", "FromPort", "ToPort"),
    (
        "AWS::Neptune::DBCluster",
        "ServerlessScalingConfiguration/MinCapacity",
        "ServerlessScalingConfiguration/MaxCapacity",
    ),
    (
        "AWS::DocDB::DBCluster",
        "ServerlessV2ScalingConfiguration/MinCapacity",
        "ServerlessV2ScalingConfiguration/MaxCapacity",
    ),
    (
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "MinCapacity",
        "MaxCapacity",
    ),
    ("AWS::AutoScaling::AutoScalingGroup", "MinSize", "MaxSize"),
    ("AWS::RDS::DBInstance", "AllocatedStorage", "MaxAllocatedStorage"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (kind, least, most) in RANGES {
        for (template, resource) in set.of(kind) {
            let ports = least == "FromPort" && !resource.attribute("Properties").is_some_and(is_by_port);
            let number = |name: &str| {
                let path: Vec<&str> = name.split('/').collect();
                let node = resource.dig(&path).or_else(|| resource.property(name))?;
                Some((node, known::number(template, node)?))
            };
            if let (Some((node, low)), Some((end_node, high))) = (number(least), number(most))
                && low.value > high.value
                && !ports
            {
                let end = |path: &'static str| path.rsplit('/').next().unwrap_or(path);
                let (least, most) = (end(least), end(most));
                let message = format!("`{least}` is {low} and `{most}` is {high}");
                report
                    .value(node, message)
                    .sure(low.sure)
                    .sure(high.sure)
                    .also(end_node, format!("`{most}`"));
            }
        }
    }
    ports(set, report);
}

/// The rules that stand in a security group; ICMP has types and codes in these places.
fn ports<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, group) in set.of("AWS::EC2::SecurityGroup") {
        for list in ["SecurityGroupIngress", "SecurityGroupEgress"] {
            for rule in group.property(list).and_then(Node::list).unwrap_or_default() {
                let number = |name: &str| known::number(template, rule.get(name)?);
                if let (Some(from), Some(to), Some(node)) = (number("FromPort"), number("ToPort"), rule.get("FromPort"))
                    && from.value > to.value
                    && is_by_port(rule)
                {
                    let message = format!("`FromPort` is {from} and `ToPort` is {to}");
                    report
                        .value(node, message)
                        .sure(from.sure)
                        .sure(to.sure)
                        .also_if(rule.get("ToPort"), "`ToPort`");
                }
            }
        }
    }
}

fn is_by_port(rule: &Node) -> bool {
    let protocol = rule.get("IpProtocol").and_then(Node::scalar);
    protocol.is_some_and(|protocol| matches!(protocol.as_str(), "tcp" | "udp" | "6" | "17"))
}
