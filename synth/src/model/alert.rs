//! Alerts: what somebody wants to know about.

use super::{Minutes, Percent};

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Somebody should look today.
    Warning,
    /// Somebody must look now: it pages.
    Critical,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// The share of requests that are faster: `p95`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Percentile {
    /// Half.
    P50,
    /// 95 of 100.
    P95,
    /// 99 of 100.
    P99,
}

impl Percentile {
    /// The statistic as CloudWatch names it.
    #[must_use]
    pub fn statistic(self) -> &'static str {
        match self {
            Self::P50 => "p50",
            Self::P95 => "p95",
            Self::P99 => "p99",
        }
    }
}

/// What an alert is about. Each can stand once in a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The tasks use more of their CPU than this.
    CpuAbove(Percent),
    /// The tasks use more of their memory than this.
    MemoryAbove(Percent),
    /// Fewer tasks run than are asked for.
    TooFewTasks,
    /// A task does not answer its health check.
    UnhealthyTask,
    /// More than this share of requests fails.
    ErrorsAbove(Percent),
    /// Requests take longer than this, in milliseconds.
    SlowerThan(Percentile, u32),
}

/// Something that somebody is told about when it begins and when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alert {
    /// What it is about.
    pub when: When,
    /// How long it must last.
    pub lasting: Minutes,
    /// How much it matters.
    pub severity: Severity,
}

impl Alert {
    /// The role that names it, everywhere and for ever.
    #[must_use]
    pub fn role(&self) -> &'static str {
        match self.when {
            When::CpuAbove(_) => "high-cpu",
            When::MemoryAbove(_) => "high-memory",
            When::TooFewTasks => "too-few-tasks",
            When::UnhealthyTask => "unhealthy-tasks",
            When::ErrorsAbove(_) => "high-error-rate",
            When::SlowerThan(..) => "slow-responses",
        }
    }

    /// What it says, in a sentence without its full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        let lasting = match self.lasting.0 {
            1 => "a minute".to_owned(),
            minutes => format!("{minutes} minutes"),
        };
        match self.when {
            When::CpuAbove(percent) => format!("CPU use above {} % for {lasting}", percent.number()),
            When::MemoryAbove(percent) => format!("memory use above {} % for {lasting}", percent.number()),
            When::TooFewTasks => format!("fewer tasks running than asked for, for {lasting}"),
            When::UnhealthyTask => format!("a task fails its health check for {lasting}"),
            When::ErrorsAbove(percent) => format!(
                "more than {} % of requests answered 5xx for {lasting}",
                percent.number()
            ),
            When::SlowerThan(percentile, milliseconds) => {
                let seconds = f64::from(milliseconds) / 1000.0;
                format!(
                    "{} of response time above {seconds} s for {lasting}",
                    percentile.statistic()
                )
            }
        }
    }
}
