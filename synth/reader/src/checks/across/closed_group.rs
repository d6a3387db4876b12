use super::facts::{Bound, bindings};
use crate::checks::manifest::port;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known::{Ask, Known, Sure};
use crate::read::template::{Resource, Template};
use std::ops::RangeInclusive;

pub(super) const RULE: Rule = Rule {
    name: "closed-group",
    why: "A load balancer of a template asks pods that a TargetGroupBinding registers at the port of their \
          container. Where the security groups open other ports to the balancer, but not this one, it finds no \
          healthy target.",
    link: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # entry.yaml
Resources:
  Front: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: Front, VpcId: !ImportValue vpc}}
  Open:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      {GroupId: !ImportValue pods, SourceSecurityGroupId: !Ref Front, IpProtocol: tcp, FromPort: 80, ToPort: 80}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {SecurityGroups: [!Ref Front], Subnets: [!ImportValue a, !ImportValue b]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Web}]
  Web:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Name: web, TargetType: ip, Port: 80, Protocol: HTTP, VpcId: !ImportValue vpc}
--- # web.yaml
apiVersion: elbv2.k8s.aws/v1beta1
kind: TargetGroupBinding
metadata: {name: web}
spec: {targetGroupARN: 'arn:aws:elasticloadbalancing:x:1:targetgroup/web/0', serviceRef: {name: web, port: 80}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
",
    instead: r"
--- # entry.yaml
Resources:
  Front: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: Front, VpcId: !ImportValue vpc}}
  Open:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      {GroupId: !ImportValue pods, SourceSecurityGroupId: !Ref Front, IpProtocol: tcp, FromPort: 1, ToPort: 9000}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {SecurityGroups: [!Ref Front], Subnets: [!ImportValue a, !ImportValue b]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Web}]
  Web:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Name: web, TargetType: ip, Port: 80, Protocol: HTTP, VpcId: !ImportValue vpc}
--- # web.yaml
apiVersion: elbv2.k8s.aws/v1beta1
kind: TargetGroupBinding
metadata: {name: web}
spec: {targetGroupARN: 'arn:aws:elasticloadbalancing:x:1:targetgroup/web/0', serviceRef: {name: web, port: 80}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for bound in bindings(set) {
        // With rules of its own, the controller opens the ports itself.
        if bound.binding.dig(&["spec", "networking"]).is_some() {
            continue;
        }
        let Some((at, wanted)) = wanted(set, &bound) else {
            continue;
        };
        let groups = groups(set, &bound);
        if let Some(open) = open(set, &groups).filter(|open| !open.is_empty())
            && !open.iter().any(|(ports, ..)| ports.contains(&wanted))
        {
            let sure = open.iter().map(|(_, sure, _)| *sure).max().unwrap_or_default();
            report
                .value(
                    at,
                    format!("the load balancer asks the pods at port {wanted}, which no security group opens to it"),
                )
                .sure(sure)
                .also(open[0].2, "what is open to it")
                .help(format!(
                    "open port {wanted} of the pods to the security group of the load balancer"
                ));
        }
    }
}

/// The port at which the pods are asked, and where the binding names it; nothing if there may be several.
fn wanted<'a>(set: &Set<'a>, bound: &Bound<'_, 'a>) -> Option<(&'a Node, u64)> {
    let (service, named) = bound.service(set)?;
    let ports = service.dig(&["spec", "ports"])?.list()?;
    let its = ports.iter().find(|its| port::serves(its, named))?;
    let target = its.get("targetPort").or_else(|| its.get("port"))?;
    if let Some(number) = port::number(target) {
        return Some((named, number));
    }
    let pods = set.manifests.behind(&service);
    let number = pods.iter().flat_map(port::open).find(|port| port.is(target))?.number?;
    Some((named, number))
}

/// The security groups of the load balancers that send requests to a target group, by template and id.
fn groups<'s, 'a>(set: &'s Set<'a>, bound: &Bound<'s, 'a>) -> Vec<(&'s Template<'a>, &'s Resource<'a>)> {
    let mut found = Vec::new();
    for (home, balancer) in bound.balancers(set) {
        let all = balancer.property("SecurityGroups").and_then(Node::list);
        let all = all.unwrap_or_default().iter();
        found.extend(all.filter_map(|group| set.target(home, group)));
    }
    found
}

/// Ports that are open, how surely that is known, and where it stands.
type Open<'a> = (RangeInclusive<u64>, Sure, &'a Node);

/// What is open to some security groups anywhere; nothing if a part of that is not known.
fn open<'a>(set: &Set<'a>, groups: &[(&Template<'a>, &Resource<'a>)]) -> Option<Vec<Open<'a>>> {
    let alone = set.at("AWS::EC2::SecurityGroupIngress", "");
    let inside = set.at("AWS::EC2::SecurityGroup", "SecurityGroupIngress/*");
    let mut found = Vec::new();
    for rule in alone.chain(inside) {
        let source = rule.node.get("SourceSecurityGroupId");
        let source = source.and_then(|node| set.target(rule.template, node));
        let is_ours =
            source.is_some_and(|(_, source)| groups.iter().any(|(_, group)| std::ptr::eq(group.entry, source.entry)));
        if !is_ours {
            continue;
        }
        let ask = Ask::of(rule.template).across(set);
        if ask.text(rule.node.get("IpProtocol")?)? == "-1" {
            found.push((0..=u64::MAX, Sure::Written, rule.node));
            continue;
        }
        let number = |key: &str| -> Option<Known<u64>> {
            let text = ask.text(rule.node.get(key)?)?;
            text.and_then(|text| text.trim().parse().ok())
        };
        let (first, last) = (number("FromPort")?, number("ToPort")?);
        found.push((first.value..=last.value, first.sure.max(last.sure), rule.node));
    }
    Some(found)
}
