//! Alarms and the metrics that they compute with, in the form that CloudWatch takes.

use super::metrics::{Metric, Names};
use crate::aws::cloudwatch;

/// An alarm on what [`computed`] comes to, minute by minute.
pub(crate) fn computed_alarm(
    operator: cloudwatch::AlarmComparisonOperator,
    minutes: u32,
    of_minutes: u32,
) -> cloudwatch::Alarm {
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
pub(crate) fn hidden(names: &Names, id: &str, metric: Metric, statistic: &str) -> cloudwatch::MetricDataQuery {
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
pub(crate) fn computed(id: &str, expression: &str, label: &str) -> cloudwatch::MetricDataQuery {
    cloudwatch::MetricDataQuery {
        expression: Some(expression.into()),
        label: Some(label.into()),
        return_data: Some(true.into()),
        ..cloudwatch::MetricDataQuery::new(id)
    }
}
