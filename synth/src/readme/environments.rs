//! The environments side by side: they differ in these values and in nothing else.

use serde::Serialize;

use super::database;
use super::words::{self, count, list};
use crate::model::{
    BlueGreenBy, Capacity, Cluster, Egress, Entry, Environment, Firewall, Keeping, Kubernetes, Nodes, Release, Shift,
    Size, Strategy, System,
};
use crate::render::{Site, Whole};

/// A line of the table.
#[derive(Clone, Serialize)]
pub(super) struct Row {
    what: String,
    values: Vec<String>,
}

/// The table.
#[derive(Serialize)]
pub(super) struct View {
    names: Vec<String>,
    /// `dev and prod`.
    listed: String,
    rows: Vec<Row>,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let names: Vec<String> = whole.sites.iter().map(|site| site.name().to_owned()).collect();
    View {
        listed: list(&names),
        names,
        rows: [of_all(whole), of_some(whole)].concat(),
    }
}

fn row(whole: &Whole<'_>, what: &str, of: &dyn Fn(&Site<'_>) -> String) -> Row {
    Row {
        what: what.to_owned(),
        values: whole.sites.iter().map(|site| words::cell(&of(site))).collect(),
    }
}

/// What every environment has.
fn of_all(whole: &Whole<'_>) -> Vec<Row> {
    let row = |what: &str, of: &dyn Fn(&Site<'_>) -> String| row(whole, what, of);
    let system = whole.system;
    let size_of_one = format!("Size of a {}", words::copy(system));
    vec![
        row("Address", &|site| address(system, site.environment)),
        row("Network", &network),
        row("Way out of it", &way_out),
        row("Firewall", &|site| firewall(site.environment.firewall())),
        row(&size_of_one, &|site| size(site.environment.scale.size)),
        row(&words::copies(system), &|site| {
            capacity(site.environment.scale.capacity)
        }),
        row("A new version", &|site| strategy(system, site.environment.strategy)),
        row("Release", &|site| release(site.environment.release).to_owned()),
        row("Logs are kept for", &|site| {
            format!("{} days", site.environment.logs.days())
        }),
        row("When it is deleted", &|site| {
            keeping(system, site.environment.keeping).to_owned()
        }),
    ]
}

/// What the environments of some systems have.
fn of_some(whole: &Whole<'_>) -> Vec<Row> {
    let row = |what: &str, of: &dyn Fn(&Site<'_>) -> String| row(whole, what, of);
    let system = whole.system;
    let mut rows = Vec::new();
    if let Some(kubernetes) = system.kubernetes() {
        let how = format!("Kubernetes {}, {}", kubernetes.version, machines(kubernetes));
        rows.push(row("Cluster", &|site| {
            format!("`{}`, {how}", system.cluster(site.environment))
        }));
    }
    if whole.sites.iter().any(|site| !site.environment.settings.is_empty()) {
        rows.push(row("Settings of its own", &settings));
    }
    if system.database().is_some() {
        rows.extend([
            row("Database", &|site| database::instance(site.environment)),
            row("Its care", &|site| database::care(site.environment)),
            row("Its connections", &|site| database::connections(site.environment)),
        ]);
    }
    rows
}

pub(super) fn address(system: &System, environment: &Environment) -> String {
    match &environment.entry {
        Entry::Https { .. } => system.url(environment).unwrap_or_default(),
        Entry::Http { because } => format!("plain HTTP at the load balancer's own name: {because}"),
    }
}

fn network(site: &Site<'_>) -> String {
    let network = site.environment.network();
    format!("{}, {}", network.cidr.vpc(), zones(site.environment))
}

pub(super) fn zones(environment: &Environment) -> String {
    count(environment.network().zones.count(), "zone")
}

/// How many interface endpoints there are.
fn endpoints(site: &Site<'_>) -> u32 {
    let all = site.of_type("AWS::EC2::VPCEndpoint");
    let interfaces = all.filter(|endpoint| endpoint["Properties"]["VpcEndpointType"].as_str() == Some("Interface"));
    u32::try_from(interfaces.count()).unwrap_or(u32::MAX)
}

/// What the pods of a cluster run on.
pub(super) fn machines(kubernetes: &Kubernetes) -> String {
    let Cluster::Eks(eks) = kubernetes.cluster;
    match eks.nodes {
        Nodes::Auto => "EKS Auto Mode".to_owned(),
        Nodes::Group(group) => format!("{} machines `{}`", group.count.running(), group.machine.name()),
    }
}

/// The way out in words.
pub(super) fn way_out(site: &Site<'_>) -> String {
    match site.environment.network().egress {
        Egress::NatPerZone => "a NAT gateway in each zone".to_owned(),
        Egress::OneNat => "one NAT gateway".to_owned(),
        Egress::Endpoints => format!("{}, no internet", count(endpoints(site), "interface endpoint")),
    }
}

fn firewall(firewall: Firewall) -> String {
    match firewall {
        Firewall::On {
            requests_in_five_minutes,
        } => format!("AWS WAF with managed rules, {requests_in_five_minutes} requests in five minutes an address"),
        Firewall::Off => "none".to_owned(),
    }
}

pub(super) fn size(size: Size) -> String {
    let cpu = f64::from(size.cpu()) / 1024.0;
    let memory = f64::from(size.memory()) / 1024.0;
    format!("{cpu} vCPU, {memory} GiB")
}

fn capacity(capacity: Capacity) -> String {
    match capacity {
        Capacity::Fixed(count) => count.to_string(),
        Capacity::Scaling { min, max, cpu, memory } => {
            let (cpu, memory) = (cpu.number(), memory.number());
            format!("{min} to {max}, aiming at {cpu} % CPU and {memory} % memory")
        }
    }
}

pub(super) fn strategy(system: &System, strategy: Strategy) -> String {
    let Strategy::BlueGreen { by, shift, bake } = strategy else {
        let copies = words::copies(system).to_lowercase();
        return format!("rolling: never fewer {copies} than asked for, back by itself when it fails");
    };
    let by = match by {
        BlueGreenBy::Ecs => "ECS",
        BlueGreenBy::CodeDeploy => "CodeDeploy",
    };
    let shift = match shift {
        Shift::AllAtOnce => "all traffic at once".to_owned(),
        Shift::Canary { first, bake } => format!(
            "{} % of the traffic first, the rest after {}",
            first.number(),
            count(bake.0, "minute")
        ),
        Shift::Linear { step, bake } => {
            format!(
                "{} % of the traffic at a time, {} each",
                step.number(),
                count(bake.0, "minute")
            )
        }
    };
    let bake = count(bake.0, "minute");
    format!("blue/green by {by}: {shift}; the old version stays for {bake}")
}

fn release(release: Release) -> &'static str {
    match release {
        Release::Automatic => "by itself",
        Release::Approved => "after a person has approved it on GitHub",
    }
}

fn keeping(system: &System, keeping: Keeping) -> &'static str {
    match keeping {
        Keeping::Keep if system.secrets().next().is_some() => "deletion protection; logs, keys and secrets stay",
        Keeping::Keep => "deletion protection; logs and keys stay",
        Keeping::Disposable => "it goes, but for the registry and the access logs",
    }
}

/// The settings that are others than the service's.
fn settings(site: &Site<'_>) -> String {
    let own = site.environment.settings.iter();
    let own: Vec<String> = own.map(|(name, value)| format!("`{name}={value}`")).collect();
    if own.is_empty() { "none".to_owned() } else { list(&own) }
}
