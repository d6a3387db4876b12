use crate::checks::{Family, Level, Report, Rule, Set, Target};
use crate::read::Node;
use crate::read::template::known::{self, Sure};

pub(super) const RULE: Rule = Rule {
    name: "waf-log-name",
    why: "WAF only writes to destinations whose name begins with `aws-waf-logs-`.",
    link: "https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Log: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /waf/api, RetentionInDays: 30}}
  Logging:
    Type: AWS::WAFv2::LoggingConfiguration
    Properties:
      ResourceArn: arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/api/0123
      LogDestinationConfigs: [!GetAtt Log.Arn]
",
    instead: r"
Resources:
  Log: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: aws-waf-logs-api, RetentionInDays: 30}}
  Logging:
    Type: AWS::WAFv2::LoggingConfiguration
    Properties:
      ResourceArn: arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/api/0123
      LogDestinationConfigs: [!GetAtt Log.Arn]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, logging) in set.of("AWS::WAFv2::LoggingConfiguration") {
        for node in logging
            .property("LogDestinationConfigs")
            .and_then(Node::list)
            .unwrap_or_default()
        {
            for target in template.targets(node) {
                let property = match target.kind {
                    "AWS::Logs::LogGroup" => "LogGroupName",
                    "AWS::S3::Bucket" => "BucketName",
                    "AWS::KinesisFirehose::DeliveryStream" => "DeliveryStreamName",
                    _ => continue,
                };
                let name = target.property(property);
                let shape = name.and_then(|node| known::shape(template, node));
                // A name that begins with something unknown may begin right.
                let fine = shape
                    .as_ref()
                    .is_some_and(|shape| shape.start().starts_with("aws-waf-logs-") || shape.begins_open());
                if !fine && (name.is_none() || shape.is_some()) {
                    let message = format!(
                        "WAF cannot write to `{}`: its name does not begin with `aws-waf-logs-`",
                        target.id
                    );
                    report
                        .value(node, message)
                        .sure(shape.map_or(Sure::Written, |shape| shape.sure))
                        .also(
                            name.map_or(Target::Key(target.entry), Target::Value),
                            "what it writes to",
                        )
                        .help(format!("set `{property}` of `{}`", target.id));
                }
            }
        }
    }
}
