use crate::checks::schema::Broken;
use crate::checks::template::asked;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "missing-property",
    why: "CloudFormation refuses a resource that lacks a required property, and a service one that lacks what it asks \
          for beyond its schema: the memory of a container, the target of an action, the life of a record.",
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
    asked::report(set, report);
}
