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
    /// All there are, the worst one first.
    pub const ALL: [Self; 2] = [Self::Critical, Self::Warning];

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

/// What an alert is about. A kind can stand in a system more than once, with other bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The tasks use more of their CPU than this.
    CpuAbove(Percent),
    /// The tasks use more of their memory than this.
    MemoryAbove(Percent),
    /// Fewer tasks run than are asked for, or than the least there may be; no word of any is bad news, too.
    TooFewTasks,
    /// A container is started again: it stopped by itself, or was stopped since it used too much or gave no answer.
    Restarts,
    /// A task does not answer its health check.
    UnhealthyTask,
    /// More than this share of requests fails.
    ErrorsAbove(Percent),
    /// Requests take longer than this, in milliseconds.
    SlowerThan(Percentile, u32),
    /// More calls than this of the cluster's API are refused in a minute, since nobody knows who calls or since he may not.
    CallsRefusedAbove(u32),
    /// Something was to come into the namespace that breaks a policy, and was refused.
    PolicyBroken,
    /// The database uses more of its CPU than this.
    DatabaseCpuAbove(Percent),
    /// Less than this share of what the database's storage may grow to is free, and less than a twentieth of what there
    /// is at first: below a tenth RDS adds storage by itself.
    DatabaseStorageBelow(Percent),
    /// More than this share of the connections that the database takes are open.
    DatabaseConnectionsAbove(Percent),
}

impl When {
    /// Whether it looks at a database.
    #[must_use]
    pub fn is_of_database(self) -> bool {
        matches!(
            self,
            Self::DatabaseCpuAbove(_) | Self::DatabaseStorageBelow(_) | Self::DatabaseConnectionsAbove(_)
        )
    }

    /// What tells it from another of its kind.
    pub(super) fn bounds(self) -> String {
        match self {
            Self::SlowerThan(percentile, milliseconds) => format!("{}-over-{milliseconds}", percentile.statistic()),
            Self::DatabaseStorageBelow(share) => format!("below-{}", share.number()),
            Self::CallsRefusedAbove(calls) => format!("over-{calls}"),
            other => other
                .share()
                .map_or_else(String::new, |share| format!("over-{}", share.number())),
        }
    }

    /// The share that it compares with.
    pub(super) fn share(self) -> Option<Percent> {
        match self {
            Self::CpuAbove(share)
            | Self::MemoryAbove(share)
            | Self::ErrorsAbove(share)
            | Self::DatabaseCpuAbove(share)
            | Self::DatabaseStorageBelow(share)
            | Self::DatabaseConnectionsAbove(share) => Some(share),
            Self::TooFewTasks
            | Self::Restarts
            | Self::UnhealthyTask
            | Self::SlowerThan(..)
            | Self::CallsRefusedAbove(_)
            | Self::PolicyBroken => None,
        }
    }
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
    /// What to be told of about any service.
    #[must_use]
    pub fn of_service() -> Vec<Self> {
        vec![
            Self::of(When::CpuAbove(Percent::of::<80>()), 5, Severity::Warning),
            Self::of(When::MemoryAbove(Percent::of::<80>()), 5, Severity::Warning),
            Self::of(When::TooFewTasks, 5, Severity::Critical),
            Self::of(When::UnhealthyTask, 3, Severity::Critical),
            Self::of(When::ErrorsAbove(Percent::of::<5>()), 3, Severity::Critical),
            Self::of(When::SlowerThan(Percentile::P95, 2000), 5, Severity::Warning),
        ]
    }

    /// What to be told of about any service that runs in pods: the same, and that a container is started again.
    #[must_use]
    pub fn of_pods() -> Vec<Self> {
        let restarts = Self::of(When::Restarts, 1, Severity::Warning);
        Self::of_service().into_iter().chain([restarts]).collect()
    }

