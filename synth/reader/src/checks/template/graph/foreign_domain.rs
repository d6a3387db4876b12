use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::path::Place;

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

/// A type, the way to what names a domain, the name, what it stands in, and what that is.
#[rustfmt::skip]
const PLACES: [(&str, &str, &str, &str, &str); 3] = [
    ("AWS::Route53::RecordSet", "", "Name", "HostedZoneName", "the zone"),
    ("AWS::Route53::RecordSetGroup", "RecordSets/*", "Name", "HostedZoneName", "the zone"),
    ("AWS::CertificateManager::Certificate", "DomainValidationOptions/*", "DomainName", "ValidationDomain", "the validation domain"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (kind, path, own, domain, what) in PLACES {
        for holder in set.at(kind, path) {
            // A group has one zone for all of its records.
            let above = holder.resource.property(domain).map(|node| Place { node, ..holder });
            let above = holder.get(domain).or(above);
            if let (Some(name), Some(above)) = (holder.get(own), above) {
                within(name, above, what, report);
            }
        }
    }
}

fn within<'a>(place: Place<'_, 'a>, domain: Place<'_, 'a>, what: &str, report: &mut Report<'a>) {
    let text = |place: Place<'_, 'a>| {
        let text = place.text()?;
        Some(text.map(|text| text.trim_end_matches('.').to_ascii_lowercase()))
    };
    let (Some(name), Some(above)) = (text(place), text(domain)) else {
        return;
    };
    let rest = name.value.strip_suffix(&above.value);
    if !rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.')) {
        report
            .value(place.node, format!("`{name}` is not in {what} `{above}`"))
            .sure(name.sure.max(above.sure))
            .also(domain.node, what);
    }
}
