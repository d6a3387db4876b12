//! What no two resources of a type can have in common.

use serde_json::Value as Json;

use super::differ::{Step, dotted};
use super::stack::Item;
use crate::read::template::function::NO_VALUE;
use crate::schema::{self, ResourceSchema, sam};

/// What tells a resource from all others of its type.
#[derive(Debug, PartialEq)]
pub(super) struct Identity<'a> {
    /// The type; of one of SAM's, what its transform makes of it.
    pub(super) kind: &'a str,
    /// Where its parts stand and what they are.
    pub(super) parts: Vec<(Vec<Step>, Json)>,
    /// Whether it is a name that somebody chose, which makes `CloudFormation` refuse each replacement.
    pub(super) is_name: bool,
}

impl Identity<'_> {
    /// All of it as a text.
    pub(super) fn key(&self) -> String {
        let parts = self.parts.iter().map(|(path, value)| (dotted(path), value));
        let parts: Vec<(String, &Json)> = parts.collect();
        serde_json::to_string(&(self.kind, parts)).unwrap_or_default()
    }
}

/// What is one of its kind beside what the schemas name as the identifier, with `.` between keys. The identifiers of these
/// types are made by AWS, which tells nobody what must not be there twice.
///
/// * Security groups: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html> (`InvalidPermission.Duplicate`,
///   `RouteAlreadyExists`, `Resource.AlreadyAssociated`)
/// * Load balancers: <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html>
///   (`PriorityInUse`, `DuplicateListener`)
/// * Aliases of distributions: <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistribution.html>
///   (`CNAMEAlreadyExists`)
/// * Identity providers: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
///   (`EntityAlreadyExists`, by URL)
const ONCE: &[(&str, &[&str])] = &[
    ("AWS::ApiGateway::Resource", &["PathPart", "ParentId", "RestApiId"]),
    ("AWS::ApiGatewayV2::ApiMapping", &["DomainName", "ApiMappingKey"]),
    ("AWS::ApiGatewayV2::Route", &["RouteKey", "ApiId"]),
    ("AWS::CloudFront::CachePolicy", &["CachePolicyConfig.Name"]),
    ("AWS::CloudFront::Distribution", &["DistributionConfig.Aliases"]),
    ("AWS::CloudFront::KeyGroup", &["KeyGroupConfig.Name"]),
    (
        "AWS::CloudFront::OriginAccessControl",
        &["OriginAccessControlConfig.Name"],
    ),
    (
        "AWS::CloudFront::OriginRequestPolicy",
        &["OriginRequestPolicyConfig.Name"],
    ),
    (
        "AWS::CloudFront::ResponseHeadersPolicy",
        &["ResponseHeadersPolicyConfig.Name"],
    ),
    ("AWS::EC2::SubnetRouteTableAssociation", &["SubnetId"]),
    (
        "AWS::EC2::VPCGatewayAttachment",
        &["VpcId", "InternetGatewayId", "VpnGatewayId"],
    ),
    ("AWS::EFS::MountTarget", &["SubnetId", "FileSystemId"]),
    ("AWS::ElasticLoadBalancingV2::Listener", &["Port", "LoadBalancerArn"]),
    (
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        &["Priority", "ListenerArn"],
    ),
    ("AWS::IAM::OIDCProvider", &["Url"]),
    ("AWS::Lambda::EventSourceMapping", &["EventSourceArn", "FunctionName"]),
    (
        "AWS::Route53::RecordSet",
        &["Name", "Type", "HostedZoneId", "HostedZoneName", "SetIdentifier"],
    ),
];

/// Types of which everything that cannot be changed must not be there twice.
const WHOLE: &[&str] = &[
    "AWS::EC2::Route",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::Lambda::Url",
];

/// Services whose `Name` is a label, of which there can be many.
const LABELS: &[&str] = &[
    "AWS::Athena::NamedQuery",
    "AWS::DataPipeline::",
    "AWS::DirectoryService::",
    "AWS::EMR::Cluster",
    "AWS::EMR::InstanceFleetConfig",
    "AWS::EMR::InstanceGroupConfig",
    "AWS::EMR::Step",
    "AWS::EMRServerless::",
    "AWS::IVS::",
    "AWS::Lambda::LayerVersion",
    "AWS::Omics::",
    "AWS::Route53::HostedZone",
    "AWS::Route53Resolver::",
    "AWS::WAF::",
    "AWS::WAFRegional::",
];

