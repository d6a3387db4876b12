use crate::checks::finding::certainty;
use crate::checks::template::contents::containers;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::path::at;
use crate::read::template::{Template, function, known};

pub(super) const RULE: Rule = Rule {
    name: "refused-setting",
    why: "Services refuse values and combinations of which their schemas do not tell: protocols of subscriptions, days of archive tiers, ports of hosts, names of domains.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Pictures:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      IntelligentTieringConfigurations:
        - {Id: old, Status: Enabled, Tierings: [{AccessTier: ARCHIVE_ACCESS, Days: 30}]}
",
    instead: r"
Resources:
  Pictures:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      IntelligentTieringConfigurations:
        - {Id: old, Status: Enabled, Tierings: [{AccessTier: ARCHIVE_ACCESS, Days: 90}]}
",
    check,
};

/// Properties that exclude each other: with the first one (if it is not `false`) the second is refused.
///
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html>,
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-guardduty-detector.html>
const EXCLUDING: [(&str, &str, &str); 4] = [
    ("AWS::GuardDuty::Detector", "Features", "DataSources"),
    ("AWS::RDS::DBCluster", "ManageMasterUserPassword", "MasterUserPassword"),
    ("AWS::RDS::DBInstance", "ManageMasterUserPassword", "MasterUserPassword"),
    ("AWS::Redshift::Cluster", "ManageMasterPassword", "MasterUserPassword"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (kind, with, without) in EXCLUDING {
        for (template, resource) in set.of(kind) {
            let Some(entry) = resource.properties.and_then(|map| map.entry(without)) else {
                continue;
            };
            let there = |node: &Node| node.list().is_some() || known::boolean(template, node) == Some(true);
            let choice = function::of(&entry.value).is_some_and(|function| function.key == "Fn::If");
            if !choice && resource.property(with).is_some_and(there) {
                report.key(entry, format!("`{with}` and `{without}` exclude each other"));
            }
        }
    }
    for (template, subscription) in set.of("AWS::SNS::Subscription") {
        protocol(template, subscription.property("Protocol"), report);
    }
    for (template, topic) in set.of("AWS::SNS::Topic") {
        for one in topic.property("Subscription").and_then(Node::list).unwrap_or_default() {
            protocol(template, one.get("Protocol"), report);
        }
    }
    for (template, bucket) in set.of("AWS::S3::Bucket") {
        let properties = bucket.entry.value.get("Properties");
        let tiers = properties.map(|node| at(node, "IntelligentTieringConfigurations/*/Tierings/*"));
        for tier in tiers.into_iter().flatten() {
            days(template, tier, report);
        }
    }
    for (template, task) in set.of("AWS::ECS::TaskDefinition") {
        let own_network = task
            .property("NetworkMode")
            .and_then(|node| known::text(template, node));
        if own_network.as_deref() == Some("awsvpc") {
            let mappings = containers(task)
                .iter()
                .flat_map(|container| at(container, "PortMappings/*"));
            mappings.for_each(|mapping| host_port(template, mapping, report));
        }
    }
    for (template, distribution) in set.of("AWS::CloudFront::Distribution") {
        let properties = distribution.entry.value.get("Properties");
        for alias in properties
            .into_iter()
            .flat_map(|node| at(node, "DistributionConfig/Aliases/*"))
        {
            domain(template, alias, report);
        }
    }
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html>
fn protocol<'a>(template: &Template<'a>, node: Option<&'a Node>, report: &mut Report<'a>) {
    const PROTOCOLS: [&str; 9] = [
        "application",
        "email",
        "email-json",
        "firehose",
        "http",
        "https",
        "lambda",
        "sms",
        "sqs",
    ];
    let Some((node, text)) = node.and_then(|node| Some((node, known::text(template, node)?))) else {
        return;
    };
    if !PROTOCOLS.contains(&text.as_str()) && !text.starts_with("{{") {
        let draft = report.value(node, format!("SNS has no protocol `{text}`"));
        match crate::schema::nearest(&text, PROTOCOLS.into_iter()) {
            Some(near) => draft.help(format!("did you mean `{near}`?")),
            None => draft.help(format!("it has {}", PROTOCOLS.join(", "))),
        }
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html>
fn days<'a>(template: &Template<'a>, tier: &'a Node, report: &mut Report<'a>) {
    let least = match tier
        .get("AccessTier")
        .and_then(|node| known::text(template, node))
        .as_deref()
    {
        Some("ARCHIVE_ACCESS") => 90.0,
        Some("DEEP_ARCHIVE_ACCESS") => 180.0,
        _ => return,
    };
    let Some(node) = tier.get("Days") else { return };
    if let Some(days) = known::number(template, node).filter(|days| !(least..=730.0).contains(days)) {
        report.value(
            node,
            format!("this tier is for objects not read for {least} to 730 days, found {days}"),
        );
    }
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html>
fn host_port<'a>(template: &Template<'a>, mapping: &'a Node, report: &mut Report<'a>) {
    let number = |name: &str| known::number(template, mapping.get(name)?);
    if let (Some(own), Some(host), Some(node)) = (number("ContainerPort"), number("HostPort"), mapping.get("HostPort"))
        && own.total_cmp(&host).is_ne()
    {
        report
            .value(
                node,
                format!("with `awsvpc` the port of the host is that of the container, {own}, found {host}"),
            )
            .help("leave `HostPort` out");
    }
}

/// <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Aliases.html>
fn domain<'a>(template: &Template<'a>, node: &'a Node, report: &mut Report<'a>) {
    let Some(text) = known::text(template, node).filter(|text| !text.is_empty() && !text.starts_with("{{")) else {
        return;
    };
    let name = text.strip_prefix("*.").unwrap_or(&text);
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if text.len() > 253 || !name.contains('.') || !name.split('.').all(label) {
        report
            .value(node, format!("`{text}` is not the name of a domain"))
            .level(certainty(node));
    }
}
