use crate::checks::template::contents::dimensions;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known::Sure;
use crate::read::template::{Template, function, known};
use crate::schema;

pub(super) const RULE: Rule = Rule {
    name: "arn-as-dimension",
    why: "A dimension holds the name of a thing; with its ARN the alarm watches a metric that does not exist and never fires.",
    link: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
  Failing:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SNS
      MetricName: NumberOfNotificationsFailed
      Dimensions: [{Name: TopicName, Value: !Ref Alerts}]
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Sum
      Threshold: 0
",
    instead: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
  Failing:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SNS
      MetricName: NumberOfNotificationsFailed
      Dimensions: [{Name: TopicName, Value: !GetAtt Alerts.TopicName}]
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Sum
      Threshold: 0
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, alarm) in set.of("AWS::CloudWatch::Alarm") {
        for dimension in dimensions(alarm) {
            let name = dimension.get("Name").and_then(Node::text).unwrap_or_default();
            let Some(value) = dimension.get("Value") else { continue };
            // Some services do name their dimensions by ARN, and say so.
            let sure = arn(set, template, value).filter(|_| !name.to_ascii_lowercase().ends_with("arn"));
            let Some(sure) = sure else { continue };
            let draft = report.value(
                value,
                format!("the dimension `{name}` wants a name, and this is an ARN"),
            );
            draft.sure(sure);
            match name {
                "LoadBalancer" => draft.help("use `Fn::GetAtt` with `LoadBalancerFullName`"),
                "TargetGroup" => draft.help("use `Fn::GetAtt` with `TargetGroupFullName`"),
                "ServiceName" => draft.help("use `Fn::GetAtt` with `Name`"),
                _ => {}
            }
        }
    }
}

/// Whether a value is an ARN, and how surely.
fn arn<'a>(set: &Set<'a>, template: &Template<'a>, value: &'a Node) -> Option<Sure> {
    if let Some((exporter, value)) = set.import(template, value) {
        return arn(set, exporter, value);
    }
    let Some((name, attribute)) = function::target(value) else {
        let shape = known::shape(template, value)?;
        return shape.start().starts_with("arn:").then_some(shape.sure);
    };
    let resource = template.resource(name)?;
    let is_named_so = |name: &str| name == "Arn" || name.ends_with("Arn") || name == "ARN";
    if let Some(attribute) = attribute {
        return is_named_so(attribute).then_some(Sure::Written);
    }
    let mut given = schema::resource(resource.kind)?.by_ref();
    let is_arn = given.next().is_some_and(is_named_so) && given.next().is_none();
    is_arn.then_some(Sure::Written)
}
