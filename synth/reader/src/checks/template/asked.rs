//! What services ask for and their schemas do not tell: the memory of a container, the target of an action, the life of
//! a record.

use crate::checks::{Report, Set};
use crate::read::template::kind::is_open;
use crate::read::template::known::Known;
use crate::read::template::path::at;
use crate::read::template::{Resource, Template, known};
use crate::read::{Map, Node};

/// Some properties of a resource, or all of them.
struct Part<'s, 'a> {
    set: &'s Set<'a>,
    template: &'s Template<'a>,
    map: &'a Map,
    /// All properties of the resource.
    properties: &'a Map,
}

/// What a part lacks, and how surely.
type Lack = Option<Known<&'static str>>;

/// A type, the way to its parts (`""` is the resource itself), and what is asked of each.
type Asked = (&'static str, &'static str, for<'s, 'a> fn(&Part<'s, 'a>) -> Lack);

const ASKED: [Asked; 17] = [
    ("AWS::AutoScaling::LaunchConfiguration", "", launch_configuration),
    ("AWS::CloudFront::Distribution", "DistributionConfig/Origins/*", origin),
    ("AWS::EC2::Instance", "", machine),
    ("AWS::EC2::NatGateway", "", nat_gateway),
    ("AWS::EC2::Route", "", route),
    ("AWS::ECS::Service", "", service),
    ("AWS::ECS::TaskDefinition", "ContainerDefinitions/*", container),
    ("AWS::ElasticLoadBalancingV2::Listener", "DefaultActions/*", action),
    ("AWS::ElasticLoadBalancingV2::ListenerRule", "Actions/*", action),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", "", target_group),
    ("AWS::Lambda::EventSourceMapping", "", event_source),
    ("AWS::Lambda::Function", "", function),
    ("AWS::RDS::DBInstance", "", database),
    ("AWS::Route53::RecordSet", "", record),
    ("AWS::Route53::RecordSetGroup", "RecordSets/*", record),
    ("AWS::S3::Bucket", "LifecycleConfiguration/Rules/*", lifecycle),
    ("AWS::SQS::Queue", "RedrivePolicy", redrive),
];

/// Reports what resources lack.
pub(super) fn report<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    // What is missing before a macro of somebody's own has run, it may add.
    for template in set.templates.iter().filter(|template| !template.rewritten()) {
        for (kind, path, lacks) in ASKED {
            for resource in template.of(kind) {
                parts((set, template), resource, (path, lacks), report);
            }
        }
    }
}

fn parts<'a>(
    (set, template): (&Set<'a>, &Template<'a>),
    resource: &Resource<'a>,
    (path, lacks): (&str, for<'s, 'b> fn(&Part<'s, 'b>) -> Lack),
    report: &mut Report<'a>,
) {
    let entry = resource.entry.value.map().and_then(|map| map.entry("Properties"));
    let properties = resource.properties.filter(|map| !is_open(map));
    let Some((entry, properties)) = entry.zip(properties) else {
        return;
    };
    let lack = |map: &'a Map| {
        lacks(&Part {
            set,
            template,
            map,
            properties,
        })
    };
    if path.is_empty() {
        if let Some(lack) = lack(properties) {
            report.key(entry, lack.value).sure(lack.sure);
        }
        return;
    }
    for part in at(&entry.value, path) {
        let map = part.map().filter(|map| !is_open(map) && map.get("Ref").is_none());
        if let Some(lack) = map.and_then(lack) {
            report.value(part, lack.value).sure(lack.sure);
        }
    }
}

/// Whether none of some properties is there.
fn none(map: &Map, names: &[&str]) -> bool {
    names.iter().all(|name| map.get(name).is_none())
}

