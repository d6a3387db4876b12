use std::cell::LazyCell;
use std::ops::Deref;

use crate::checks::template::order::Waits;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::path::at;
use crate::read::template::{Resource, Template};

pub(super) const RULE: Rule = Rule {
    name: "missing-order",
    why: "AWS documents that one of two resources comes first where neither refers to the other: without `DependsOn`, CloudFormation makes them at the same time, and the second fails now and then.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Resources:
  Door: {Type: AWS::EC2::InternetGateway}
  Joint:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: vpc-0123456789abcdef0, InternetGatewayId: !Ref Door}
  Out:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: rtb-0123456789abcdef0, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Door}
",
    instead: r"
Resources:
  Door: {Type: AWS::EC2::InternetGateway}
  Joint:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: vpc-0123456789abcdef0, InternetGatewayId: !Ref Door}
  Out:
    Type: AWS::EC2::Route
    DependsOn: Joint
    Properties: {RouteTableId: rtb-0123456789abcdef0, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Door}
",
    check,
};

/// What comes second, what comes first, and the properties by which both name the same thing.
struct Order {
    second: (&'static str, &'static str),
    first: (&'static str, &'static str),
    /// A property without which the second does not need the first.
    with: Option<&'static str>,
    why: &'static str,
}

const fn order(
    second: (&'static str, &'static str),
    first: (&'static str, &'static str),
    with: Option<&'static str>,
    why: &'static str,
) -> Order {
    Order {
        second,
        first,
        with,
        why,
    }
}

const ATTACHMENT: &str = "AWS::EC2::VPCGatewayAttachment";

/// Routes: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-route.html>,
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpngatewayroutepropagation.html>;
/// notifications: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html>;
/// deployments: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html>;
/// providers: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html>.
#[rustfmt::skip]
const ORDERS: [Order; 9] = [
    order(("AWS::ApiGateway::Deployment", "RestApiId"), ("AWS::ApiGateway::Method", "RestApiId"), None, "an API without methods is not deployed"),
    order(("AWS::ApiGatewayV2::Deployment", "ApiId"), ("AWS::ApiGatewayV2::Route", "ApiId"), None, "an API without routes is not deployed"),
    order(("AWS::EC2::Route", "GatewayId"), (ATTACHMENT, "InternetGatewayId"), None, "no route leads to a gateway that is not attached"),
    order(("AWS::EC2::Route", "GatewayId"), (ATTACHMENT, "VpnGatewayId"), None, "no route leads to a gateway that is not attached"),
    order(("AWS::EC2::VPNGatewayRoutePropagation", "VpnGatewayId"), (ATTACHMENT, "VpnGatewayId"), None, "a gateway that is not attached propagates no routes"),
    order(("AWS::ECS::Service", "Cluster"), ("AWS::ECS::ClusterCapacityProviderAssociations", "Cluster"), Some("CapacityProviderStrategy"), "the cluster does not have the capacity providers yet"),
    order(("AWS::S3::Bucket", "NotificationConfiguration/LambdaConfigurations/*/Function"), ("AWS::Lambda::Permission", "FunctionName"), None, "S3 asks whether it may call the function"),
    order(("AWS::S3::Bucket", "NotificationConfiguration/QueueConfigurations/*/Queue"), ("AWS::SQS::QueuePolicy", "Queues/*"), None, "S3 asks whether it may send to the queue"),
    order(("AWS::S3::Bucket", "NotificationConfiguration/TopicConfigurations/*/Topic"), ("AWS::SNS::TopicPolicy", "Topics/*"), None, "S3 asks whether it may publish to the topic"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let waits = LazyCell::new(|| Waits::of(template));
        for order in &ORDERS {
            for second in template.of(order.second.0) {
                if order.with.is_none_or(|name| second.property(name).is_some()) {
                    judge((template, &waits), order, second, report);
                }
            }
        }
    }
}

fn judge<'a>(
    (template, waits): (&Template<'a>, &impl Deref<Target = Waits<'a>>),
    order: &Order,
    second: &Resource<'a>,
    report: &mut Report<'a>,
) {
    for node in values(second, order.second.1) {
        let Some(shared) = template.target(node) else { continue };
        let names = |first: &&Resource<'a>| {
            let mut values = values(first, order.first.1)
                .into_iter()
                .filter_map(|node| template.target(node));
            values.any(|target| target.id == shared.id)
        };
        let firsts: Vec<&Resource<'a>> = template.of(order.first.0).filter(names).collect();
        if firsts.is_empty() {
            continue;
        }
        let made = waits.before(second.id);
        if firsts.iter().any(|first| made.contains(first.id)) {
            continue;
        }
        // What already waits for the second cannot come before it.
        let free = |first: &&&Resource<'a>| !waits.before(first.id).contains(second.id);
        let Some(first) = firsts.iter().find(free) else {
            continue;
        };
        let message = format!("`{}` may be made before `{}`: {}", second.id, first.id, order.why);
        report
            .value(node, message)
            .also(first.entry, "what comes first")
            .help(format!("add `DependsOn: {}` to `{}`", first.id, second.id));
    }
}

fn values<'a>(resource: &Resource<'a>, path: &str) -> Vec<&'a Node> {
    let properties = resource.attribute("Properties");
    properties.map(|node| at(node, path)).unwrap_or_default()
}
