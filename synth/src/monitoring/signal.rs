//! Numbers that change while a system runs.

use crate::model::Percentile;

/// A number that changes while a system runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// CPU use in percent of what the tasks have.
    Cpu,
    /// Memory use in percent of what the tasks have.
    Memory,
    /// Tasks that run.
    Running,
    /// Tasks that are asked for.
    Desired,
    /// Containers that were started again, since their pods came.
    Restarts,
    /// Tasks that take requests.
    Healthy,
    /// Tasks that fail their health check.
    Unhealthy,
    /// Requests that reached a task.
    Requests,
    /// Answers 5xx of the service.
    Failed,
    /// Answers 5xx of what stands before the service, when no task answers.
    Unanswered,
    /// Answers 4xx of the service.
    Refused,
    /// Answers 2xx of the service.
    Answered,
    /// Seconds until a task answers.
    ResponseTime,
    /// Requests by path and status.
    Uses,
    /// Answers to those who ask for the health of a task, by status.
    HealthChecks,
    /// Tasks that want requests.
    Willing,
    /// Calls of the cluster's API that were refused, as nobody knows who calls or as he may not.
    RefusedCalls,
    /// What was to come into the namespace and breaks a policy.
    Denied,
    /// What containers did that looks like an attack.
    Suspicious,
    /// CPU use of the database in percent.
    DatabaseCpu,
    /// Connections that are open to the database.
    Connections,
    /// Free storage of the database in bytes.
    FreeStorage,
    /// Seconds that a read from the database's disk takes.
    ReadTime,
    /// Seconds that a write to the database's disk takes, on both copies where there are two.
    WriteTime,
}

/// What a signal is measured of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The service.
    Service,
    /// What keeps as many tasks of the service running as are asked for.
    Workload,
    /// All that requests come through.
    Entry,
    /// One version of the service, where two may take turns.
    Version,
    /// The cluster.
    Cluster,
    /// The database.
    Database,
}

impl Signal {
    /// What it is measured of.
    #[must_use]
    pub fn of(self) -> Of {
        match self {
            Self::Cpu | Self::Memory | Self::Running | Self::Uses | Self::HealthChecks | Self::Willing => Of::Service,
            Self::RefusedCalls | Self::Denied | Self::Suspicious => Of::Cluster,
            Self::Desired | Self::Restarts => Of::Workload,
            Self::Healthy | Self::Unhealthy => Of::Version,
            Self::Requests | Self::Failed | Self::Unanswered | Self::Refused | Self::Answered | Self::ResponseTime => {
                Of::Entry
            }
            Self::DatabaseCpu | Self::Connections | Self::FreeStorage | Self::ReadTime | Self::WriteTime => {
                Of::Database
            }
        }
    }
}

/// How the samples of a minute become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Summed {
    Average,
    Least,
    Most,
    Sum,
    Percentile(Percentile),
}
