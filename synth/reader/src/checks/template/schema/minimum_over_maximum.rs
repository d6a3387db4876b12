use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

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

/// A type, the way to what has a range (`""` is the resource itself), and the names of its ends.
#[rustfmt::skip]
const RANGES: [(&str, &str, &str, &str); 21] = [
    ("AWS::AutoScaling::AutoScalingGroup", "", "MinSize", "DesiredCapacity"),
    ("AWS::AutoScaling::AutoScalingGroup", "", "DesiredCapacity", "MaxSize"),
    ("AWS::AutoScaling::ScheduledAction", "", "MinSize", "MaxSize"),
    ("AWS::EKS::Nodegroup", "ScalingConfig", "MinSize", "MaxSize"),
    ("AWS::EKS::Nodegroup", "ScalingConfig", "DesiredSize", "MaxSize"),
    ("AWS::EKS::Nodegroup", "ScalingConfig", "MinSize", "DesiredSize"),
    ("AWS::RDS::DBCluster", "ServerlessV2ScalingConfiguration", "MinCapacity", "MaxCapacity"),
    ("AWS::RDS::DBCluster", "ScalingConfiguration", "MinCapacity", "MaxCapacity"),
    ("AWS::Batch::ComputeEnvironment", "ComputeResources", "MinvCpus", "MaxvCpus"),
    ("AWS::ECS::Service", "DeploymentConfiguration", "MinimumHealthyPercent", "MaximumPercent"),
    ("AWS::CloudWatch::Alarm", "", "DatapointsToAlarm", "EvaluationPeriods"),
    ("AWS::GameLift::Fleet", "", "MinSize", "MaxSize"),
    ("AWS::EC2::SecurityGroupIngress", "", "FromPort", "ToPort"),
    ("AWS::EC2::SecurityGroupEgress", "", "FromPort", "ToPort"),
    ("AWS::Neptune::DBCluster", "ServerlessScalingConfiguration", "MinCapacity", "MaxCapacity"),
    ("AWS::DocDB::DBCluster", "ServerlessV2ScalingConfiguration", "MinCapacity", "MaxCapacity"),
    ("AWS::ApplicationAutoScaling::ScalableTarget", "", "MinCapacity", "MaxCapacity"),
    ("AWS::AutoScaling::AutoScalingGroup", "", "MinSize", "MaxSize"),
    ("AWS::RDS::DBInstance", "", "AllocatedStorage", "MaxAllocatedStorage"),
    ("AWS::EC2::SecurityGroup", "SecurityGroupIngress/*", "FromPort", "ToPort"),
    ("AWS::EC2::SecurityGroup", "SecurityGroupEgress/*", "FromPort", "ToPort"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (kind, path, least, most) in RANGES {
        for holder in set.at(kind, path) {
            let number = |name: &str| {
                let place = holder.get(name)?;
                Some((place.node, place.number()?))
            };
            let (Some((node, low)), Some((other, high))) = (number(least), number(most)) else {
                continue;
            };
            if low.value > high.value && (least != "FromPort" || is_by_port(holder.node)) {
                let message = format!("`{least}` is {low} and `{most}` is {high}");
                report
                    .value(node, message)
                    .sure(low.sure.max(high.sure))
                    .also(other, format!("`{most}`"));
            }
        }
    }
}

/// ICMP has types and codes in the places of ports.
fn is_by_port(rule: &Node) -> bool {
    let protocol = rule.get("IpProtocol").and_then(Node::scalar);
    protocol.is_some_and(|protocol| matches!(protocol.as_str(), "tcp" | "udp" | "6" | "17"))
}
