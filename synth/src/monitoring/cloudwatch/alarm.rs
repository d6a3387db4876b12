//! A watch as an alarm of CloudWatch.

use super::{Names, statistic};
use crate::aws::cloudwatch::{self, AlarmComparisonOperator, AlarmStatistic, AlarmTreatMissingData, MetricDataQuery};
use crate::monitoring::{Measure, Of, Side, Signal, Summed, Unknown, Watch};

/// The alarm of a watch, without a name and telling nobody yet; nothing where `CloudWatch` does not know what is compared.
pub(crate) fn alarm(names: &Names, watch: &Watch) -> Option<cloudwatch::Alarm> {
    let alarm = cloudwatch::Alarm {
        comparison_operator: Some(operator(watch.side).into()),
        datapoints_to_alarm: Some(watch.lasting.minutes.into()),
        evaluation_periods: Some(watch.lasting.of.into()),
        threshold: Some(watch.bound.into()),
        treat_missing_data: Some(missing(watch.unknown).into()),
        ..cloudwatch::Alarm::new()
    };
    let computed = |metrics: Option<Vec<MetricDataQuery>>| {
        Some(cloudwatch::Alarm {
            metrics: Some(metrics?.into()),
            ..alarm.clone()
        })
    };
    match watch.measure {
        Measure::MissingTasks => computed(missing_tasks(names)),
        Measure::Growth(signal) => computed(growth(names, signal)),
        Measure::FailedShare { least } => computed(failed_share(names, least)),
        Measure::Signal(signal, summed) => match names.of_other().filter(|_| signal.of() == Of::Version) {
            Some(other) => computed(worst(names, &other, signal, summed)),
            None => simple(names, signal, summed, alarm),
        },
    }
}

fn operator(side: Side) -> AlarmComparisonOperator {
    match side {
        Side::Above => AlarmComparisonOperator::GreaterThanThreshold,
        Side::Below => AlarmComparisonOperator::LessThanThreshold,
    }
}

pub(crate) fn missing(unknown: Unknown) -> AlarmTreatMissingData {
    match unknown {
        Unknown::Good => AlarmTreatMissingData::NotBreaching,
        Unknown::Bad => AlarmTreatMissingData::Breaching,
        Unknown::Shown => AlarmTreatMissingData::Missing,
    }
}

/// An alarm on one metric.
fn simple(names: &Names, signal: Signal, summed: Summed, alarm: cloudwatch::Alarm) -> Option<cloudwatch::Alarm> {
    let metric = names.metric(signal)?;
    let dimensions = dimensions(names, metric.of);
    let alarm = cloudwatch::Alarm {
        dimensions: (!dimensions.is_empty()).then(|| dimensions.into()),
        metric_name: Some(metric.name.into()),
        namespace: Some(names.namespace(metric)),
        period: Some(60.into()),
        ..alarm
    };
    let plain = |statistic: AlarmStatistic| cloudwatch::Alarm {
        statistic: Some(statistic.into()),
        ..alarm.clone()
    };
    Some(match summed {
        Summed::Average => plain(AlarmStatistic::Average),
        Summed::Least => plain(AlarmStatistic::Minimum),
        Summed::Most => plain(AlarmStatistic::Maximum),
        Summed::Sum => plain(AlarmStatistic::Sum),
        Summed::Percentile(percentile) => cloudwatch::Alarm {
            evaluate_low_sample_count_percentile: Some("ignore".into()),
            extended_statistic: Some(percentile.statistic().into()),
            ..alarm
        },
    })
}

fn dimensions(names: &Names, of: Of) -> Vec<cloudwatch::Dimension> {
    let all = names.dimensions(of).into_iter();
    all.map(|(name, value)| cloudwatch::Dimension::new(name, value))
        .collect()
}

/// The larger number of two versions that take turns.
fn worst(names: &Names, other: &Names, signal: Signal, summed: Summed) -> Option<Vec<MetricDataQuery>> {
    Some(vec![
        hidden(names, "blue", signal, summed)?,
        hidden(other, "green", signal, summed)?,
        computed("unhealthy", "MAX([blue, green])", "tasks that fail their health check"),
    ])
}

fn missing_tasks(names: &Names) -> Option<Vec<MetricDataQuery>> {
    let copy = names.on().unit();
    Some(vec![
        hidden(names, "running", Signal::Running, Summed::Least)?,
        hidden(names, "desired", Signal::Desired, Summed::Most)?,
        computed(
            "missing",
            "FILL(running, 0) - desired",
            &format!("{copy}s running less {copy}s asked for"),
        ),
    ])
}

fn growth(names: &Names, signal: Signal) -> Option<Vec<MetricDataQuery>> {
    Some(vec![
        hidden(names, "count", signal, Summed::Sum)?,
        computed(
            "growth",
            "DIFF(count)",
            &format!("{} more than a minute before", names.metric(signal)?.name),
        ),
    ])
}

fn failed_share(names: &Names, least: u32) -> Option<Vec<MetricDataQuery>> {
    let label = match least {
        0 | 1 => "share of requests answered 5xx, in percent".to_owned(),
        least => format!("share of requests answered 5xx, in percent, where {least} or more in a minute were"),
    };
    Some(vec![
        hidden(names, "requests", Signal::Requests, Summed::Sum)?,
        hidden(names, "failed", Signal::Failed, Summed::Sum)?,
        hidden(names, "unanswered", Signal::Unanswered, Summed::Sum)?,
        computed("rate", &rate(least), &label),
    ])
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

/// A metric that a computation uses.
fn hidden(names: &Names, id: &str, signal: Signal, summed: Summed) -> Option<MetricDataQuery> {
    let metric = names.metric(signal)?;
    let source = cloudwatch::Metric {
        dimensions: Some(dimensions(names, metric.of).into()),
        metric_name: Some(metric.name.into()),
        namespace: Some(names.namespace(metric)),
    };
    Some(MetricDataQuery {
        metric_stat: Some(cloudwatch::MetricStat::new(source, 60, statistic(summed)).into()),
        return_data: Some(false.into()),
        ..MetricDataQuery::new(id)
    })
}

/// The computation itself.
fn computed(id: &str, expression: &str, label: &str) -> MetricDataQuery {
    MetricDataQuery {
        expression: Some(expression.into()),
        label: Some(label.into()),
        return_data: Some(true.into()),
        ..MetricDataQuery::new(id)
    }
}
