//! What a system is, in words a reader already has. Nothing here knows CloudFormation.
//!
//! A [`System`] is one value of about a screen. What cannot be together cannot be written: a Fargate size is one that
//! exists ([`Size::of`]), a service that scales has no fixed number of tasks ([`Capacity`]), plain HTTP needs a reason
//! ([`Entry`]). What types cannot say, [`Systems::new`] refuses: it looks at all systems that stand side by side and
//! tells everything that is impossible, each with its field and its place in the source. Only what it took can be
//! rendered.

mod account;
mod address;
mod alert;
mod at;
mod chart;
mod check;
mod cloud;
mod database;
mod eks;
mod environment;
mod error;
mod example;
mod github;
mod guard;
mod kubeadm;
mod machines;
mod mesh;
mod mesh_chart;
mod monitoring;
mod namespace;
mod neighbours;
mod network;
mod nodes;
mod number;
mod operator;
mod owner;
mod panel;
mod place;
mod platform;
mod region;
mod registry;
pub mod room;
mod scrutiny;
mod service;
mod size;
mod stack;
mod store;
mod support;
mod system;
mod systems;
mod text;
mod together;
mod variable;
mod version;
mod waiver;
mod workload;

pub use account::Account;
pub use alert::{Alert, Percentile, Severity, When};
pub use at::{At, Scale};
pub use chart::{Asks, Chart, Image, Standard};
pub use cloud::{Cloud, State};
pub use database::{Database, Days, Engine, Insight, Instance, InstanceClass, Standby, Storage};
pub use eks::{Eks, Endpoint, Identity};
pub use environment::{Entry, Environment, Firewall, Keeping, Release, Retention};
pub use error::{Error, Errors};
pub use github::{Files, GitHubRepository, IdentityProvider, Pipeline, Renderer, Repository, Subject};
pub use guard::{Bootstrap, Runtime, Signatures};
pub use kubeadm::Kubeadm;
pub use machines::{Ground, Host, Kind, Machines, Open, Outside, PODS, SERVICES};
pub use mesh::Mesh;
pub use monitoring::{Burn, By, Mail, Monitoring, Objective, Prometheus, Route, To};
pub use namespace::{Amounts, Bounds, Namespace};
pub use network::{Cidr, Egress, Network, Zones};
pub use nodes::{Architecture, Count, Machine, NodeGroup, Nodes};
pub use number::{Minutes, NodePort, OfHundred, Percent, Port, Seconds, Share};
pub use operator::{Installed, Operator, Pin};
pub use owner::Owner;
pub use panel::Panel;
pub use place::Place;
pub use platform::{Admission, Cluster, Kubernetes, Platform};
pub use region::Region;
pub use registry::Registry;
pub use scrutiny::{Answer, Development, Scrutiny, Tells, Trial};
pub use service::{BlueGreenBy, Capacity, Health, Service, Shift, Strategy};
pub use size::{Exists, Fargate, Size};
pub use stack::Stack;
pub use store::{Called, Reaches, Secret, Store};
pub use support::Support;
pub use system::System;
pub use systems::{Checked, Systems};
pub use text::{
    AccountId, Block, CertificateArn, Channel, CloudProject, CloudZone, Digest, Domain, Email, HostName, HubImage,
    Name, ObjectName, Phone, Relay, WebAddress,
};
pub use variable::Variable;
pub use version::Version;
pub use waiver::{Checker, Waiver};
pub use workload::{Need, Runs, Workload};

pub use crate::manifest::Layout;
pub use crate::template::{Addition, Change, Override, Policy};
