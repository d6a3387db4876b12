//! The architecture as Mermaid, one picture for each environment.

use serde::Serialize;

use super::environments::{size, way_out, zones};
use super::words::{self, count};
use crate::model::{Capacity, Egress, Entry, Environment, Firewall, Identity, Operator, Standby, System};
use crate::render::{Site, Whole};
use crate::resources::entry::target::GATEWAY_PORT;

/// A picture. What it calls `vpc` or `service` is the label of that box.
#[derive(Serialize)]
pub(super) struct Picture {
    environment: String,
    /// The last environment is the one that users see; the others are folded away below it.
    folded: bool,
    account: String,
    registry: String,
    vpc: String,
    firewall: bool,
    listener: &'static str,
    way_out: String,
    /// Whether the way out is endpoints, which stand beside the tasks.
    closed: bool,
    service: String,
    /// The cluster with its version; empty without one.
    cluster: String,
    /// What requests come in by between the load balancer and the pods; empty without a mesh.
    gateway: String,
    /// The secrets that pods read; empty without.
    secrets: String,
    /// How the service comes by them.
    reading: &'static str,
    port: u16,
    /// What measures inside of the cluster, and what guards there; empty without.
    monitoring: &'static str,
    guards: String,
    /// What the database is; empty where there is none.
    database: String,
    logs: String,
    alarms: String,
    panels: String,
}

pub(super) fn pictures(whole: &Whole<'_>) -> Vec<Picture> {
    let last = whole.sites.len().saturating_sub(1);
    let all = whole.sites.iter().enumerate();
    let pictures = all.map(|(index, site)| picture(whole, site, index != last));
    pictures.rev().collect()
}

fn picture(whole: &Whole<'_>, site: &Site<'_>, folded: bool) -> Picture {
    let (system, environment) = (whole.system, site.environment);
    let number = |all: usize, thing| count(u32::try_from(all).unwrap_or(u32::MAX), thing);
    Picture {
        environment: site.name().to_owned(),
        folded,
        account: format!(
            "AWS account {}, {}",
            environment.account().id,
            environment.account().region.as_str()
        ),
        registry: system.name.to_string(),
        vpc: format!("VPC {}, {}", environment.network().cidr.vpc(), zones(environment)),
        firewall: environment.firewall() != Firewall::Off,
        listener: match environment.entry {
            Entry::Https { .. } => "HTTPS 443<br/>redirect from 80",
            Entry::Http { .. } => "HTTP 80",
        },
        way_out: way_out(site),
        closed: environment.network().egress == Egress::Endpoints,
        service: format!(
            "{} of<br/>{}",
            copies(system, environment),
            size(environment.scale.size)
        ),
        cluster: cluster(system, environment),
        gateway: if system.is_meshed() {
            format!("gateway of the mesh<br/>port {GATEWAY_PORT}")
        } else {
            String::new()
        },
        secrets: secrets(system, environment),
        reading: reading(system),
        port: system.service.port.number(),
        monitoring: measures(system),
        guards: guards(system),
        database: database(system, environment),
        logs: system.log_group(environment),
        alarms: number(site.of_type("AWS::CloudWatch::Alarm").count(), "alarm"),
        panels: number(system.monitoring.panels.len(), "panel"),
    }
}

/// What measures in the cluster; nothing where nobody does.
fn measures(system: &System) -> &'static str {
    let told = "Prometheus, Alertmanager, Grafana";
    system.monitoring.prometheus().map_or("", |_| told)
}

/// The cluster with its version; nothing without one.
fn cluster(system: &System, environment: &Environment) -> String {
    system.kubernetes().map_or_else(String::new, |kubernetes| {
        format!("{}, {}", system.cluster(environment), kubernetes.version)
    })
}

/// What runs in the cluster so that nothing else does: those of its operators that guard.
fn guards(system: &System) -> String {
    let names = system.operators().filter_map(|installed| match installed.operator {
        Operator::ExternalSecrets => Some("External Secrets"),
        Operator::SealedSecrets => Some("Sealed Secrets"),
        Operator::Gatekeeper => Some("Gatekeeper"),
        Operator::Kyverno => Some("Kyverno"),
        Operator::Falco => Some("Falco"),
        _ => None,
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The names of the secrets in the account.
fn secrets(system: &System, environment: &Environment) -> String {
    let names = system.secrets().map(|one| system.secret(environment, one));
    names.collect::<Vec<_>>().join("<br/>")
}

/// How the service comes by them.
fn reading(system: &System) -> &'static str {
    if system.has_only_files() {
        "brought as files by External Secrets"
    } else {
        match system.identity() {
            Some(Identity::Signed) => "read by a role of its own",
            _ => "read by Pod Identity",
        }
    }
}

/// How many run: `2 to 10 tasks`.
fn copies(system: &System, environment: &Environment) -> String {
    let copy = words::copy(system);
    match environment.scale.capacity {
        Capacity::Fixed(number) => count(number, copy),
        Capacity::Scaling { min, max, .. } => format!("{min} to {max} {copy}s"),
    }
}

/// What the database is; nothing without one.
fn database(system: &System, environment: &Environment) -> String {
    let Some(database) = system.database() else {
        return String::new();
    };
    let standby = match environment.database.standby {
        Standby::OtherZone => "<br/>standby in another zone",
        Standby::None => "",
    };
    let class = environment.database.class.name();
    format!("{}<br/>{class}{standby}", database.engine.title())
}