    /// What to be told of about a service in a cluster with every guard, whose users are harmed when it fails: what uses
    /// it up, whether it answers and how fast, and what was refused.
    #[must_use]
    pub fn of_guarded_pods() -> Vec<Self> {
        use Severity::{Critical, Warning};
        vec![
            Self::of(When::CpuAbove(Percent::of::<80>()), 5, Warning),
            Self::of(When::MemoryAbove(Percent::of::<85>()), 5, Warning),
            Self::of(When::TooFewTasks, 5, Critical),
            Self::of(When::UnhealthyTask, 2, Critical),
            Self::of(When::ErrorsAbove(Percent::of::<5>()), 3, Critical),
            Self::of(When::SlowerThan(Percentile::P95, 2000), 5, Warning),
            Self::of(When::Restarts, 1, Warning),
            Self::of(When::CallsRefusedAbove(20), 5, Warning),
            Self::of(When::PolicyBroken, 1, Warning),
        ]
    }

    /// What to be told of about any database. There is no lag to look at: a standby has every change before it is
    /// acknowledged.
    #[must_use]
    pub fn of_database() -> Vec<Self> {
        vec![
            Self::of(When::DatabaseCpuAbove(Percent::of::<80>()), 15, Severity::Warning),
            Self::of(When::DatabaseStorageBelow(Percent::of::<20>()), 5, Severity::Critical),
            Self::of(
                When::DatabaseConnectionsAbove(Percent::of::<80>()),
                5,
                Severity::Warning,
            ),
        ]
    }

    /// An alert, lasting so many minutes.
    #[must_use]
    pub fn of(when: When, minutes: u32, severity: Severity) -> Self {
        Self {
            when,
            lasting: Minutes(minutes),
            severity,
        }
    }

    /// The role that names the first of its kind, everywhere and for ever; [`super::System::named_alerts`] names all.
    #[must_use]
    pub fn role(&self) -> &'static str {
        match self.when {
            When::CpuAbove(_) => "high-cpu",
            When::MemoryAbove(_) => "high-memory",
            When::TooFewTasks => "too-few-tasks",
            When::Restarts => "restarts",
            When::UnhealthyTask => "unhealthy-tasks",
            When::ErrorsAbove(_) => "high-error-rate",
            When::SlowerThan(..) => "slow-responses",
            When::CallsRefusedAbove(_) => "refused-calls",
            When::PolicyBroken => "broken-policy",
            When::DatabaseCpuAbove(_) => "database-cpu",
            When::DatabaseStorageBelow(_) => "database-storage",
            When::DatabaseConnectionsAbove(_) => "database-connections",
        }
    }

    /// The role and the sentence of its second alarm, where one alarm cannot tell all: with no task at all, nothing
    /// tells how many are asked for. `copy` is what one copy of the service is called, such as `task`.
    #[must_use]
    pub fn second(&self, copy: &str) -> Option<(&'static str, String)> {
        match self.when {
            When::TooFewTasks => Some((
                "below-minimum",
                format!(
                    "fewer {copy}s running than the least, or no word of any, for {}",
                    self.time()
                ),
            )),
            _ => None,
        }
    }

    fn time(&self) -> String {
        match self.lasting.0 {
            1 => "a minute".to_owned(),
            minutes => format!("{minutes} minutes"),
        }
    }

    /// What it says, in a sentence without its full stop. `copy` is what one copy of the service is called.
    #[must_use]
    pub fn sentence(&self, copy: &str) -> String {
        let lasting = self.time();
        match self.when {
            When::CpuAbove(percent) => format!("CPU use above {} % for {lasting}", percent.number()),
            When::MemoryAbove(percent) => format!("memory use above {} % for {lasting}", percent.number()),
            When::TooFewTasks => format!("fewer {copy}s running than asked for, for {lasting}"),
            When::Restarts => "a container was started again".to_owned(),
            When::UnhealthyTask => format!("a {copy} fails its health check for {lasting}"),
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
            When::CallsRefusedAbove(calls) => {
                format!("more than {calls} calls of the cluster's API a minute refused with 401 or 403, for {lasting}")
            }
            When::PolicyBroken => "something that breaks a policy of the namespace was refused".to_owned(),
            When::DatabaseCpuAbove(percent) => {
                format!("CPU use of the database above {} % for {lasting}", percent.number())
            }
            When::DatabaseStorageBelow(_) => {
                format!("the database's storage is nearly full and has not grown by itself, for {lasting}")
            }
            When::DatabaseConnectionsAbove(percent) => format!(
                "more than {} % of the database's connections open for {lasting}",
                percent.number()
            ),
        }
    }
}
