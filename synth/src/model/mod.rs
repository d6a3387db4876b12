//! What a system is, in words a reader already has. Nothing here knows CloudFormation.
//!
//! A [`System`] is one value of about a screen. What cannot be together cannot be written: a Fargate size is one that
//! exists ([`Size::of`]), a service that scales has no fixed number of tasks ([`Capacity`]), plain HTTP needs a reason
//! ([`Entry`]). What types cannot say, constructors refuse with an [`Error`] that names the field.

mod account;
mod alert;
mod check;
mod dashboard;
mod database;
mod environment;
mod example;
mod github;
mod network;
mod owner;
mod registry;
mod service;
mod system;
mod text;
mod together;
mod waiver;

pub use account::{Account, Region};
pub use alert::{Alert, Percentile, Severity, When};
pub use dashboard::{Dashboard, Panel};
pub use database::{Database, Days, Engine, Instance, InstanceClass, Monitoring, Standby, Storage};
pub use environment::{Entry, Environment, Firewall, Keeping, Release, Retention};
pub use github::{Files, GitHubRepository, IdentityProvider, Pipeline, Repository, Subject};
pub use network::{Cidr, Egress, Network, Zones};
pub use owner::Owner;
pub use registry::Registry;
pub use service::{BlueGreenBy, Capacity, Health, Minutes, Percent, Port, Seconds, Service, Shift, Size, Strategy};
pub use system::{BY_HAND, System};
pub use text::{AccountId, CertificateArn, Domain, Email, Name};
pub use together::together;
pub use waiver::{Checker, Waiver};

pub use crate::template::Override;

/// What is impossible about a value of a system.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{field}: `{saw}` {problem}; {help}")]
pub struct Error {
    /// The field, as it is written in the model: `Environment.name`.
    pub field: &'static str,
    /// What was given.
    pub saw: String,
    /// What is wrong with it.
    pub problem: &'static str,
    /// What to do.
    pub help: String,
}
