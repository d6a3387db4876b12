use crate::checks::{Family, Level, Report, Rule, Set, Target};
use crate::read::template::known::Known;
use crate::read::template::{Resource, Template, known};

pub(super) const RULE: Rule = Rule {
    name: "refused-timeout",
    why: "Lambda refuses a queue that shows a message again before the function has had the time it may take.",
    link: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Resize:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: code, S3Key: resize.zip}
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/resize
      Runtime: nodejs24.x
      Timeout: 60
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref Resize}
",
    instead: r"
Resources:
  Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 360}}
  Resize:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: code, S3Key: resize.zip}
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/resize
      Runtime: nodejs24.x
      Timeout: 60
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref Resize}
",
    check,
};

/// What SQS and Lambda take where nothing is said, in seconds.
const VISIBLE: f64 = 30.0;
const RUNS: f64 = 3.0;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, mapping) in set.of("AWS::Lambda::EventSourceMapping") {
        let aim = |name: &str| mapping.property(name).and_then(|node| set.target(template, node));
        let (Some((queues, queue)), Some((functions, function))) = (aim("EventSourceArn"), aim("FunctionName")) else {
            continue;
        };
        if queue.kind != "AWS::SQS::Queue" || function.kind != "AWS::Lambda::Function" {
            continue;
        }
        let visible = seconds(queues, queue, "VisibilityTimeout", VISIBLE);
        let runs = seconds(functions, function, "Timeout", RUNS);
        if let (Some(visible), Some(runs), Some(entry)) = (
            visible,
            runs,
            mapping.properties.and_then(|map| map.entry("EventSourceArn")),
        ) && visible.value < runs.value
        {
            let timeout = function
                .property("Timeout")
                .map_or(Target::Key(function.entry), Target::Value);
            let (queue, function) = (queue.id, function.id);
            report
                .key(
                    entry,
                    format!("`{queue}` shows a message again after {visible} s; `{function}` may take {runs} s"),
                )
                .sure(visible.sure.max(runs.sure))
                .also(timeout, "how long the function may take")
                .help("set `VisibilityTimeout` to six times the timeout of the function");
        }
    }
}

fn seconds<'a>(template: &Template<'a>, resource: &Resource<'a>, name: &str, default: f64) -> Option<Known<f64>> {
    match resource.property(name) {
        Some(node) => known::number(template, node),
        None => Some(Known::written(default)),
    }
}
