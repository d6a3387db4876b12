use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Object, is_settled};
use crate::read::template::known::{Ask, Sure};
use crate::read::{Block, Node};

pub(super) const RULE: Rule = Rule {
    name: "foreign-block",
    why: "A NetworkPolicy that names addresses of the network of which no subnet has any opens or closes nothing: \
          nobody ever has such an address.",
    link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors",
    level: Level::Warning,
    family: Family::Across,
    example: r"
--- # network.yaml
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
--- # web.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.2.0/24}}]}]}
",
    instead: r"
--- # network.yaml
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
--- # web.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.1.0/24}}]}]}
",
    check,
};

/// A network of which every subnet is known.
struct Network<'a> {
    block: Block,
    at: &'a Node,
    subnets: Vec<Block>,
    sure: Sure,
}

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let policies: Vec<Object<'a>> = set.manifests.of("NetworkPolicy").collect();
    if policies.is_empty() {
        return;
    }
    // A network that is one of several may be that of another environment.
    let Some(networks) = networks(set) else { return };
    for policy in policies {
        for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
            let rules = policy.dig(&["spec", rules]).and_then(Node::list).unwrap_or_default();
            let peers = rules.iter().filter_map(|rule| rule.get(peers)?.list()).flatten();
            for cidr in peers.filter_map(|peer| peer.dig(&["ipBlock", "cidr"])) {
                judge(&policy, cidr, &networks, report);
            }
        }
    }
}

fn judge<'a>(policy: &Object<'a>, cidr: &'a Node, networks: &[Network<'a>], report: &mut Report<'a>) {
    let text = cidr.text().filter(|text| is_settled(text)).unwrap_or_default();
    let Some(block) = Block::parse(text) else { return };
    let around = |network: &&Network<'a>| network.block.holds(block);
    let mut found = networks.iter().filter(around).peekable();
    let Some(network) = found.peek().copied() else { return };
    if found.any(|network| network.subnets.iter().any(|subnet| subnet.meets(block))) {
        return;
    }
    report
        .value(
            cidr,
            format!("{} names `{text}`, of which no subnet has an address", policy.title()),
        )
        .sure(network.sure)
        .also(network.at, "the network that has this block")
        .help("name the block of a subnet");
}

/// The networks of the templates, if each block of each is known.
fn networks<'a>(set: &Set<'a>) -> Option<Vec<Network<'a>>> {
    let mut networks = Vec::new();
    for template in &set.templates {
        let ask = Ask::of(template);
        // What is not written as a block of its own is worked out at the deployment.
        let more = template.of("AWS::EC2::VPCCidrBlock").next().is_some();
        for vpc in template.of("AWS::EC2::VPC") {
            let at = vpc.property("CidrBlock").filter(|_| !more)?;
            let known = ask.text(at)?;
            let mut network = Network {
                block: Block::parse(&known)?,
                at,
                subnets: Vec::new(),
                sure: known.sure,
            };
            for (home, subnet) in set.of("AWS::EC2::Subnet") {
                let known = Ask::of(home).across(set).text(subnet.property("CidrBlock")?)?;
                network.subnets.push(Block::parse(&known)?);
                network.sure = network.sure.max(known.sure);
            }
            // Those of a network without any are made elsewhere.
            if !network.subnets.is_empty() {
                networks.push(network);
            }
        }
    }
    Some(networks)
}
