use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::Template;

pub(super) const RULE: Rule = Rule {
    name: "passed-limit",
    why: "CloudFormation takes 51,200 bytes inline and 1 MB through S3, 500 resources, 200 parameters, outputs and mappings, and names of 255 characters.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Description: >-
  Queues of the cars service, with the history of what became of them.
  2019-03-04: the first queue, for orders that the shop could not take at once and that were lost before.
  2019-07-15: a second one, in which those are set aside that could not be worked on after three tries.
  2020-01-20: messages are kept for two weeks, as two people were on holiday when the first were lost.
  2020-06-02: the time that a message stays hidden is longer than the function may take, as it should be.
  2021-02-11: encrypted with the key of the service itself, which costs nothing and needs no permissions.
  2021-11-30: a queue for pictures, which are resized, and for which nobody waits, so that it may be slow.
  2022-08-09: names of queues are given by CloudFormation, so that two of the stack fit into an account.
  2023-05-17: polled for twenty seconds instead of none, which took nine tenths off the bill of the queues.
  2024-04-26: alarms tell of messages that are older than an hour, and of those that were set aside.
  2025-03-14: the queue for pictures has gone, and with it the function that was the last to read from it.
Resources:
  Orders: {Type: AWS::SQS::Queue}
",
    instead: r"
Description: Queues of the cars service; git has the history of what became of them.
Resources:
  Orders: {Type: AWS::SQS::Queue}
",
    check,
};

const INLINE: usize = 51_200;
const THROUGH_S3: usize = 1_000_000;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        size(template, report);
        counts(template, report);
        let description = template.document.root.get("Description");
        if let Some(node) = description.filter(|node| node.text().is_some_and(|text| text.len() > 1024)) {
            report.value(node, "the description has more than 1,024 bytes");
        }
    }
}

fn size<'a>(template: &Template<'a>, report: &mut Report<'a>) {
    let bytes = template.document.text.len();
    let root = &template.document.root;
    let at = crate::read::Span::START;
    if bytes > THROUGH_S3 {
        report.spot(
            root,
            at,
            format!("the template has {bytes} bytes; CloudFormation takes {THROUGH_S3}"),
        );
    } else if bytes > INLINE {
        report
            .spot(
                root,
                at,
                format!("the template has {bytes} bytes; only {INLINE} deploy without a bucket"),
            )
            .level(Level::Warning)
            .help("split the stack, or deploy with `--s3-bucket`");
    } else if bytes > INLINE / 5 * 4 {
        report
            .spot(
                root,
                at,
                format!("the template has {bytes} bytes of the {INLINE} that deploy without a bucket"),
            )
            .level(Level::Warning)
            .help("split the stack before it grows further");
    }
}

fn counts<'a>(template: &Template<'a>, report: &mut Report<'a>) {
    for (section, most) in [
        ("Resources", 500),
        ("Parameters", 200),
        ("Outputs", 200),
        ("Mappings", 200),
    ] {
        let Some(map) = template.document.root.get(section).and_then(Node::map) else {
            continue;
        };
        if map.len() > most
            && let Some(entry) = template.document.root.map().and_then(|root| root.entry(section))
        {
            report.key(
                entry,
                format!("{} {}; the most is {most}", map.len(), section.to_lowercase()),
            );
        }
        for entry in map.iter().filter(|entry| entry.key.chars().count() > 255) {
            report.key(entry, "a name has at most 255 characters");
        }
    }
}
