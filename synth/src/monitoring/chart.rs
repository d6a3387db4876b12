//! What a panel shows, for every kind of dashboard.

use super::signal::{Signal, Summed};
use super::watch::{Extent, Measure, Watch};
use crate::model::{Panel, Percentile, System};

/// The unit of a chart's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Percent,
    Count,
    Seconds,
    Bytes,
}

/// One line of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What is drawn.
    pub signal: Signal,
    /// How a minute becomes a point.
    pub summed: Summed,
    /// What the line is called.
    pub label: String,
}

/// What a panel shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Its title.
    pub title: String,
    /// The unit of its numbers.
    pub unit: Unit,
    /// Its lines.
    pub series: Vec<Series>,
}

impl Chart {
    /// The chart of a panel; `copy` is what one copy of the service is called, such as `task`.
    #[must_use]
    pub fn of(panel: Panel, copy: &str) -> Self {
        let (title, unit) = head(panel);
        let series = lines(panel).into_iter().map(|(signal, summed, label)| Series {
            signal,
            summed,
            label: label.replace(COPY, copy),
        });
        Self {
            title: match panel {
                Panel::Tasks => format!("{}s", in_capitals(copy)),
                _ => title.to_owned(),
            },
            unit,
            series: series.collect(),
        }
    }

    /// Where the first alert about one of its lines begins, and what the bound is called. A bound of 0 is the axis.
    #[must_use]
    pub fn bound<'a>(&self, system: &System, extent: impl Into<Extent<'a>>) -> Option<(f64, &'static str)> {
        let extent = extent.into();
        let drawn = |signal| self.series.iter().any(|series| series.signal == signal);
        let watches = system.monitoring.alerts.iter().map(|alert| Watch::of(alert, extent));
        watches
            .filter(|watch| watch.bound > 0.0)
            .find_map(|watch| match watch.measure {
                Measure::Signal(signal, Summed::Percentile(percentile)) if drawn(signal) => {
                    Some((watch.bound, percentile.statistic()))
                }
                Measure::Signal(signal, _) if drawn(signal) => Some((watch.bound, "alarm")),
                _ => None,
            })
    }
}

/// What stands for a copy of the service in a label.
const COPY: &str = "task";

/// A word with its first letter large.
pub(in crate::monitoring) fn in_capitals(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The lines of a panel: the signal, how its numbers of a minute become one, and what the line is called.
fn lines(panel: Panel) -> Vec<(Signal, Summed, &'static str)> {
    use Summed::{Average, Least, Most, Sum};
    match panel {
        Panel::Cpu => vec![(Signal::Cpu, Average, "average"), (Signal::Cpu, Most, "busiest task")],
        Panel::Memory => vec![
            (Signal::Memory, Average, "average"),
            (Signal::Memory, Most, "fullest task"),
        ],
        Panel::Tasks => vec![
            (Signal::Running, Least, "running"),
            (Signal::Desired, Most, "asked for"),
        ],
        Panel::Health => vec![
            (Signal::Healthy, Least, "healthy"),
            (Signal::Unhealthy, Most, "unhealthy"),
        ],
        Panel::Requests => vec![(Signal::Requests, Sum, "requests")],
        Panel::Errors => vec![
            (Signal::Answered, Sum, "2xx"),
            (Signal::Refused, Sum, "4xx"),
            (Signal::Failed, Sum, "5xx"),
            (Signal::Unanswered, Sum, "5xx, no task answered"),
        ],
        Panel::Latency => [Percentile::P50, Percentile::P95, Percentile::P99].map(latency).into(),
        Panel::Uses | Panel::HealthChecks | Panel::Security => counted(panel),
        Panel::DatabaseCpu => vec![(Signal::DatabaseCpu, Average, "average")],
        Panel::DatabaseConnections => vec![(Signal::Connections, Most, "open")],
        Panel::DatabaseStorage => vec![(Signal::FreeStorage, Least, "free")],
        Panel::DatabaseLatency => vec![
            (Signal::ReadTime, Average, "a read"),
            (Signal::WriteTime, Average, "a write"),
        ],
    }
}

/// The lines of what is counted event by event.
fn counted(panel: Panel) -> Vec<(Signal, Summed, &'static str)> {
    let lines = match panel {
        Panel::Uses => vec![(Signal::Uses, "by path and status")],
        Panel::HealthChecks => vec![
            (Signal::HealthChecks, "by status"),
            (Signal::Willing, "tasks that want requests"),
        ],
        _ => vec![
            (Signal::RefusedCalls, "calls of the API refused"),
            (Signal::Denied, "denied by a policy"),
            (Signal::Suspicious, "suspicious in containers"),
        ],
    };
    lines
        .into_iter()
        .map(|(signal, label)| (signal, Summed::Sum, label))
        .collect()
}

fn latency(percentile: Percentile) -> (Signal, Summed, &'static str) {
    let label = percentile.statistic();
    (Signal::ResponseTime, Summed::Percentile(percentile), label)
}

fn head(panel: Panel) -> (&'static str, Unit) {
    match panel {
        Panel::Cpu => ("CPU", Unit::Percent),
        Panel::Memory => ("Memory", Unit::Percent),
        Panel::Tasks => ("Tasks", Unit::Count),
        Panel::Health => ("Targets", Unit::Count),
        Panel::Requests => ("Requests a minute", Unit::Count),
        Panel::Errors => ("Answers a minute", Unit::Count),
        Panel::Latency => ("Response time", Unit::Seconds),
        Panel::Uses => ("Uses a minute", Unit::Count),
        Panel::HealthChecks => ("Health checks a minute", Unit::Count),
        Panel::Security => ("Security events a minute", Unit::Count),
        Panel::DatabaseCpu => ("CPU of the database", Unit::Percent),
        Panel::DatabaseConnections => ("Connections to the database", Unit::Count),
        Panel::DatabaseStorage => ("Free storage of the database", Unit::Bytes),
        Panel::DatabaseLatency => ("Disk of the database", Unit::Seconds),
    }
}
