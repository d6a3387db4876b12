use crate::checks::template::value::{Wrong, judge};
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "refused-port",
    why: "Ports end at 65535, and a rule of a security group names its protocol as tcp, udp, icmp, icmpv6 or by its number.",
    link: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Ingress:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: sg-0123456789abcdef0
      CidrIp: 10.0.0.0/16
      IpProtocol: tcp
      FromPort: 1024
      ToPort: 70000
",
    instead: r"
Resources:
  Ingress:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: sg-0123456789abcdef0
      CidrIp: 10.0.0.0/16
      IpProtocol: tcp
      FromPort: 1024
      ToPort: 65535
",
    check,
};

const PLACES: [(&str, &str); 4] = [
    ("AWS::EC2::SecurityGroup", "SecurityGroupIngress/*"),
    ("AWS::EC2::SecurityGroup", "SecurityGroupEgress/*"),
    ("AWS::EC2::SecurityGroupIngress", ""),
    ("AWS::EC2::SecurityGroupEgress", ""),
];

/// Ports of other services whose schemas have no range.
const PORTS: [(&str, &str); 8] = [
    ("AWS::EC2::NetworkAclEntry", "PortRange/From"),
    ("AWS::EC2::NetworkAclEntry", "PortRange/To"),
    ("AWS::ECS::Service", "LoadBalancers/*/ContainerPort"),
    (
        "AWS::ECS::TaskDefinition",
        "ContainerDefinitions/*/PortMappings/*/ContainerPort",
    ),
    (
        "AWS::ECS::TaskDefinition",
        "ContainerDefinitions/*/PortMappings/*/HostPort",
    ),
    ("AWS::ElasticLoadBalancing::LoadBalancer", "Listeners/*/InstancePort"),
    (
        "AWS::ElasticLoadBalancing::LoadBalancer",
        "Listeners/*/LoadBalancerPort",
    ),
    ("AWS::ElastiCache::ReplicationGroup", "Port"),
];

/// Protocols of applications, which use those that a rule can name.
const APPLICATIONS: [&str; 10] = [
    "dns", "ftp", "http", "https", "mysql", "nfs", "ping", "rdp", "ssh", "tls",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for place in PORTS.iter().flat_map(|(kind, path)| set.at(kind, path)) {
        judge(place, report, beyond);
    }
    for rule in PLACES.iter().flat_map(|(kind, path)| set.at(kind, path)) {
        for place in ["FromPort", "ToPort"].into_iter().filter_map(|name| rule.get(name)) {
            judge(place, report, beyond);
        }
        if let Some(place) = rule.get("IpProtocol") {
            judge(place, report, |text| {
                let name = text.to_ascii_lowercase();
                APPLICATIONS.contains(&name.as_str()).then(|| {
                    Wrong::new(format!("`{name}` is no protocol of a security group"))
                        .help("it can be tcp, udp, icmp, icmpv6, -1 for all, or a number")
                })
            });
        }
    }
}

fn beyond(text: &str) -> Option<Wrong> {
    let number: i64 = text.trim().parse().ok()?;
    let none = !(-1..=65_535).contains(&number);
    none.then(|| Wrong::new(format!("{number} is no port: those are from 0 to 65535")))
}
