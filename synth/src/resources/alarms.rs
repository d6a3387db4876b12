//! Alarms: one for each alert, and one that pages.

use super::metrics::{self, Names};
use super::place::Place;
use super::query::{computed, computed_alarm, hidden, simple};
use crate::aws::{cloudwatch, sns};
use crate::model::{Alert, Percent, Percentile, Severity, Storage, When};
use crate::template::{Arn, Error, Handle, LogicalId, Node, Template, ToNode, Value, sub};

/// The alarms of a system in the order of its alerts, those of the other stack included, and the one that pages.
pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    names: &Names,
    topic: &Handle<sns::Topic>,
) -> Result<Vec<Value<Arn<cloudwatch::Alarm>>>, Error> {
    let mut all = Vec::new();
    let mut critical = Vec::new();
    for (role, alert) in place.system.named_alerts() {
        let told = told(alert, topic.arn());
        let alarm = cloudwatch::Alarm {
            alarm_actions: told.clone(),
            alarm_description: Some(described(alert, &alert.sentence()).into()),
            alarm_name: Some(place.named(&role).into()),
            ok_actions: told,
            ..alarm(place, names, alert)
        };
        let alarm = template.add(LogicalId::new(&role, "Alarm"), &alarm)?;
        let second = alert.second().map(|(role, _)| place.named(role));
        all.push(alarm.arn());
        all.extend(second.as_deref().map(elsewhere));
        if alert.severity == Severity::Critical {
            critical.push(alarm.name().to_node());
            critical.extend(second.map(Node::Text));
        }
    }
    page(place, template, topic, critical)?;
    Ok(all)
}

/// What an alarm says of itself.
pub(crate) fn described(alert: &Alert, sentence: &str) -> String {
    format!("{sentence} ({})", alert.severity.word())
}

/// Whom an alarm tells: what is critical pages instead, or one outage would be told once for each of its signs.
pub(crate) fn told(alert: &Alert, topic: Value<Arn<sns::Topic>>) -> Option<Value<Vec<Arn<sns::Topic>>>> {
    (alert.severity != Severity::Critical).then(|| [topic].into())
}

/// The ARN of an alarm of the other stack. It has a name, so that nothing has to be exported.
fn elsewhere(name: &str) -> Value<Arn<cloudwatch::Alarm>> {
    let arn = "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${name}";
    sub(arn, &[("name", &name)]).assume()
}

/// The alarm that wakes somebody: any of the critical ones. It tells once however many of them go off together.
fn page(
    place: Place<'_>,
    template: &mut Template,
    topic: &Handle<sns::Topic>,
    critical: Vec<Node>,
) -> Result<(), Error> {
    if critical.is_empty() {
        return Ok(());
    }
    let mut rule = Vec::new();
    for (index, name) in critical.into_iter().enumerate() {
        let before = if index == 0 { "ALARM(\"" } else { " OR ALARM(\"" };
        rule.extend([Node::Text(before.into()), name, Node::Text("\")".into())]);
    }
    let composite = cloudwatch::CompositeAlarm {
        alarm_actions: Some([topic.arn()].into()),
        alarm_description: Some("Somebody must look now: a critical alarm is on".into()),
        alarm_name: Some(place.named("page").into()),
        ok_actions: Some([topic.arn()].into()),
        ..cloudwatch::CompositeAlarm::new(Value::of(Node::concat(rule)))
    };
    template.add(LogicalId::new("page", "Alarm"), &composite)?;
    Ok(())
}

/// How a metric is summed up over a minute.
enum Statistic {
    Plain(cloudwatch::AlarmStatistic),
    Percentile(Percentile),
}

/// What an alert looks at, and when it is on.
fn alarm(place: Place<'_>, names: &Names, alert: &Alert) -> cloudwatch::Alarm {
    use cloudwatch::AlarmComparisonOperator::{GreaterThanThreshold, LessThanThreshold};
    use cloudwatch::AlarmStatistic::{Average, Maximum};
    use cloudwatch::AlarmTreatMissingData::{Missing, NotBreaching};
    let minutes = alert.lasting.0;
    let above = |metric, statistic: Statistic, threshold: f64, missing| {
        let alarm = simple(names, metric, minutes, missing);
        let alarm = cloudwatch::Alarm {
            comparison_operator: Some(GreaterThanThreshold.into()),
            threshold: Some(threshold.into()),
            ..alarm
        };
        match statistic {
            Statistic::Plain(statistic) => cloudwatch::Alarm {
                statistic: Some(statistic.into()),
                ..alarm
            },
            Statistic::Percentile(percentile) => cloudwatch::Alarm {
                evaluate_low_sample_count_percentile: Some("ignore".into()),
                extended_statistic: Some(percentile.statistic().into()),
                ..alarm
            },
        }
    };
    match alert.when {
        When::CpuAbove(percent) => above(
            metrics::CPU,
            Statistic::Plain(Average),
            percent.number().into(),
            Missing,
        ),
        When::MemoryAbove(percent) => above(
            metrics::MEMORY,
            Statistic::Plain(Average),
            percent.number().into(),
            Missing,
        ),
        When::UnhealthyTask => unhealthy(names, Maximum, minutes),
        When::SlowerThan(percentile, milliseconds) => above(
            metrics::LATENCY,
            Statistic::Percentile(percentile),
            f64::from(milliseconds) / 1000.0,
            NotBreaching,
        ),
        When::ErrorsAbove(percent) => errors_above(names, (percent, 1), (minutes, minutes)),
        When::DatabaseCpuAbove(percent) => above(
            metrics::DATABASE_CPU,
            Statistic::Plain(Average),
            percent.number().into(),
            Missing,
        ),
        When::DatabaseConnectionsAbove(share) => above(
            metrics::CONNECTIONS,
            Statistic::Plain(Maximum),
            connections(place, share),
            Missing,
        ),
        When::DatabaseStorageBelow(share) => cloudwatch::Alarm {
            comparison_operator: Some(LessThanThreshold.into()),
            statistic: Some(cloudwatch::AlarmStatistic::Minimum.into()),
            threshold: Some(storage(place, share).into()),
            ..simple(names, metrics::FREE_STORAGE, minutes, Missing)
        },
        // Compared with what is asked for, which scaling changes. With no task at all there is no word of either number:
        // the alarm of the service's own stack goes off then.
        When::TooFewTasks => cloudwatch::Alarm {
            metrics: Some(
                [
                    hidden(names, "running", metrics::RUNNING, "Minimum"),
                    hidden(names, "desired", metrics::DESIRED, "Maximum"),
                    computed(
                        "missing",
                        "FILL(running, 0) - desired",
                        "tasks running less tasks asked for",
                    ),
                ]
                .into(),
            ),
            threshold: Some(0.0.into()),
            treat_missing_data: Some(NotBreaching.into()),
            ..computed_alarm(LessThanThreshold, minutes, minutes)
        },
    }
}

