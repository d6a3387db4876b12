use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::{Resource, Template, known};

pub(super) const RULE: Rule = Rule {
    name: "mismatched-fifo",
    why: "SQS refuses a FIFO queue whose name does not end in `.fifo`, a dead-letter queue of the other kind, and Lambda batches of more than 10 from a FIFO queue.",
    link: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Aside.Arn, maxReceiveCount: 3}
  Aside: {Type: AWS::SQS::Queue}
",
    instead: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Aside.Arn, maxReceiveCount: 3}
  Aside: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, queue) in set.of("AWS::SQS::Queue") {
        let Some(fifo) = is_fifo(template, queue) else { continue };
        let aim = queue.dig(&["RedrivePolicy", "deadLetterTargetArn"]);
        let target = aim.and_then(|node| set.target(template, node));
        if let (Some(node), Some((home, target))) = (aim, target)
            && target.kind == "AWS::SQS::Queue"
            && is_fifo(home, target).is_some_and(|other| other != fifo)
        {
            let (own, other) = if fifo {
                ("FIFO", "standard")
            } else {
                ("standard", "FIFO")
            };
            report.value(
                node,
                format!(
                    "a {own} queue cannot set messages aside in the {other} queue `{}`",
                    target.id
                ),
            );
        }
    }
    for (template, mapping) in set.of("AWS::Lambda::EventSourceMapping") {
        let source = mapping.property("EventSourceArn");
        let Some((home, queue)) = source.and_then(|node| set.target(template, node)) else {
            continue;
        };
        let Some(node) = mapping.property("BatchSize") else {
            continue;
        };
        let size = known::number(template, node);
        let fifo = queue.kind == "AWS::SQS::Queue" && is_fifo(home, queue) == Some(true);
        if fifo && size.is_some_and(|size| size > 10.0) {
            report.value(node, "a batch of a FIFO queue has at most 10 messages");
        }
    }
}

/// Whether a queue is a FIFO queue, if that is known.
fn is_fifo(template: &Template<'_>, queue: &Resource<'_>) -> Option<bool> {
    let said = |node: &Node| known::boolean(template, node);
    queue.property("FifoQueue").map_or(Some(false), said)
}
