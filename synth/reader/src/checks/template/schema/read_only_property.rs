use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::Resource;
use crate::read::{Entry, Kind, Node};
use crate::schema::{self, ResourceSchema};

pub(super) const RULE: Rule = Rule {
    name: "read-only-property",
    why: "A property that only AWS sets cannot be given: the resource type refuses it or drops it.",
    link: "https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {Arn: 'arn:aws:sqs:eu-west-1:123456789012:jobs'}
",
    instead: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {QueueName: jobs}
",
    check,
};

/// What the schema calls read-only and the page of the type documents as a property to set.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html>
const SETTABLE: [(&str, &[&str]); 7] = [
    ("AWS::AppSync::ApiKey", &["ApiKeyId"]),
    ("AWS::NetworkManager::ConnectAttachment", PROPOSED),
    ("AWS::NetworkManager::DirectConnectGatewayAttachment", PROPOSED),
    ("AWS::NetworkManager::SiteToSiteVpnAttachment", PROPOSED),
    ("AWS::NetworkManager::TransitGatewayPeering", PROPOSED),
    ("AWS::NetworkManager::TransitGatewayRouteTableAttachment", PROPOSED),
    ("AWS::NetworkManager::VpcAttachment", PROPOSED),
];

const PROPOSED: &[&str] = &["ProposedNetworkFunctionGroupChange", "ProposedSegmentChange"];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for resource in set.templates.iter().flat_map(|template| &template.resources) {
        let Some(schema) = schema::resource(resource.kind) else {
            continue;
        };
        for path in schema.read_only() {
            for entry in given(schema, resource, path) {
                report
                    .key(entry, format!("`{}` is read-only in {}", entry.key, resource.kind))
                    .help("remove it; use `Fn::GetAtt` where its value is needed");
            }
        }
    }
}

/// Where a resource sets the property at a path of the schema.
fn given<'a>(schema: &ResourceSchema, resource: &Resource<'a>, path: &str) -> Vec<&'a Entry> {
    let top = path.split('/').next().unwrap_or(path);
    let documented = |(kind, names): &(&str, &[&str])| *kind == resource.kind && names.contains(&top);
    if SETTABLE.iter().any(documented) {
        return Vec::new();
    }
    // Some schemas list as read-only what they also require or take on creation.
    let (parents, name) = path.rsplit_once('/').unwrap_or(("", path));
    let around = if parents.is_empty() {
        Some(schema.root())
    } else {
        schema.find(parents)
    };
    let settable = schema
        .create_only()
        .chain(schema.write_only())
        .any(|other| other == path)
        || around.is_none_or(|around| around.required().any(|required| required == name));
    let Some(properties) = resource.attribute("Properties").filter(|_| !settable) else {
        return Vec::new();
    };
    let mut here: Vec<&'a Node> = vec![properties];
    for step in parents.split('/').filter(|step| !step.is_empty()) {
        here = here.into_iter().flat_map(|node| below(node, step)).collect();
    }
    here.into_iter().filter_map(|node| node.map()?.entry(name)).collect()
}

fn below<'a>(node: &'a Node, step: &str) -> Vec<&'a Node> {
    match &node.kind {
        Kind::List(items) if step == "*" => items.iter().collect(),
        Kind::Map(map) => map.get(step).into_iter().collect(),
        _ => Vec::new(),
    }
}
