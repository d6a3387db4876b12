use std::collections::BTreeMap;

use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::kind::is_open;
use crate::read::template::known::{self, Shape, Sure};
use crate::read::template::{Resource, Template, function};
use crate::read::{Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "repeated-rule",
    why: "A security group has each rule once, whatever its description says: of two equal ones in a list one is lost, and a rule of its own that repeats another is refused (`the specified rule already exists`).",
    link: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Door:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: of the front
      VpcId: vpc-0123456789abcdef0
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 8443, ToPort: 8443, CidrIp: 10.0.0.0/16}]
  Again:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !GetAtt Door.GroupId, IpProtocol: tcp, FromPort: 8443, ToPort: 8443, CidrIp: 10.0.0.0/16}
",
    instead: r"
Resources:
  Door:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: of the front
      VpcId: vpc-0123456789abcdef0
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 8443, ToPort: 8443, CidrIp: 10.0.0.0/16}]
  Other:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !GetAtt Door.GroupId, IpProtocol: tcp, FromPort: 8443, ToPort: 8443, CidrIp: 10.1.0.0/16}
",
    check,
};

/// Lists of rules in a group, and the type of a rule of its own.
const KINDS: [(&str, &str); 2] = [
    ("SecurityGroupIngress", "AWS::EC2::SecurityGroupIngress"),
    ("SecurityGroupEgress", "AWS::EC2::SecurityGroupEgress"),
];

/// What a rule lets through.
type Through<'a> = Vec<(&'a str, Shape<'a>)>;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for (list, kind) in KINDS {
            for group in template.of("AWS::EC2::SecurityGroup") {
                let apart = template.of(kind).filter(|rule| is_of(template, rule, group));
                of_group(template, group.property(list), apart.collect(), report);
            }
        }
    }
}

fn is_of(template: &Template<'_>, rule: &Resource<'_>, group: &Resource<'_>) -> bool {
    let target = rule.property("GroupId").and_then(|node| template.target(node));
    target.is_some_and(|target| target.id == group.id) && rule.attribute("Condition").is_none()
}

fn of_group<'a>(template: &Template<'a>, list: Option<&'a Node>, apart: Vec<&Resource<'a>>, report: &mut Report<'a>) {
    let mut seen: BTreeMap<Through<'a>, (&'a Node, Sure)> = BTreeMap::new();
    for node in list.and_then(Node::list).unwrap_or_default() {
        let Some((through, sure)) = node.map().and_then(|map| through(template, map)) else {
            continue;
        };
        if let Some((other, its)) = seen.get(&through) {
            report
                .value(node, "the group has the same rule already, and one of the two is lost")
                .level(Level::Warning)
                .sure(sure.max(*its))
                .also(*other, "the same rule")
                .help("leave one of them out");
        } else {
            seen.insert(through, (node, sure));
        }
    }
    for rule in apart {
        let Some((through, sure)) = rule.properties.and_then(|map| through(template, map)) else {
            continue;
        };
        if let Some((other, its)) = seen.get(&through) {
            report
                .key(rule.entry, "the group has the same rule already")
                .sure(sure.max(*its))
                .also(*other, "the same rule")
                .help("leave one of them out");
        } else {
            seen.insert(through, (&rule.entry.value, sure));
        }
    }
}

/// What a rule lets through, if all of it is known or named by what stays the same.
fn through<'a>(template: &Template<'a>, map: &'a Map) -> Option<(Through<'a>, Sure)> {
    if is_open(map) || map.iter().any(|entry| function::choice(&entry.value).is_some()) {
        return None;
    }
    let telling = map
        .iter()
        .filter(|entry| !matches!(entry.key.as_str(), "Description" | "GroupId"));
    let mut sure = Sure::Written;
    let mut found = Through::new();
    for entry in telling {
        let shape = known::shape(template, &entry.value).filter(|shape| !shape.is_opaque())?;
        sure = sure.max(shape.sure);
        found.push((entry.key.as_str(), shape.value));
    }
    found.sort();
    Some((found, sure))
}
