use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::{Template, known};

pub(super) const RULE: Rule = Rule {
    name: "foreign-domain",
    why: "A record stands in the zone of its own domain, and a certificate is validated at its own domain or one above it.",
    link: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: www.example.org
      Type: A
      TTL: '60'
      ResourceRecords: [192.0.2.1]
",
    instead: r"
Resources:
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: www.example.com
      Type: A
      TTL: '60'
      ResourceRecords: [192.0.2.1]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, record) in set.of("AWS::Route53::RecordSet") {
        let pair = (record.property("Name"), record.property("HostedZoneName"));
        within(template, pair, "the zone", report);
    }
    for (template, group) in set.of("AWS::Route53::RecordSetGroup") {
        let zone = group.property("HostedZoneName");
        for record in group.property("RecordSets").and_then(Node::list).unwrap_or_default() {
            within(template, (record.get("Name"), zone), "the zone", report);
        }
    }
    for (template, certificate) in set.of("AWS::CertificateManager::Certificate") {
        let options = certificate.property("DomainValidationOptions").and_then(Node::list);
        for option in options.unwrap_or_default() {
            let pair = (option.get("DomainName"), option.get("ValidationDomain"));
            within(template, pair, "the validation domain", report);
        }
    }
}

fn within<'a>(
    template: &Template<'a>,
    (name, domain): (Option<&'a Node>, Option<&'a Node>),
    what: &str,
    report: &mut Report<'a>,
) {
    let text = |node: &'a Node| {
        let text = known::text(template, node)?;
        Some(text.map(|text| text.trim_end_matches('.').to_ascii_lowercase()))
    };
    let (Some(node), Some(above)) = (name, domain.and_then(text)) else {
        return;
    };
    let Some(name) = text(node) else { return };
    let rest = name.value.strip_suffix(&above.value);
    if !rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.')) {
        report
            .value(node, format!("`{name}` is not in {what} `{above}`"))
            .sure(name.sure.max(above.sure))
            .also_if(domain, what);
    }
}
