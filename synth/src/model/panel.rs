//! Panels of dashboards.

/// What a panel shows. The same panels are rendered for CloudWatch and for Grafana.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// CPU use of the tasks.
    Cpu,
    /// Memory use of the tasks.
    Memory,
    /// Tasks that run, and how many are asked for.
    Tasks,
    /// Healthy and unhealthy targets of the load balancer.
    Health,
    /// Requests a minute.
    Requests,
    /// Answers by class of status code.
    Errors,
    /// Response times.
    Latency,
    /// What the service is asked for: requests by path and status, as it counts them itself.
    Uses,
    /// What the service answers who asks for its health, and the pods that want requests.
    HealthChecks,
    /// What was refused or looks like an attack: calls of the cluster's API, what breaks a policy, what containers do.
    Security,
    /// CPU use of the database.
    DatabaseCpu,
    /// Connections that are open to the database.
    DatabaseConnections,
    /// Free storage of the database.
    DatabaseStorage,
    /// How long the database's disk takes.
    DatabaseLatency,
}

impl Panel {
    /// Whether it looks at a database.
    #[must_use]
    pub fn is_of_database(self) -> bool {
        use Panel::{DatabaseConnections, DatabaseCpu, DatabaseLatency, DatabaseStorage};
        matches!(
            self,
            DatabaseCpu | DatabaseConnections | DatabaseStorage | DatabaseLatency
        )
    }

    /// Whether only the service's own figures tell it.
    #[must_use]
    pub fn is_of_figures(self) -> bool {
        matches!(self, Self::Uses | Self::HealthChecks)
    }

    /// All panels that a service has.
    #[must_use]
    pub fn of_service() -> Vec<Self> {
        use Panel::{Cpu, Errors, Health, Latency, Memory, Requests, Tasks};
        vec![Cpu, Memory, Tasks, Health, Requests, Errors, Latency]
    }

    /// The panels of a service's own figures.
    #[must_use]
    pub fn of_figures() -> Vec<Self> {
        vec![Self::Uses, Self::HealthChecks]
    }

    /// All panels that a database has.
    #[must_use]
    pub fn of_database() -> Vec<Self> {
        use Panel::{DatabaseConnections, DatabaseCpu, DatabaseLatency, DatabaseStorage};
        vec![DatabaseCpu, DatabaseConnections, DatabaseStorage, DatabaseLatency]
    }
}
