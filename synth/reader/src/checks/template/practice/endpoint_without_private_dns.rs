use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "endpoint-without-private-dns",
    why: "Without private DNS the usual names of the service still lead out of the network, past the endpoint.",
    link: "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Logs:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: vpc-0123456789abcdef0
      VpcEndpointType: Interface
      ServiceName: !Sub com.amazonaws.${AWS::Region}.logs
",
    instead: r"
Resources:
  Logs:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: vpc-0123456789abcdef0
      VpcEndpointType: Interface
      ServiceName: !Sub com.amazonaws.${AWS::Region}.logs
      PrivateDnsEnabled: true
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, endpoint) in set.of("AWS::EC2::VPCEndpoint") {
        let text = |name: &str| endpoint.property(name).and_then(|node| known::shape(template, node));
        let interface = text("VpcEndpointType").is_some_and(|kind| kind.whole() == Some("Interface"));
        // Services of others have private names only if their owner has proved a domain; S3's own need a resolver.
        let of_aws = text("ServiceName").is_some_and(|name| {
            let last = name.end().rsplit('.').next().unwrap_or_default();
            let own = name.start().starts_with("com.amazonaws.") && !name.has(".vpce-svc-");
            own && !["s3", "dynamodb"].contains(&last)
        });
        let dns = endpoint.property("PrivateDnsEnabled");
        if interface && of_aws && dns.is_none_or(|node| known::is(template, node, false)) {
            report
                .key(
                    endpoint.heading(),
                    format!("`{}` is not found by the name of its service", endpoint.id),
                )
                .help("set `PrivateDnsEnabled` to true");
        }
    }
}
