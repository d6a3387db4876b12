//! Alarms: one for each alert, and one that pages.

use super::metrics::{self, Metric, Names};
use super::place::Place;
use crate::aws::{cloudwatch, sns};
use crate::model::{Alert, Percent, Percentile, Severity, When};
use crate::template::{Error, Handle, LogicalId, Node, Template, Value};

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    names: &Names,
    topic: &Handle<sns::Topic>,
) -> Result<Vec<Handle<cloudwatch::Alarm>>, Error> {
    let mut alarms = Vec::new();
    for alert in &place.system.alerts {
        let alarm = cloudwatch::Alarm {
            alarm_actions: Some([topic.arn()].into()),
            alarm_description: Some(format!("{} ({})", alert.sentence(), alert.severity.word()).into()),
            alarm_name: Some(place.named(alert.role()).into()),
            ok_actions: Some([topic.arn()].into()),
            ..alarm(place, names, alert)
        };
        alarms.push((
            alert.severity,
            template.add(LogicalId::new(alert.role(), "Alarm"), &alarm)?,
        ));
    }
    let critical = alarms.iter().filter(|(severity, _)| *severity == Severity::Critical);
    page(
        place,
        template,
        topic,
        &critical.map(|(_, alarm)| alarm.clone()).collect::<Vec<_>>(),
    )?;
    Ok(alarms.into_iter().map(|(_, alarm)| alarm).collect())
}

/// The alarm that wakes somebody: any of the critical ones. It comes once however many of them go off together.
fn page(
    place: Place<'_>,
    template: &mut Template,
    topic: &Handle<sns::Topic>,
    critical: &[Handle<cloudwatch::Alarm>],
) -> Result<(), Error> {
    if critical.is_empty() {
        return Ok(());
    }
    let mut rule = Vec::new();
    for (index, alarm) in critical.iter().enumerate() {
        let before = if index == 0 { "ALARM(\"" } else { " OR ALARM(\"" };
        rule.extend([
            Node::Text(before.into()),
            crate::template::ToNode::to_node(&alarm.name()),
            Node::Text("\")".into()),
        ]);
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
        When::ErrorsAbove(percent) => errors_above(names, percent, minutes, minutes),
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
        // Compared with what is asked for, not with a number: scaling in is not an incident. While nothing is asked for,
        // before the first image, there may be no word of either, and nobody is to be woken.
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

/// A share of the storage that the database has at first, in bytes.
pub(crate) fn storage(place: Place<'_>, share: Percent) -> f64 {
    let gibibytes = f64::from(place.environment.database.storage.first);
    gibibytes * 1024.0 * 1024.0 * 1024.0 * f64::from(share.number()) / 100.0
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
const RATE: &str = "100 * (FILL(failed, 0) + FILL(unanswered, 0)) / MAX([requests, unanswered])";

/// The share of requests that failed, of those that came.
pub(crate) fn errors_above(names: &Names, percent: Percent, minutes: u32, of_minutes: u32) -> cloudwatch::Alarm {
    cloudwatch::Alarm {
        metrics: Some(
            [
                hidden(names, "requests", metrics::REQUESTS, "Sum"),
                hidden(names, "failed", metrics::TARGET_5XX, "Sum"),
                hidden(names, "unanswered", metrics::BALANCER_5XX, "Sum"),
                computed("rate", RATE, "share of requests answered 5xx, in percent"),
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

fn computed_alarm(operator: cloudwatch::AlarmComparisonOperator, minutes: u32, of_minutes: u32) -> cloudwatch::Alarm {
    cloudwatch::Alarm {
        comparison_operator: Some(operator.into()),
        datapoints_to_alarm: Some(minutes.into()),
        evaluation_periods: Some(of_minutes.into()),
        ..cloudwatch::Alarm::new()
    }
}

/// An alarm on one metric, minute by minute.
pub(crate) fn simple(
    names: &Names,
    metric: Metric,
    minutes: u32,
    missing: cloudwatch::AlarmTreatMissingData,
) -> cloudwatch::Alarm {
    cloudwatch::Alarm {
        comparison_operator: Some(cloudwatch::AlarmComparisonOperator::GreaterThanThreshold.into()),
        datapoints_to_alarm: Some(minutes.into()),
        dimensions: Some(dimensions(names, metric).into()),
        evaluation_periods: Some(minutes.into()),
        metric_name: Some(metric.name.into()),
        namespace: Some(metric.namespace.into()),
        period: Some(60.into()),
        treat_missing_data: Some(missing.into()),
        ..cloudwatch::Alarm::new()
    }
}

fn dimensions(names: &Names, metric: Metric) -> Vec<cloudwatch::Dimension> {
    names
        .dimensions(metric.of)
        .into_iter()
        .map(|(name, value)| cloudwatch::Dimension::new(name, value))
        .collect()
}

/// A metric that a computation uses.
fn hidden(names: &Names, id: &str, metric: Metric, statistic: &str) -> cloudwatch::MetricDataQuery {
    let source = cloudwatch::Metric {
        dimensions: Some(dimensions(names, metric).into()),
        metric_name: Some(metric.name.into()),
        namespace: Some(metric.namespace.into()),
    };
    cloudwatch::MetricDataQuery {
        metric_stat: Some(cloudwatch::MetricStat::new(source, 60, statistic).into()),
        return_data: Some(false.into()),
        ..cloudwatch::MetricDataQuery::new(id)
    }
}

/// The computation itself.
fn computed(id: &str, expression: &str, label: &str) -> cloudwatch::MetricDataQuery {
    cloudwatch::MetricDataQuery {
        expression: Some(expression.into()),
        label: Some(label.into()),
        return_data: Some(true.into()),
        ..cloudwatch::MetricDataQuery::new(id)
    }
}
