//! Dashboards.

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
}

/// A dashboard: panels in reading order, two in a row, below the state of the alarms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dashboard {
    /// Its panels.
    pub panels: Vec<Panel>,
}

impl Dashboard {
    /// All panels there are.
    #[must_use]
    pub fn everything() -> Self {
        use Panel::{Cpu, Errors, Health, Latency, Memory, Requests, Tasks};
        Self {
            panels: vec![Cpu, Memory, Tasks, Health, Requests, Errors, Latency],
        }
    }
}