/// <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Origin.html>
fn origin(part: &Part<'_, '_>) -> Lack {
    let map = part.map;
    none(map, &["CustomOriginConfig", "S3OriginConfig", "VpcOriginConfig"])
        .then(|| Known::written("an origin needs `CustomOriginConfig`, `S3OriginConfig` or `VpcOriginConfig`"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html>
fn machine(part: &Part<'_, '_>) -> Lack {
    none(part.map, &["ImageId", "LaunchTemplate"])
        .then(|| Known::written("a machine needs `ImageId`, unless a launch template has it"))
}

/// <https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html>
fn launch_configuration(part: &Part<'_, '_>) -> Lack {
    none(part.map, &["ImageId", "InstanceId"])
        .then(|| Known::written("a launch configuration needs `ImageId`, unless it is that of an instance"))
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html>
fn service(part: &Part<'_, '_>) -> Lack {
    let map = part.map;
    let launch = known::text(part.template, map.get("LaunchType")?)?;
    (launch == "FARGATE" && none(map, &["DeploymentController", "NetworkConfiguration"]))
        .then(|| launch.map(|_| "a service on Fargate needs `NetworkConfiguration`"))
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>
fn container(part: &Part<'_, '_>) -> Lack {
    let (map, task) = (part.map, part.properties);
    (none(map, &["Memory", "MemoryReservation"]) && none(task, &["Memory"]))
        .then(|| Known::written("a container needs `Memory` or `MemoryReservation`, unless its task has `Memory`"))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html>
fn action(part: &Part<'_, '_>) -> Lack {
    let map = part.map;
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
fn function(part: &Part<'_, '_>) -> Lack {
    let map = part.map;
    let zipped = match map.get("PackageType") {
        Some(node) => known::text(part.template, node)?.map(|kind| kind == "Zip"),
        None => Known::written(map.get("Code").and_then(Node::map).is_some_and(|code| {
            !is_open(code) && code.get("ImageUri").is_none() && !none(code, &["S3Bucket", "S3Key", "ZipFile"])
        })),
    };
    (zipped.value && none(map, &["Handler"])).then(|| zipped.map(|_| "a function of a zip file needs `Handler`"))
}

/// <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html>
fn database(part: &Part<'_, '_>) -> Lack {
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
    let map = part.map;
    let engine = known::text(part.template, map.get("Engine")?)?.map(|engine| engine.to_ascii_lowercase());
    let stores = ["mariadb", "mysql", "oracle-", "postgres", "sqlserver-"];
    (stores.iter().any(|name| engine.value.starts_with(name)) && none(map, &SOURCES))
        .then(|| engine.map(|_| "a database needs `AllocatedStorage`"))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html>
fn record(part: &Part<'_, '_>) -> Lack {
    let map = part.map;
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
fn lifecycle(part: &Part<'_, '_>) -> Lack {
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
    let map = part.map;
    none(map, &ACTIONS)
        .then(|| Known::written("a rule of a life cycle needs something that it does, such as `ExpirationInDays`"))
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>
fn redrive(part: &Part<'_, '_>) -> Lack {
    let map = part.map;
    if none(map, &["deadLetterTargetArn"]) {
        return Some(Known::written("`RedrivePolicy` needs `deadLetterTargetArn`"));
    }
    none(map, &["maxReceiveCount"]).then(|| Known::written("`RedrivePolicy` needs `maxReceiveCount`"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html>
fn nat_gateway(part: &Part<'_, '_>) -> Lack {
    let map = part.map;
    let kind = map.get("ConnectivityType");
    let kind = match kind {
        Some(node) => known::text(part.template, node)?,
        None => Known::written("public".into()),
    };
    // A gateway of a whole region gets its addresses by itself.
    let others = ["AllocationId", "AvailabilityMode", "VpcId"];
    (kind == "public" && others.iter().all(|name| map.get(name).is_none()))
        .then(|| kind.map(|_| "a public NAT gateway needs `AllocationId`"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html>
fn route(part: &Part<'_, '_>) -> Lack {
    let map = part.map;
    let aim = |key: &str| key != "RouteTableId" && !key.starts_with("Destination");
    (!map.iter().any(|entry| aim(&entry.key))).then(|| Known::written("a route needs a target, such as `NatGatewayId`"))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html>
fn target_group(part: &Part<'_, '_>) -> Lack {
    let map = part.map;
    // Where it is said, the schema's own rule looks at it.
    if map.get("TargetType").is_some() {
        return None;
    }
    let asked = [
        ("Port", "a target group of instances needs `Port`"),
        ("Protocol", "a target group of instances needs `Protocol`"),
        ("VpcId", "a target group of instances needs `VpcId`"),
    ];
    let missing = asked.iter().find(|(name, _)| map.get(name).is_none());
    missing.map(|(_, message)| Known::written(*message))
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html>
fn event_source(part: &Part<'_, '_>) -> Lack {
    let map = part.map;
    let streams = [
        "AWS::Kinesis::Stream",
        "AWS::DynamoDB::Table",
        "AWS::MSK::Cluster",
        "AWS::MSK::ServerlessCluster",
    ];
    let source = map.get("EventSourceArn")?;
    let of_stream = |node: &Node| {
        let target = part.set.target(part.template, node);
        target.is_some_and(|(_, source)| streams.contains(&source.kind))
    };
    (map.get("StartingPosition").is_none() && of_stream(source))
        .then(|| Known::written("a stream is read from a `StartingPosition` on"))
}
