use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::path::Place;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "refused-record",
    why: "Route 53 refuses a record whose value is not of the form that its type has.",
    link: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: Z0123456789
      Name: www.example.com
      Type: A
      TTL: '60'
      ResourceRecords: [example.com]
",
    instead: r"
Resources:
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: Z0123456789
      Name: www.example.com
      Type: A
      TTL: '60'
      ResourceRecords: [192.0.2.1]
",
    check,
};

/// Where records stand.
const RECORDS: [(&str, &str); 2] = [
    ("AWS::Route53::RecordSet", ""),
    ("AWS::Route53::RecordSetGroup", "RecordSets/*"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for record in RECORDS.iter().flat_map(|(kind, path)| set.at(kind, path)) {
        let Some(kind) = record.get("Type").and_then(Place::text) else {
            continue;
        };
        let values = record.node.get("ResourceRecords").and_then(Node::list);
        if let Some([_, second, ..]) = values.filter(|_| kind == "CNAME") {
            report
                .value(second, "a record of type CNAME has one value")
                .sure(kind.sure);
        }
        for value in record.below("ResourceRecords/*") {
            for text in value.texts() {
                if let Some(wants) = wrong(&kind, &text) {
                    let message = format!("`{text}` is not {wants}, which a record of type {kind} has");
                    report.value(value.node, message).sure(kind.sure).sure(text.sure);
                }
            }
        }
    }
}

/// What belongs there, if it is not what there is.
fn wrong(kind: &str, text: &str) -> Option<&'static str> {
    let (fine, wants) = match kind {
        "A" => (text.trim().parse::<Ipv4Addr>().is_ok(), "an IPv4 address"),
        "AAAA" => (text.trim().parse::<Ipv6Addr>().is_ok(), "an IPv6 address"),
        "CNAME" | "NS" | "PTR" => (!text.is_empty() && !text.contains(char::is_whitespace), "a domain name"),
        "MX" => (priority_and_name(text), "a priority and a domain name"),
        "TXT" => (quoted(text), "texts of up to 255 characters in double quotes"),
        "CAA" => (authority(text), "flags, a tag and a value in double quotes"),
        _ => return None,
    };
    (!fine).then_some(wants)
}

fn priority_and_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let priority = words.next().is_some_and(|word| word.parse::<u16>().is_ok());
    priority && words.next().is_some() && words.next().is_none()
}

/// One or more texts in quotes, each of 1 to 255 characters; a quote inside stands behind a backslash.
fn quoted(text: &str) -> bool {
    let mut rest = text.trim();
    if rest.is_empty() {
        return false;
    }
    while let Some(inside) = rest.strip_prefix('"') {
        let mut escaped = false;
        let end = inside.find(|character| {
            let quote = character == '"' && !escaped;
            escaped = character == '\\' && !escaped;
            quote
        });
        let Some(end) = end.filter(|end| inside[..*end].chars().count() <= 255) else {
            return false;
        };
        rest = inside[end + 1..].trim_start_matches(' ');
    }
    rest.is_empty()
}

fn authority(text: &str) -> bool {
    let mut words = text.trim().splitn(3, char::is_whitespace);
    let flags = words.next().is_some_and(|word| word.parse::<u8>().is_ok());
    let tag = words.next().is_some_and(|word| !word.is_empty());
    let value = words.next().unwrap_or_default().trim();
    flags && tag && value.len() >= 2 && value.starts_with('"') && value.ends_with('"')
}
