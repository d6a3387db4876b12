use crate::checks::template::value::{Wrong, judge};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known::Sure;
use crate::read::template::path::Place;
use crate::read::template::{function, known};
use crate::read::{Entry, Node};

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
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html>,
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html>,
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-guardduty-detector.html>
const EXCLUDING: [(&str, &str, &str); 5] = [
    ("AWS::ECS::Service", "CapacityProviderStrategy", "LaunchType"),
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
                Some(items) => (!items.is_empty()).then_some(Sure::Written),
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
    for service in set.at("AWS::ECS::Service", "") {
        controller(service, report);
    }
    for database in set.at("AWS::RDS::DBInstance", "") {
        database_name(database, report);
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
    let edge = |label: &str| label.starts_with('-') || label.ends_with('-');
    let label = |label: &str| {
        !label.is_empty() && !edge(label) && label.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    let fine = text.len() <= 253 && name.contains('.') && name.split('.').all(label);
    (!fine && !text.is_empty()).then(|| Wrong::new(format!("`{text}` is not the name of a domain")))
}

/// Only the controller of ECS itself watches alarms and breaks off by itself.
///
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html>
fn controller<'a>(service: Place<'_, 'a>, report: &mut Report<'a>) {
    let kind = service.below("DeploymentController/Type").next().and_then(Place::text);
    let Some(kind) = kind.filter(|kind| *kind == "CODE_DEPLOY" || *kind == "EXTERNAL") else {
        return;
    };
    let configuration = service
        .get("DeploymentConfiguration")
        .and_then(|place| place.node.map());
    for name in ["Alarms", "DeploymentCircuitBreaker"] {
        let entry = configuration.and_then(|map| map.entry(name));
        let on = |entry: &&'a Entry| {
            let enable = entry.value.get("Enable");
            enable.is_some_and(|node| known::is(service.template, node, true))
        };
        if let Some(entry) = entry.filter(on) {
            let message = format!("the controller {kind} takes no `{name}`: only that of ECS does");
            report.key(entry, message).sure(kind.sure);
        }
    }
}

/// <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html>
fn database_name<'a>(database: Place<'_, 'a>, report: &mut Report<'a>) {
    let engine = database.get("Engine").and_then(Place::text);
    let Some(engine) = engine.filter(|engine| engine.to_ascii_lowercase().starts_with("sqlserver-")) else {
        return;
    };
    let entry = database.node.map().and_then(|map| map.entry("DBName"));
    let given = |entry: &&'a Entry| function::of(&entry.value).is_none() && entry.value.text() != Some("");
    if let Some(entry) = entry.filter(given) {
        report
            .key(entry, format!("a database of {engine} takes no `DBName`"))
            .sure(engine.sure)
            .help("leave it out, and make databases once the server is there");
    }
}