/// A share of the connections that the database takes, which its parameters fix.
pub(crate) fn connections(place: Place<'_>, share: Percent) -> f64 {
    f64::from(place.environment.database.class.connections() * u32::from(share.number())) / 100.0
}

/// How much storage may be free before somebody is told, in bytes: a share of what it may grow to, and no more than a
/// twentieth of what there is at first. RDS adds storage by itself when less than a tenth is free, in steps with hours
/// between them (Amazon RDS user guide, "Managing capacity automatically with Amazon RDS storage autoscaling"), and no
/// metric tells how much there is by then: with a higher mark the alarm would be on while all is well. That storage
/// comes near its end is told by the events of RDS, which knows.
pub(crate) fn storage(place: Place<'_>, share: Percent) -> f64 {
    const GIBIBYTE: f64 = 1024.0 * 1024.0 * 1024.0;
    let Storage { first, most } = place.environment.database.storage;
    let wanted = f64::from(most) * f64::from(share.number()) / 100.0;
    wanted.min(f64::from(first) / 20.0) * GIBIBYTE
}

/// Tasks that fail their health check, of either version where two take turns.
pub(crate) fn unhealthy(names: &Names, statistic: cloudwatch::AlarmStatistic, minutes: u32) -> cloudwatch::Alarm {
    let missing = cloudwatch::AlarmTreatMissingData::NotBreaching;
    let threshold = Some(0.0.into());
    let Some(other) = names.of_other() else {
        return cloudwatch::Alarm {
            statistic: Some(statistic.into()),
            threshold,
            ..simple(names, metrics::UNHEALTHY, minutes, missing)
        };
    };
    let name = match statistic {
        cloudwatch::AlarmStatistic::Minimum => "Minimum",
        _ => "Maximum",
    };
    let metrics = [
        hidden(names, "blue", metrics::UNHEALTHY, name),
        hidden(&other, "green", metrics::UNHEALTHY, name),
        computed("unhealthy", "MAX([blue, green])", "tasks that fail their health check"),
    ];
    cloudwatch::Alarm {
        metrics: Some(metrics.into()),
        threshold,
        treat_missing_data: Some(missing.into()),
        ..computed_alarm(
            cloudwatch::AlarmComparisonOperator::GreaterThanThreshold,
            minutes,
            minutes,
        )
    }
}

/// Requests for which the load balancer finds no task are in `unanswered` and not in `requests`, so that the larger of
/// the two is how many came. What came is not filled up: each metric is a minute or two late, and a newest minute that is
/// always 0 would keep an alarm that asks for every minute quiet for ever (Amazon CloudWatch user guide, "Using metric
/// math", on `FILL` in alarms). A minute in which nothing came has no value, which is no failure.
fn rate(least: u32) -> String {
    let failed = "(FILL(failed, 0) + FILL(unanswered, 0))";
    let counted = match least {
        0 | 1 => failed.to_owned(),
        least => format!("IF({failed} >= {least}, {failed}, 0)"),
    };
    format!("100 * {counted} / MAX([requests, unanswered])")
}

/// The share of requests that failed, of those that came, in a minute in which at least so many failed.
pub(crate) fn errors_above(
    names: &Names,
    (percent, least): (Percent, u32),
    (minutes, of_minutes): (u32, u32),
) -> cloudwatch::Alarm {
    let label = match least {
        0 | 1 => "share of requests answered 5xx, in percent".to_owned(),
        least => format!("share of requests answered 5xx, in percent, where {least} or more in a minute were"),
    };
    cloudwatch::Alarm {
        metrics: Some(
            [
                hidden(names, "requests", metrics::REQUESTS, "Sum"),
                hidden(names, "failed", metrics::TARGET_5XX, "Sum"),
                hidden(names, "unanswered", metrics::BALANCER_5XX, "Sum"),
                computed("rate", &rate(least), &label),
            ]
            .into(),
        ),
        threshold: Some(f64::from(percent.number()).into()),
        treat_missing_data: Some(cloudwatch::AlarmTreatMissingData::NotBreaching.into()),
        ..computed_alarm(
            cloudwatch::AlarmComparisonOperator::GreaterThanThreshold,
            minutes,
            of_minutes,
        )
    }
}