/// What tells a resource from all others of its type, if anything that the template says does.
pub(super) fn of(item: &Item) -> Option<Identity<'_>> {
    let kind = made(&item.kind);
    let schema = schema::resource(kind)?;
    let once = ONCE.iter().find(|(known, _)| *known == kind);
    let (paths, is_name): (Vec<&str>, bool) = if let Some((_, paths)) = once {
        (paths.to_vec(), false)
    } else if WHOLE.contains(&kind) {
        (schema.create_only().collect(), false)
    } else {
        (identifier(schema, item).or_else(|| name(schema, item))?, true)
    };
    let parts: Vec<(Vec<Step>, Json)> = paths.into_iter().filter_map(|path| part(item, path)).collect();
    let known = !parts.is_empty() && parts.iter().all(|(_, value)| is_there(value));
    // The first says what it is, the others where.
    let first = |path: &str| parts.iter().any(|(steps, _)| *steps == steps_of(path));
    let whole = once.is_none_or(|(_, paths)| first(paths[0]));
    (known && whole).then_some(Identity { kind, parts, is_name })
}

/// Whether a resource has the same name on both sides, written in its properties, which tells it from all others.
pub(super) fn keeps_name(old: &Item, new: &Item) -> bool {
    let (old, new) = (of(old), of(new));
    new.as_ref().is_some_and(|new| new.is_name) && old == new
}

/// What the transform of SAM makes of a type; else the type.
fn made(kind: &str) -> &str {
    match sam::of(kind) {
        Some(of) if kind != "AWS::Serverless::LayerVersion" => of.becomes.unwrap_or(kind),
        _ => kind,
    }
}

/// The primary identifier, if AWS makes no part of it and the template says what it needs.
fn identifier<'a>(schema: &'a ResourceSchema, item: &Item) -> Option<Vec<&'a str>> {
    let paths: Vec<&str> = schema.primary_identifier().collect();
    let made = |path: &str| schema.read_only().any(|other| other == path);
    // What stands nowhere and cannot be changed is a name that CloudFormation makes.
    let generated = |path: &str| part(item, path).is_none() && schema.create_only().any(|other| other == path);
    let says = !paths.is_empty() && !paths.iter().any(|path| made(path) || generated(path));
    says.then_some(paths)
}

/// The name that somebody can choose, with that in which it is one of its kind.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html>
fn name<'a>(schema: &'a ResourceSchema, item: &Item) -> Option<Vec<&'a str>> {
    if LABELS.iter().any(|label| schema.name().starts_with(label)) {
        return None;
    }
    let word = schema.name().rsplit(':').next()?.to_ascii_lowercase();
    let names_it = |path: &str| {
        let stem = path.strip_suffix("Name").or_else(|| path.strip_suffix("Identifier"));
        stem.is_some_and(|stem| word.ends_with(&stem.to_ascii_lowercase()))
    };
    let name = schema.create_only().find(|path| names_it(path))?;
    part(item, name)?;
    let place = |path: &&str| {
        let ends = ["Id", "Arn", "Name", "Identifier", "Cluster"];
        *path != name && !path.contains("Kms") && ends.iter().any(|end| path.ends_with(end))
    };
    Some(
        std::iter::once(name)
            .chain(schema.create_only().filter(place))
            .collect(),
    )
}

fn steps_of(path: &str) -> Vec<Step> {
    path.split(['.', '/']).map(|key| Step::Key(key.to_owned())).collect()
}

fn part(item: &Item, path: &str) -> Option<(Vec<Step>, Json)> {
    let mut keys = path.split(['.', '/']);
    // SAM has a shorter word for this one.
    let first = match keys.next()? {
        "StateMachineName" if item.kind == "AWS::Serverless::StateMachine" => "Name",
        first => first,
    };
    let top = item.properties.get(first)?;
    let value = keys.try_fold(top, |value, key| value.get(key))?;
    Some((steps_of(path), value.clone()))
}

/// Whether a value is surely there.
fn is_there(value: &Json) -> bool {
    match value {
        Json::Object(map) => map
            .iter()
            .all(|(key, value)| !(key == "Ref" && value == NO_VALUE) && is_there(value)),
        Json::Array(items) => items.iter().all(is_there),
        _ => true,
    }
}
