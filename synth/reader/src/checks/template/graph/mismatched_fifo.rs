use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known::Known;
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
            && let Some(other) = is_fifo(home, target)
            && other.value != fifo.value
        {
            let sure = fifo.sure.max(other.sure);
            let (own, other) = if fifo.value {
                ("FIFO", "standard")
            } else {
                ("standard", "FIFO")
            };
            let (entry, target) = (target.entry, target.id);
            let message = format!("a {own} queue cannot set messages aside in the {other} queue `{target}`");
            report
                .value(node, message)
                .sure(sure)
                .also(entry, format!("the {other} queue"));
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
        let size = known::number(template, node).filter(|size| size.value > 10.0);
        let fifo = is_fifo(home, queue).filter(|fifo| fifo.value && queue.kind == "AWS::SQS::Queue");
        if let (Some(fifo), Some(size)) = (fifo, size) {
            report
                .value(node, "a batch of a FIFO queue has at most 10 messages")
                .sure(fifo.sure.max(size.sure))
                .also_if(queue.property("FifoQueue"), "the queue");
        }
    }
}

/// Whether a queue is a FIFO queue, if that is known.
fn is_fifo<'a>(template: &Template<'a>, queue: &Resource<'a>) -> Option<Known<bool>> {
    match queue.property("FifoQueue") {
        Some(node) => known::boolean(template, node),
        None => Some(Known::written(false)),
    }
}
