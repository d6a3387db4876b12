use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known::{self, Shape};
use std::collections::BTreeMap;

use crate::read::Entry;
use crate::read::template::path::Place;

pub(super) const RULE: Rule = Rule {
    name: "refused-count",
    why: "A log group takes five subscription filters, a backup that went to cold storage stays there for 90 days, and a queue sets a message aside after 1 to 1,000 receives.",
    link: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:aside', maxReceiveCount: 0}
",
    instead: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:aside', maxReceiveCount: 3}
",
    check,
};

/// How many subscription filters a log group takes.
const FILTERS: usize = 5;

/// How many days cold storage lasts at least.
const COLD: f64 = 90.0;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    receives(set, report);
    backups(set, report);
    for template in &set.templates {
        let mut seen: BTreeMap<Shape<'_>, (usize, &Entry)> = BTreeMap::new();
        for filter in template.of("AWS::Logs::SubscriptionFilter") {
            let entry = filter.properties.and_then(|map| map.entry("LogGroupName"));
            let Some(entry) = entry.filter(|_| filter.attribute("Condition").is_none()) else {
                continue;
            };
            let Some(group) = known::shape(template, &entry.value).filter(|shape| !shape.is_opaque()) else {
                continue;
            };
            let (count, first) = seen.entry(group.value).or_insert((0, entry));
            *count += 1;
            if *count == FILTERS + 1 {
                report
                    .key(entry, format!("a log group takes {FILTERS} subscription filters"))
                    .sure(known::sameness(template, &first.value, &entry.value));
            }
        }
    }
}

fn backups<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for lifecycle in set.at("AWS::Backup::BackupPlan", "BackupPlan/BackupPlanRule/*/Lifecycle") {
        let days = |name: &str| lifecycle.get(name).and_then(Place::number);
        if let (Some(cold), Some(gone)) = (days("MoveToColdStorageAfterDays"), days("DeleteAfterDays"))
            && gone.value < cold.value + COLD
        {
            let message = format!(
                "a backup is deleted after {gone} days and goes to cold storage after {cold}; at least {COLD} days lie between"
            );
            report.value(lifecycle.node, message).sure(cold.sure).sure(gone.sure);
        }
    }
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>
fn receives<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for place in set.at("AWS::SQS::Queue", "RedrivePolicy/maxReceiveCount") {
        if let Some(count) = place.number().filter(|count| !(1.0..=1000.0).contains(&count.value)) {
            report
                .value(place.node, format!("`maxReceiveCount` is {count}; it is 1 to 1000"))
                .sure(count.sure);
        }
    }
}
