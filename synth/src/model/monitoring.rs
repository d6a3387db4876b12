//! What somebody is told about, and what somebody looks at.

use super::{Alert, Panel};

/// What is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitoring {
    /// What somebody is told about.
    pub alerts: Vec<Alert>,
    /// What somebody looks at: in reading order, two in a row, below the state of the alarms.
    pub panels: Vec<Panel>,
}

impl Monitoring {
    /// As any service should be watched.
    #[must_use]
    pub fn of_service() -> Self {
        Self {
            alerts: Alert::of_service(),
            panels: Panel::of_service(),
        }
    }

    /// As any service that runs in pods should be watched.
    #[must_use]
    pub fn of_pods() -> Self {
        Self {
            alerts: Alert::of_pods(),
            ..Self::of_service()
        }
    }

    /// As any service with a database should be watched.
    #[must_use]
    pub fn of_service_and_database() -> Self {
        Self {
            alerts: [Alert::of_service(), Alert::of_database()].concat(),
            panels: [Panel::of_service(), Panel::of_database()].concat(),
        }
    }
}
