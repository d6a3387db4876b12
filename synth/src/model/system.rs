//! Systems.

use std::collections::BTreeMap;

use super::{
    Account, Alert, Database, Entry, Environment, IdentityProvider, Monitoring, Name, Owner, Pipeline, Platform,
    Registry, Runs, Secret, Service, Stack, Store, Support, Waiver, Workload,
};
use crate::template::{Addition, Override};

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
    /// What it runs on.
    pub platform: Platform,
    /// What answers requests.
    pub service: Service,
    /// What runs beside it.
    pub workloads: Vec<Workload>,
    /// Where it keeps what it knows.
    pub stores: Vec<Store>,
    /// What is watched.
    pub monitoring: Monitoring,
    /// Who helps when something is wrong; nothing: nobody but whom alarms tell.
    pub support: Option<Support>,
    /// What builds and deploys it.
    pub pipeline: Pipeline,
    /// Where it runs, in the order of a release. The first one keeps the registry.
    pub environments: Vec<Environment>,
    /// Changes past what the model offers: the environment (none: all of them), the stack, the change.
    pub overrides: Vec<(Option<Name>, Stack, Override)>,
    /// Resources past what the model offers: the environment (none: all of them), the stack, the resource.
    pub additions: Vec<(Option<Name>, Stack, Addition)>,
    /// Checks that do not apply, with reasons.
    pub waivers: Vec<Waiver>,
}

impl System {
    /// A service without a database and without environments yet, watched as any service should be.
    #[must_use]
    #[track_caller]
    pub fn new(name: &str, summary: &str, owner: Owner, service: Service, pipeline: Pipeline) -> Self {
        Self {
            name: Name::new(name),
            summary: summary.to_owned(),
            owner,
            registry: Registry::Ecr { releases_kept: 50 },
            platform: Platform::Fargate,
            service,
            workloads: Vec::new(),
            stores: Vec::new(),
            monitoring: Monitoring::of_service(),
            support: None,
            pipeline,
            environments: Vec::new(),
            overrides: Vec::new(),
            additions: Vec::new(),
            waivers: Vec::new(),
        }
    }

    /// Its database, if it keeps what it knows in one.
    #[must_use]
    pub fn database(&self) -> Option<&Database> {
        self.databases().next()
    }

    pub(super) fn databases(&self) -> impl Iterator<Item = &Database> {
        self.stores.iter().filter_map(|store| match store {
            Store::Database(database) => Some(database),
            Store::Secret(_) => None,
        })
    }

    /// The values that nobody but the service reads.
    pub fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.stores.iter().filter_map(|store| match store {
            Store::Secret(secret) => Some(secret),
            Store::Database(_) => None,
        })
    }

    /// The command that brings its database up to date before each release.
    #[must_use]
    pub fn migration(&self) -> Option<&[String]> {
        let mut commands = self.workloads.iter().map(|workload| match &workload.runs {
            Runs::BeforeRelease(command) => command.as_slice(),
        });
        commands.next()
    }

    /// The stacks of an environment, in the order in which they are deployed.
    #[must_use]
    pub fn stacks(&self) -> Vec<Stack> {
        let is_there = |stack: &Stack| match stack {
            Stack::Data | Stack::Migration => self.database().is_some(),
            Stack::Cluster | Stack::Identity => self.kubernetes().is_some(),
            Stack::Service => self.kubernetes().is_none(),
            Stack::Bootstrap | Stack::Permissions | Stack::Network | Stack::Observability => true,
        };
        Stack::ALL.into_iter().filter(is_there).collect()
    }

    /// The name of a stack: `predict-api-dev-network`.
    #[must_use]
    pub fn stack(&self, environment: &Environment, stack: Stack) -> String {
        format!("{}-{}-{stack}", self.name, environment.name)
    }

    /// The name of a resource that has one: `predict-api-dev-deploy`.
    #[must_use]
    pub fn named(&self, environment: &Environment, role: &str) -> String {
        format!("{}-{}-{role}", self.name, environment.name)
    }

    /// The name under which the service answers; none where it answers under the load balancer's own.
    #[must_use]
    pub fn host(&self, environment: &Environment) -> Option<String> {
        match &environment.entry {
            Entry::Https { host } => Some(format!("{host}.{}", self.owner.domain)),
            Entry::Http { .. } => None,
        }
    }

    /// The address of that name.
    #[must_use]
    pub fn url(&self, environment: &Environment) -> Option<String> {
        self.host(environment).map(|host| format!("https://{host}"))
    }

    /// The name of the cluster.
    #[must_use]
    pub fn cluster(&self, environment: &Environment) -> String {
        format!("{}-{}", self.name, environment.name)
    }

    /// The log group of the service. The environment that users see, which is the last one, has the system's own name;
    /// the others, which may be in the same account, add theirs.
    #[must_use]
    pub fn log_group(&self, environment: &Environment) -> String {
        if self.kubernetes().is_some() {
            return format!("/aws/containerinsights/{}/application", self.cluster(environment));
        }
        let is_last = self
            .environments
            .last()
            .is_some_and(|last| last.name == environment.name);
        if is_last {
            return format!("/ecs/{}", self.name);
        }
        format!("/ecs/{}/{}", self.name, environment.name)
    }

    /// The settings of the service in an environment, by name: its own ones take the place of the service's.
    #[must_use]
    pub fn settings<'a>(&'a self, environment: &'a Environment) -> BTreeMap<&'a str, &'a str> {
        let all = self.service.settings.iter().chain(&environment.settings);
        all.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// Its alerts with the roles that name them: the first of a kind has the kind's own, whatever its bounds, and the
    /// others add theirs.
    #[must_use]
    pub fn named_alerts(&self) -> Vec<(String, &Alert)> {
        let mut named: Vec<(String, &Alert)> = Vec::new();
        for alert in &self.monitoring.alerts {
            let is_first = named.iter().all(|(_, other)| other.role() != alert.role());
            let role = if is_first {
                alert.role().to_owned()
            } else {
                format!("{}-{}", alert.role(), alert.when.bounds())
            };
            named.push((role, alert));
        }
        named
    }

    /// The accounts of its environments, each once in a region, in the order of a release.
    #[must_use]
    pub fn accounts(&self) -> Vec<&Account> {
        let mut accounts: Vec<&Account> = Vec::new();
        for environment in &self.environments {
            if accounts
                .iter()
                .all(|it| (&it.id, &it.region) != (&environment.account().id, &environment.account().region))
            {
                accounts.push(environment.account());
            }
        }
        accounts
    }

    /// Whether this environment makes GitHub's identity provider: the first one of an account that has none.
    #[must_use]
    pub fn makes_provider(&self, environment: &Environment) -> bool {
        let mut here = self
            .environments
            .iter()
            .filter(|one| one.account().id == environment.account().id);
        environment.account().identity_provider == IdentityProvider::Make
            && here.next().is_some_and(|first| first.name == environment.name)
    }

    /// The account that keeps the registry: the first environment's. None for a system without an environment, which
    /// [`super::Systems::new`] refuses.
    #[must_use]
    pub fn registry_account(&self) -> Option<&Account> {
        self.environments.first().map(Environment::account)
    }

    /// The paths that must answer after a release.
    pub fn smoke_paths(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.service.health.path).chain(&self.pipeline.smoke_paths)
    }

    /// Whether this is the environment that keeps the registry.
    #[must_use]
    pub fn is_first(&self, environment: &Environment) -> bool {
        self.environments
            .first()
            .is_some_and(|first| first.name == environment.name)
    }
}
