use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::kind::is_open;
use crate::read::template::known::Known;
use crate::read::template::path::at;
use crate::read::template::{Template, known};
use crate::read::{Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "missing-part",
    why: "A part of a resource lacks what its service asks for and its schema does not: the memory of a container, the target of an action, the life of a record.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Code:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:aside'}
",
    instead: r"
Resources:
  Code:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:aside', maxReceiveCount: 3}
",
    check,
};

/// What a part lacks; the properties of its resource are told too.
type Lacks = fn(&Template<'_>, &Map, &Map) -> Option<Known<&'static str>>;

/// A type, the way to its parts (`""` is the resource itself), and what is asked of each.
const PARTS: [(&str, &str, Lacks); 11] = [
    ("AWS::CloudFront::Distribution", "DistributionConfig/Origins/*", origin),
    ("AWS::ECS::Service", "", service),
    ("AWS::ECS::TaskDefinition", "ContainerDefinitions/*", container),
    ("AWS::ElasticLoadBalancingV2::Listener", "DefaultActions/*", action),
    ("AWS::ElasticLoadBalancingV2::ListenerRule", "Actions/*", action),
    ("AWS::Lambda::Function", "", function),
    ("AWS::RDS::DBInstance", "", database),
    ("AWS::Route53::RecordSet", "", record),
    ("AWS::Route53::RecordSetGroup", "RecordSets/*", record),
    ("AWS::S3::Bucket", "LifecycleConfiguration/Rules/*", lifecycle),
    ("AWS::SQS::Queue", "RedrivePolicy", redrive),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (kind, path, lacks) in PARTS {
        for (template, resource) in set.of(kind) {
            let entry = resource.entry.value.map().and_then(|map| map.entry("Properties"));
            let Some((entry, properties)) = entry.zip(resource.properties) else {
                continue;
            };
            if is_open(properties) || template.rewritten() {
                continue;
            }
            if path.is_empty() {
                if let Some(lack) = lacks(template, properties, properties) {
                    report.key(entry, lack.value).sure(lack.sure);
                }
                continue;
            }
            for part in at(&entry.value, path) {
                let map = part.map().filter(|map| !is_open(map) && map.get("Ref").is_none());
                if let Some(lack) = map.and_then(|map| lacks(template, map, properties)) {
                    report.value(part, lack.value).sure(lack.sure);
                }
            }
        }
    }
}

/// Whether none of some properties is there.
fn none(map: &Map, names: &[&str]) -> bool {
    names.iter().all(|name| map.get(name).is_none())
}

/// <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Origin.html>
fn origin(_: &Template<'_>, map: &Map, _: &Map) -> Option<Known<&'static str>> {
    none(map, &["CustomOriginConfig", "S3OriginConfig", "VpcOriginConfig"])
        .then(|| Known::written("an origin needs `CustomOriginConfig`, `S3OriginConfig` or `VpcOriginConfig`"))
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html>
fn service(template: &Template<'_>, map: &Map, _: &Map) -> Option<Known<&'static str>> {
    let launch = known::text(template, map.get("LaunchType")?)?;
    (launch == "FARGATE" && none(map, &["DeploymentController", "NetworkConfiguration"]))
        .then(|| launch.map(|_| "a service on Fargate needs `NetworkConfiguration`"))
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>
fn container(_: &Template<'_>, map: &Map, task: &Map) -> Option<Known<&'static str>> {
    (none(map, &["Memory", "MemoryReservation"]) && none(task, &["Memory"]))
        .then(|| Known::written("a container needs `Memory` or `MemoryReservation`, unless its task has `Memory`"))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html>
fn action(_: &Template<'_>, map: &Map, _: &Map) -> Option<Known<&'static str>> {
    let (names, message): (&[&str], _) = match map.get("Type")?.text()? {
        "authenticate-cognito" => (
            &["AuthenticateCognitoConfig"],
            "the action needs `AuthenticateCognitoConfig`",
        ),
        "authenticate-oidc" => (&["AuthenticateOidcConfig"], "the action needs `AuthenticateOidcConfig`"),
        "fixed-response" => (&["FixedResponseConfig"], "the action needs `FixedResponseConfig`"),
        "forward" => (
            &["ForwardConfig", "TargetGroupArn"],
            "the action needs `TargetGroupArn` or `ForwardConfig`",
        ),
        "redirect" => (&["RedirectConfig"], "the action needs `RedirectConfig`"),
        _ => return None,
    };
    none(map, names).then(|| Known::written(message))
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html>
fn function(template: &Template<'_>, map: &Map, _: &Map) -> Option<Known<&'static str>> {
    let zipped = match map.get("PackageType") {
        Some(node) => known::text(template, node)?.map(|kind| kind == "Zip"),
        None => Known::written(map.get("Code").and_then(Node::map).is_some_and(|code| {
            !is_open(code) && code.get("ImageUri").is_none() && !none(code, &["S3Bucket", "S3Key", "ZipFile"])
        })),
    };
    (zipped.value && none(map, &["Handler"])).then(|| zipped.map(|_| "a function of a zip file needs `Handler`"))
}

/// <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html>
fn database(template: &Template<'_>, map: &Map, _: &Map) -> Option<Known<&'static str>> {
    const SOURCES: [&str; 8] = [
        "AllocatedStorage",
        "DBClusterIdentifier",
        "DBClusterSnapshotIdentifier",
        "DBSnapshotIdentifier",
        "SourceDBClusterIdentifier",
        "SourceDBInstanceAutomatedBackupsArn",
        "SourceDBInstanceIdentifier",
        "SourceDbiResourceId",
    ];
    let engine = known::text(template, map.get("Engine")?)?.map(|engine| engine.to_ascii_lowercase());
    let stores = ["mariadb", "mysql", "oracle-", "postgres", "sqlserver-"];
    (stores.iter().any(|name| engine.value.starts_with(name)) && none(map, &SOURCES))
        .then(|| engine.map(|_| "a database needs `AllocatedStorage`"))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html>
fn record(_: &Template<'_>, map: &Map, _: &Map) -> Option<Known<&'static str>> {
    if map.get("AliasTarget").is_some() {
        return None;
    }
    if map.get("ResourceRecords").is_none() {
        return Some(Known::written("a record needs `ResourceRecords` or `AliasTarget`"));
    }
    map.get("TTL")
        .is_none()
        .then(|| Known::written("a record needs `TTL`, unless it is an alias"))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html>
fn lifecycle(_: &Template<'_>, map: &Map, _: &Map) -> Option<Known<&'static str>> {
    const ACTIONS: [&str; 10] = [
        "AbortIncompleteMultipartUpload",
        "ExpirationDate",
        "ExpirationInDays",
        "ExpiredObjectDeleteMarker",
        "NoncurrentVersionExpiration",
        "NoncurrentVersionExpirationInDays",
        "NoncurrentVersionTransition",
        "NoncurrentVersionTransitions",
        "Transition",
        "Transitions",
    ];
    none(map, &ACTIONS)
        .then(|| Known::written("a rule of a life cycle needs something that it does, such as `ExpirationInDays`"))
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>
fn redrive(_: &Template<'_>, map: &Map, _: &Map) -> Option<Known<&'static str>> {
    if none(map, &["deadLetterTargetArn"]) {
        return Some(Known::written("`RedrivePolicy` needs `deadLetterTargetArn`"));
    }
    none(map, &["maxReceiveCount"]).then(|| Known::written("`RedrivePolicy` needs `maxReceiveCount`"))
}
