use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known;
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

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (_, record) in set.of("AWS::Route53::RecordSet") {
        if let Some(node) = record.attribute("Properties") {
            of_record(node, report);
        }
    }
    for (_, group) in set.of("AWS::Route53::RecordSetGroup") {
        let records = group.property("RecordSets").and_then(Node::list);
        for node in records.unwrap_or_default() {
            of_record(node, report);
        }
    }
}

fn of_record<'a>(node: &'a Node, report: &mut Report<'a>) {
    let Some(kind) = node.get("Type").and_then(Node::text) else {
        return;
    };
    let Some(values) = node.get("ResourceRecords").and_then(Node::list) else {
        return;
    };
    if kind == "CNAME" && values.len() > 1 {
        report.value(&values[1], "a record of type CNAME has one value");
    }
    for value in values {
        let Some(text) = known::literal(value).filter(|text| !text.contains("{{resolve:")) else {
            continue;
        };
        if let Some(wants) = wrong(kind, &text) {
            report.value(
                value,
                format!("`{text}` is not {wants}, which a record of type {kind} has"),
            );
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
