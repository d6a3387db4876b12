use super::facts::{Balancer, balancers};
use crate::checks::manifest::port;
use crate::checks::manifest::traffic::{Direction, opens, policies, rules};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Pods, is_settled};
use crate::read::template::known::Known;
use crate::read::{Block, Node};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    name: "closed-balancer",
    why: "A load balancer of AWS is no pod: with targets of the type `ip` its requests come from the addresses of \
          its subnets, and only an `ipBlock` lets them in. Where a NetworkPolicy closes the pods to one of these \
          subnets, the balancer finds no healthy target there.",
    link: "https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # network.yaml
Resources:
  Public:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.1.0/24, Tags: [{Key: kubernetes.io/role/elb, Value: '1'}]}
--- # web.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {alb.ingress.kubernetes.io/scheme: internet-facing, alb.ingress.kubernetes.io/target-type: ip}
spec: {ingressClassName: alb, defaultBackend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: 'example/web:1.0', ports: [{containerPort: 8080}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.1.0.0/16}}], ports: [{port: 8080}]}]}
",
    instead: r"
--- # network.yaml
Resources:
  Public:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.1.0/24, Tags: [{Key: kubernetes.io/role/elb, Value: '1'}]}
--- # web.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {alb.ingress.kubernetes.io/scheme: internet-facing, alb.ingress.kubernetes.io/target-type: ip}
spec: {ingressClassName: alb, defaultBackend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: 'example/web:1.0', ports: [{containerPort: 8080}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/16}}], ports: [{port: 8080}]}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for balancer in balancers(set) {
        // Several paths may lead to the same pods.
        let mut ways = BTreeMap::new();
        for (service, named) in &balancer.backends {
            let ports = service.dig(&["spec", "ports"]).and_then(Node::list).unwrap_or_default();
            for its in ports.iter().filter(|its| port::serves(its, named)) {
                let target = its.get("targetPort").or_else(|| its.get("port"));
                let protocol = its.get("protocol").and_then(Node::text).unwrap_or("TCP");
                let Some(target) = target else { continue };
                for pods in set.manifests.behind(service) {
                    let way = (std::ptr::from_ref(pods.spec).addr(), std::ptr::from_ref(target).addr());
                    ways.insert(way, (pods, target, protocol));
                }
            }
        }
        for (pods, target, protocol) in ways.into_values() {
            judge(set, &balancer, &pods, (target, protocol), report);
        }
    }
}

fn judge<'a>(
    set: &Set<'a>,
    balancer: &Balancer<'a>,
    pods: &Pods<'a>,
    (target, protocol): (&'a Node, &str),
    report: &mut Report<'a>,
) {
    let closing = policies(set, pods, Direction::In);
    let rules = rules(set, pods, Direction::In);
    // Without a single rule, another policy most often says what is open; all are here where all is rendered.
    let Some(policy) = closing.first().filter(|_| set.together || !rules.is_empty()) else {
        return;
    };
    let open = |rule: &&Node| opens(rule, target, protocol, pods);
    let open: Vec<&Node> = rules.iter().map(|(_, rule)| *rule).filter(open).collect();
    let closed = |(subnet, _): &&(Known<Block>, &'a Node)| !open.iter().any(|rule| lets_in(rule, subnet.value));
    let Some((subnet, at)) = balancer.subnets.iter().find(closed) else {
        return;
    };
    let place = rules
        .iter()
        .find(|(_, rule)| open.iter().any(|open| std::ptr::eq(*open, *rule)));
    let place = place.and_then(|(_, rule)| rule.get("from"));
    let port = target.to_text().unwrap_or_default();
    let cidr = at
        .to_text()
        .map_or_else(|| "one of its subnets".to_owned(), |text| format!("`{text}`"));
    report
        .value(
            place.unwrap_or(policy.place()),
            format!(
                "the load balancer of {} asks port `{port}` of {} from {cidr}, which no policy lets in",
                balancer.object.title(),
                pods.object.title()
            ),
        )
        .sure(subnet.sure)
        .also(*at, "a subnet of the load balancer")
        .help("let the blocks of the subnets in that the load balancer stands in, with an `ipBlock` each");
}

/// Whether a rule lets a block of addresses in that are no pod's.
fn lets_in(rule: &Node, subnet: Block) -> bool {
    let peers = rule.get("from").and_then(Node::list).unwrap_or_default();
    peers.is_empty()
        || peers
            .iter()
            .any(|peer| peer.get("ipBlock").is_some_and(|block| holds(block, subnet)))
}

fn holds(block: &Node, subnet: Block) -> bool {
    let known = |node: &Node| node.text().filter(|text| is_settled(text)).and_then(Block::parse);
    // Where pods have addresses of IPv6, the load balancer asks from the other block of its subnet.
    let cidr = block.get("cidr").and_then(known).filter(|cidr| !cidr.is_ipv6());
    let Some(cidr) = cidr else {
        return true;
    };
    let mut but = block.get("except").and_then(Node::list).unwrap_or_default().iter();
    cidr.holds(subnet) && !but.any(|except| known(except).is_some_and(|except| except.meets(subnet)))
}
