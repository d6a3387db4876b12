use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known;
use crate::read::template::path::at;

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

/// Protocols of applications, which use those that a rule can name.
const APPLICATIONS: [&str; 10] = [
    "dns", "ftp", "http", "https", "mysql", "nfs", "ping", "rdp", "ssh", "tls",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (kind, path) in PLACES {
        for (_, resource) in set.of(kind) {
            let Some(properties) = resource.attribute("Properties") else {
                continue;
            };
            let rules = if path.is_empty() {
                vec![properties]
            } else {
                at(properties, path)
            };
            for rule in rules {
                for node in ["FromPort", "ToPort"].into_iter().filter_map(|name| rule.get(name)) {
                    let number = known::literal(node).and_then(|text| text.trim().parse::<i64>().ok());
                    if let Some(number) = number.filter(|number| !(-1..=65_535).contains(number)) {
                        report.value(node, format!("{number} is no port: those are from 0 to 65535"));
                    }
                }
                let protocol = rule
                    .get("IpProtocol")
                    .and_then(|node| Some((node, known::literal(node)?.to_ascii_lowercase())));
                if let Some((node, name)) = protocol.filter(|(_, name)| APPLICATIONS.contains(&name.as_str())) {
                    report
                        .value(node, format!("`{name}` is no protocol of a security group"))
                        .help("it can be tcp, udp, icmp, icmpv6, -1 for all, or a number");
                }
            }
        }
    }
}
