use crate::checks::template::value::{Wrong, judge};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known::Sure;
use crate::read::template::path::Place;
use crate::read::template::{function, known};

pub(super) const RULE: Rule = Rule {
    name: "refused-setting",
    why: "Services refuse values and combinations of which their schemas do not tell: days of archive tiers, ports of hosts, names of domains.",
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
            let there = |node: &'a Node| match node.list() {
                Some(_) => Some(Sure::Written),
                None => known::boolean(template, node).and_then(|on| on.value.then_some(on.sure)),
            };
            let sure = resource.property(with).and_then(there);
            if let Some(sure) = sure.filter(|_| function::choice(&entry.value).is_none()) {
                let message = format!("`{with}` and `{without}` exclude each other");
                report.key(entry, message).sure(sure);
            }
        }
    }
    for tier in set.at("AWS::S3::Bucket", "IntelligentTieringConfigurations/*/Tierings/*") {
        days(tier, report);
    }
    for task in set.at("AWS::ECS::TaskDefinition", "") {
        let network = task.get("NetworkMode").and_then(Place::text);
        if let Some(network) = network.filter(|network| *network == "awsvpc") {
            let mappings = task.below("ContainerDefinitions/*/PortMappings/*");
            mappings.for_each(|mapping| host_port(mapping, network.sure, report));
        }
    }
    for alias in set.at("AWS::CloudFront::Distribution", "DistributionConfig/Aliases/*") {
        judge(alias, report, domain);
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html>
fn days<'a>(tier: Place<'_, 'a>, report: &mut Report<'a>) {
    let Some(name) = tier.get("AccessTier").and_then(Place::text) else {
        return;
    };
    let least = match &*name {
        "ARCHIVE_ACCESS" => 90.0,
        "DEEP_ARCHIVE_ACCESS" => 180.0,
        _ => return,
    };
    let days = tier.get("Days").and_then(|place| Some((place.node, place.number()?)));
    if let Some((node, days)) = days.filter(|(_, days)| !(least..=730.0).contains(&days.value)) {
        report
            .value(
                node,
                format!("this tier is for objects not read for {least} to 730 days, found {days}"),
            )
            .sure(days.sure)
            .sure(name.sure);
    }
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html>
fn host_port<'a>(mapping: Place<'_, 'a>, network: Sure, report: &mut Report<'a>) {
    let number = |name: &str| mapping.get(name).and_then(Place::number);
    if let (Some(own), Some(host), Some(place)) = (number("ContainerPort"), number("HostPort"), mapping.get("HostPort"))
        && own.value.total_cmp(&host.value).is_ne()
    {
        report
            .value(
                place.node,
                format!("with `awsvpc` the port of the host is that of the container, {own}, found {host}"),
            )
            .sure(own.sure.max(host.sure).max(network))
            .help("leave `HostPort` out");
    }
}

/// <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Aliases.html>
fn domain(text: &str) -> Option<Wrong> {
    let name = text.strip_prefix("*.").unwrap_or(text);
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    let fine = text.len() <= 253 && name.contains('.') && name.split('.').all(label);
    (!fine && !text.is_empty()).then(|| Wrong::new(format!("`{text}` is not the name of a domain")))
}
