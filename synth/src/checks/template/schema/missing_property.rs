use crate::checks::schema::Broken;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known::Known;
use crate::read::template::{Template, known};
use crate::read::{Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "missing-property",
    why: "CloudFormation refuses a resource that lacks a required property.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Subscription:
    Type: AWS::SNS::Subscription
    Properties: {Protocol: sqs, Endpoint: !GetAtt Jobs.Arn}
  Alerts: {Type: AWS::SNS::Topic}
  Jobs: {Type: AWS::SQS::Queue}
",
    instead: r"
Resources:
  Subscription:
    Type: AWS::SNS::Subscription
    Properties: {Protocol: sqs, Endpoint: !GetAtt Jobs.Arn, TopicArn: !Ref Alerts}
  Alerts: {Type: AWS::SNS::Topic}
  Jobs: {Type: AWS::SQS::Queue}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    crate::checks::schema::report(set, Broken::Missing, report);
    for (template, api) in set.of("AWS::ApiGateway::RestApi") {
        // With properties, the schema's own rule says so.
        if api.attribute("Properties").is_none() && !template.rewritten() {
            report.key(
                api.entry,
                "AWS::ApiGateway::RestApi needs `Name`, or an OpenAPI document in `Body`",
            );
        }
    }
    for (kind, lacks) in LACKS {
        for (template, resource) in set.of(kind) {
            let entry = resource.entry.value.map().and_then(|map| map.entry("Properties"));
            let whole = |map: &&Map| map.iter().all(|entry| !entry.key.starts_with("Fn::"));
            if let (Some(entry), Some(map)) = (entry, resource.properties.filter(whole))
                && let Some(lack) = lacks(set, template, map)
            {
                report.key(entry, lack.value).sure(lack.sure);
            }
        }
    }
}

/// What a resource lacks, given its other properties, that its schema does not tell.
type Lacks = for<'a> fn(&Set<'a>, &Template<'a>, &Map) -> Option<Known<String>>;

const LACKS: [(&str, Lacks); 4] = [
    ("AWS::EC2::NatGateway", nat_gateway),
    ("AWS::EC2::Route", route),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", target_group),
    ("AWS::Lambda::EventSourceMapping", event_source),
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html>
fn nat_gateway(_: &Set<'_>, template: &Template<'_>, map: &Map) -> Option<Known<String>> {
    let kind = map.get("ConnectivityType");
    let kind = match kind {
        Some(node) => known::text(template, node)?,
        None => Known::written("public".into()),
    };
    // A gateway of a whole region gets its addresses by itself.
    let others = ["AllocationId", "AvailabilityMode", "VpcId"];
    (kind == "public" && others.iter().all(|name| map.get(name).is_none()))
        .then(|| kind.map(|_| "a public NAT gateway needs `AllocationId`".to_owned()))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html>
fn route(_: &Set<'_>, _: &Template<'_>, map: &Map) -> Option<Known<String>> {
    let aim = |key: &str| key != "RouteTableId" && !key.starts_with("Destination");
    (!map.iter().any(|entry| aim(&entry.key)))
        .then(|| Known::written("a route needs a target, such as `NatGatewayId`".to_owned()))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html>
fn target_group(_: &Set<'_>, _: &Template<'_>, map: &Map) -> Option<Known<String>> {
    // Where it is said, the schema's own rule looks at it.
    if map.get("TargetType").is_some() {
        return None;
    }
    let missing = ["Port", "Protocol", "VpcId"]
        .into_iter()
        .find(|name| map.get(name).is_none())?;
    Some(Known::written(format!("a target group of instances needs `{missing}`")))
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html>
fn event_source<'a>(set: &Set<'a>, template: &Template<'a>, map: &Map) -> Option<Known<String>> {
    let streams = [
        "AWS::Kinesis::Stream",
        "AWS::DynamoDB::Table",
        "AWS::MSK::Cluster",
        "AWS::MSK::ServerlessCluster",
    ];
    let source = map.get("EventSourceArn")?;
    let of_stream = |node: &Node| {
        let target = set.target(template, node);
        target.is_some_and(|(_, source)| streams.contains(&source.kind))
    };
    (map.get("StartingPosition").is_none() && of_stream(source))
        .then(|| Known::written("a stream is read from a `StartingPosition` on".to_owned()))
}
