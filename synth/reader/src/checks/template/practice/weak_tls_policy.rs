use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "weak-tls-policy",
    why: "Without `SslPolicy` CloudFormation takes ELBSecurityPolicy-2016-08, which still speaks TLS 1.0 and 1.1.",
    link: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/app/0123456789abcdef
      Port: 443
      Protocol: HTTPS
      Certificates: [{CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/0123'}]
      DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: '404'}}]
",
    instead: r"
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/app/0123456789abcdef
      Port: 443
      Protocol: HTTPS
      SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
      Certificates: [{CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/0123'}]
      DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: '404'}}]
",
    check,
};

const RECOMMENDED: &str = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, listener) in set.of("AWS::ElasticLoadBalancingV2::Listener") {
        let protocol = listener
            .property("Protocol")
            .and_then(|node| known::text(template, node));
        if !matches!(protocol.as_deref(), Some("HTTPS" | "TLS")) {
            continue;
        }
        let help = format!("set `SslPolicy` to `{RECOMMENDED}`");
        match listener.property("SslPolicy") {
            None => {
                report
                    .key(listener.heading(), format!("`{}` takes TLS 1.0 and 1.1", listener.id))
                    .help(help);
            }
            Some(node) => {
                if let Some(policy) = known::text(template, node).filter(|policy| old(policy)) {
                    report
                        .value(node, format!("`{policy}` takes TLS 1.0 or 1.1"))
                        .help(help);
                }
            }
        }
    }
}

fn old(policy: &str) -> bool {
    let name = policy.strip_prefix("ELBSecurityPolicy-").unwrap_or(policy);
    let fips = name.replace("-FIPS", "");
    matches!(
        fips.as_str(),
        "2015-05" | "2016-08" | "TLS-1-0-2015-04" | "TLS-1-1-2017-01" | "FS-2018-06" | "FS-1-1-2019-08"
    ) || fips.starts_with("TLS13-1-0-")
        || fips.starts_with("TLS13-1-1-")
}
