//! Systems.

use super::{Alert, Dashboard, Environment, Error, Name, Owner, Pipeline, Registry, Service, Waiver};
use crate::template::Override;

/// A whole system.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    /// Its name.
    pub name: Name,
    /// What it is for, in a sentence.
    pub summary: String,
    /// Whose it is.
    pub owner: Owner,
    /// Where its images are kept.
    pub registry: Registry,
    /// What runs.
    pub service: Service,
    /// What somebody is told about.
    pub alerts: Vec<Alert>,
    /// What somebody looks at.
    pub dashboard: Dashboard,
    /// What builds and deploys it.
    pub pipeline: Pipeline,
    /// Where it runs, in the order of a release. The first one keeps the registry.
    pub environments: Vec<Environment>,
    /// Properties past what the model offers: the environment (none: all of them), the stack, the property.
    pub overrides: Vec<(Option<Name>, &'static str, Override)>,
    /// Checks that do not apply, with reasons.
    pub waivers: Vec<Waiver>,
}

impl System {
    /// Looks at everything that types could not refuse.
    ///
    /// # Errors
    ///
    /// The first value that is impossible, by its field.
    pub fn checked(self) -> Result<Self, Error> {
        let refuse = |field, saw: String, problem, help: &str| {
            Err(Error {
                field,
                saw,
                problem,
                help: help.into(),
            })
        };
        if self.environments.is_empty() {
            return refuse(
                "System.environments",
                self.name.to_string(),
                "runs nowhere",
                "add an Environment",
            );
        }
        for (index, environment) in self.environments.iter().enumerate() {
            environment.check()?;
            if self.environments[..index]
                .iter()
                .any(|other| other.name == environment.name)
            {
                let saw = environment.name.to_string();
                return refuse(
                    "Environment.name",
                    saw,
                    "stands twice",
                    "give each environment its own name",
                );
            }
        }
        for (index, alert) in self.alerts.iter().enumerate() {
            if self.alerts[..index].iter().any(|other| other.role() == alert.role()) {
                return refuse(
                    "System.alerts",
                    alert.role().into(),
                    "stands twice",
                    "keep one of the two",
                );
            }
            // An alarm looks back at most one day (CloudWatch API reference, PutMetricAlarm).
            if !(1..=1440).contains(&alert.lasting.0) {
                let saw = alert.lasting.0.to_string();
                return refuse(
                    "Alert.lasting",
                    saw,
                    "is not a time that an alarm can watch",
                    "use 1 to 1440 minutes",
                );
            }
        }
        if !(10..=10_000).contains(&self.registry.releases_kept) {
            let saw = self.registry.releases_kept.to_string();
            return refuse(
                "Registry.releases_kept",
                saw,
                "could delete what still runs",
                "keep 10 to 10,000 releases",
            );
        }
        self.service.check()?;
        Ok(self)
    }

    /// The name of a stack: `predict-api-dev-network`.
    #[must_use]
    pub fn stack(&self, environment: &Environment, stack: &str) -> String {
        format!("{}-{}-{stack}", self.name, environment.name)
    }

    /// The name of a resource that has one: `predict-api-dev-deploy`.
    #[must_use]
    pub fn named(&self, environment: &Environment, role: &str) -> String {
        format!("{}-{}-{role}", self.name, environment.name)
    }

    /// The name of the cluster.
    #[must_use]
    pub fn cluster(&self, environment: &Environment) -> String {
        format!("{}-{}", self.name, environment.name)
    }

    /// The log group of the service.
    #[must_use]
    pub fn log_group(&self, environment: &Environment) -> String {
        format!("/ecs/{}/{}", self.name, environment.name)
    }

    /// Whether this is the environment that keeps the registry and makes the identity provider.
    #[must_use]
    pub fn is_first(&self, environment: &Environment) -> bool {
        self.environments
            .first()
            .is_some_and(|first| first.name == environment.name)
    }
}
