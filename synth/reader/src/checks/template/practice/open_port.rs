use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::{Template, known};

pub(super) const RULE: Rule = Rule {
    name: "open-port",
    why: "A port that the whole internet reaches is tried by everyone, every minute.",
    link: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: of the service
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]
",
    instead: r"
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: of the service
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/16}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, group) in set.of("AWS::EC2::SecurityGroup") {
        for rule in group
            .property("SecurityGroupIngress")
            .and_then(Node::list)
            .unwrap_or_default()
        {
            open(template, rule, report);
        }
    }
    for (template, rule) in set.of("AWS::EC2::SecurityGroupIngress") {
        if let Some(properties) = rule.attribute("Properties") {
            open(template, properties, report);
        }
    }
}

fn open<'a>(template: &Template<'a>, rule: &'a Node, report: &mut Report<'a>) {
    let world = |key: &str, all: &str| {
        rule.get(key)
            .filter(|node| known::text(template, node).is_some_and(|text| text == all))
    };
    let Some(node) = world("CidrIp", "0.0.0.0/0").or_else(|| world("CidrIpv6", "::/0")) else {
        return;
    };
    let Some(protocol) = rule.get("IpProtocol").and_then(|node| known::text(template, node)) else {
        return;
    };
    let port = |key: &str| -> Option<u16> { known::text(template, rule.get(key)?)?.parse().ok() };
    let message = match (&*protocol, port("FromPort"), port("ToPort")) {
        ("-1", ..) => "every port is open to the internet".to_owned(),
        ("tcp" | "6", Some(from), Some(to)) if from == to && [80, 443].contains(&from) => return,
        ("tcp" | "6" | "udp" | "17", Some(from), Some(to)) if from == to => {
            format!("port {from} is open to the internet")
        }
        ("tcp" | "6" | "udp" | "17", Some(from), Some(to)) => {
            format!("ports {from} to {to} are open to the internet")
        }
        _ => return,
    };
    report
        .value(node, message)
        .help("name the security group or the network that needs it");
}
