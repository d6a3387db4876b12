use crate::checks::template::value::{Wrong, judge, judge_node};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Entry;
use crate::read::template::Resource;
use crate::schema;

pub(super) const RULE: Rule = Rule {
    name: "not-an-arn",
    why: "Where a service asks for an ARN, it refuses a name.",
    link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Full:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Cars
      MetricName: Full
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Maximum
      Threshold: 90
      AlarmActions: [alerts]
",
    instead: r"
Resources:
  Full:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Cars
      MetricName: Full
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Maximum
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alerts']
",
    check,
};

/// Properties that take nothing but an ARN, and whose schemas take any text.
const PLACES: [(&str, &str); 22] = [
    ("AWS::AutoScaling::AutoScalingGroup", "TargetGroupARNs/*"),
    ("AWS::CloudWatch::Alarm", "AlarmActions/*"),
    ("AWS::CloudWatch::Alarm", "InsufficientDataActions/*"),
    ("AWS::CloudWatch::Alarm", "OKActions/*"),
    ("AWS::CloudWatch::CompositeAlarm", "AlarmActions/*"),
    ("AWS::CloudWatch::CompositeAlarm", "InsufficientDataActions/*"),
    ("AWS::CloudWatch::CompositeAlarm", "OKActions/*"),
    ("AWS::ECS::Service", "LoadBalancers/*/TargetGroupArn"),
    ("AWS::ElasticLoadBalancingV2::Listener", "Certificates/*/CertificateArn"),
    (
        "AWS::ElasticLoadBalancingV2::Listener",
        "DefaultActions/*/TargetGroupArn",
    ),
    ("AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn"),
    (
        "AWS::ElasticLoadBalancingV2::ListenerCertificate",
        "Certificates/*/CertificateArn",
    ),
    ("AWS::ElasticLoadBalancingV2::ListenerCertificate", "ListenerArn"),
    ("AWS::ElasticLoadBalancingV2::ListenerRule", "Actions/*/TargetGroupArn"),
    ("AWS::ElasticLoadBalancingV2::ListenerRule", "ListenerArn"),
    ("AWS::Events::Rule", "Targets/*/Arn"),
    ("AWS::Events::Rule", "Targets/*/RoleArn"),
    ("AWS::Logs::SubscriptionFilter", "DestinationArn"),
    ("AWS::SNS::Subscription", "TopicArn"),
    ("AWS::SNS::TopicPolicy", "Topics/*"),
    ("AWS::WAFv2::WebACLAssociation", "ResourceArn"),
    ("AWS::WAFv2::WebACLAssociation", "WebACLArn"),
];

/// Services that take the name of a role for its ARN, too.
const TAKE_NAMES: [&str; 1] = ["AWS::ECS::TaskDefinition"];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for place in PLACES.iter().flat_map(|(kind, path)| set.at(kind, path)) {
        judge(place, report, wrong);
    }
    let resources = set.templates.iter().flat_map(|template| {
        let known = |resource: &&Resource<'a>| schema::resource(resource.kind).is_some();
        let resources = template.resources.iter().filter(known);
        resources.map(move |resource| (template, resource))
    });
    for (template, resource) in resources.filter(|(_, resource)| !TAKE_NAMES.contains(&resource.kind)) {
        let other = |entry: &&'a Entry| {
            let place = |(kind, path): &(&str, &str)| *kind == resource.kind && *path == entry.key;
            entry.key.ends_with("RoleArn") && !PLACES.iter().any(place)
        };
        for entry in resource.properties.into_iter().flatten().filter(other) {
            judge_node(template, &entry.value, report, wrong);
        }
    }
}

fn wrong(text: &str) -> Option<Wrong> {
    let name = !text.is_empty() && !text.starts_with("arn:");
    name.then(|| Wrong::new(format!("`{text}` is not an ARN")))
}
