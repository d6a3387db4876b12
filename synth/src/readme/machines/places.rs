//! The environments: which branch leads there, who reaches them, how many pods of which size.

use serde::Serialize;

use super::Place;
use crate::cluster::machines::{GOING, STEADY};
use crate::model::{Bounds, Capacity, Namespace, Open, Release};
use crate::readme::words::{cell, code, list};
use crate::workflow::branches::Branches;

/// All environments, and what GitHub knows of them.
#[derive(Serialize)]
pub(super) struct View {
    rows: Vec<Row>,
    names: Vec<String>,
    first: Row,
    last: Row,
    /// The GitHub environment that may publish images, and nothing else.
    registry: String,
    branches: Vec<String>,
    /// The user of the control plane whose keys deploy.
    login: String,
    scales: Vec<Scale>,
    /// The environments whose number of pods is fixed; empty if there are none.
    fixed: String,
    /// How long fewer must do, in minutes; how many pods go then, in how many seconds.
    steady: i64,
    going: (i64, i64),
    /// Why the machine of the control plane takes deployments from everywhere; empty if it does not.
    runners: &'static str,
}

/// An environment.
#[derive(Clone, Serialize)]
struct Row {
    name: String,
    purpose: String,
    branch: String,
    /// What GitHub calls it.
    github: String,
    port: u16,
    pods: String,
    memory: String,
    cpu: String,
    who: &'static str,
    /// Why everybody reaches it; empty if only operators do.
    because: &'static str,
    /// How many pods its quota lets be there.
    quota: u32,
    approved: bool,
    scales: bool,
}

/// How an environment scales.
#[derive(Serialize)]
struct Scale {
    name: String,
    hpa: String,
    min: u32,
    max: u32,
    cpu: u8,
    memory: u8,
    /// From where on there are more: a tenth above what it aims at.
    more: (u32, u32),
    down: Vec<Down>,
}

/// When a pod goes.
#[derive(Serialize)]
struct Down {
    from: u32,
    to: u32,
    cpu: u32,
    memory: u32,
}

pub(super) fn view(place: Place<'_>, branches: &Branches) -> View {
    let namespaces = &place.machines.namespaces;
    let rows: Vec<Row> = namespaces
        .iter()
        .map(|namespace| row(namespace, &branches.prefix))
        .collect();
    let fixed: Vec<String> = rows
        .iter()
        .filter(|row| !row.scales)
        .map(|row| code(&row.name))
        .collect();
    let none = || Row::none();
    View {
        names: rows.iter().map(|row| row.name.clone()).collect(),
        first: rows.first().cloned().unwrap_or_else(none),
        last: rows.last().cloned().unwrap_or_else(none),
        rows,
        registry: branches.registry_environment(),
        branches: branches.names(),
        login: branches.login.clone(),
        scales: namespaces
            .iter()
            .filter_map(|namespace| scale(place, namespace))
            .collect(),
        fixed: if fixed.is_empty() { String::new() } else { list(&fixed) },
        steady: STEADY / 60,
        going: GOING,
        runners: match place.machines.deploys {
            Open::ToOperators => "",
            Open::ToAnybody { because } => because,
        },
    }
}

impl Row {
    /// Where there is none, which the model refuses.
    fn none() -> Self {
        Self {
            name: list::<&str>(&[]),
            purpose: String::new(),
            branch: String::new(),
            github: String::new(),
            port: 0,
            pods: String::new(),
            memory: String::new(),
            cpu: String::new(),
            who: "",
            because: "",
            quota: 0,
            approved: false,
            scales: false,
        }
    }
}

fn row(namespace: &Namespace, prefix: &str) -> Row {
    let (who, because) = match namespace.open {
        Open::ToOperators => ("operators", ""),
        Open::ToAnybody { because } => ("everybody", because),
    };
    let between = |bounds: Bounds, unit: &str| format!("{}{unit}–{}{unit}", bounds.least(), bounds.most());
    Row {
        name: namespace.name.to_string(),
        purpose: cell(&namespace.purpose),
        branch: namespace.branch.clone(),
        github: format!("{prefix}{}", namespace.name),
        port: namespace.port.number(),
        pods: match namespace.capacity {
            Capacity::Fixed(count) => count.to_string(),
            Capacity::Scaling { min, max, .. } => format!("{min} to {max}, as the load asks"),
        },
        memory: between(namespace.amounts.memory, "Mi"),
        cpu: between(namespace.amounts.cpu, "m"),
        who,
        because,
        quota: namespace.most(),
        approved: namespace.release == Release::Approved,
        scales: matches!(namespace.capacity, Capacity::Scaling { .. }),
    }
}

fn scale(place: Place<'_>, namespace: &Namespace) -> Option<Scale> {
    let Capacity::Scaling { min, max, cpu, memory } = namespace.capacity else {
        return None;
    };
    let (of_cpu, of_memory) = (u32::from(cpu.number()), u32::from(memory.number()));
    let down = (min + 1..=max).map(|from| Down {
        from,
        to: from - 1,
        cpu: fits(of_cpu, from),
        memory: fits(of_memory, from),
    });
    Some(Scale {
        name: namespace.name.to_string(),
        hpa: format!("{}-hpa", place.system.workload()),
        min,
        max,
        cpu: cpu.number(),
        memory: memory.number(),
        more: (of_cpu * 11 / 10, of_memory * 11 / 10),
        down: down.collect(),
    })
}

/// At which share one pod fewer would do: what all use must not be more than the aim of the fewer. Kubernetes leaves things as
/// they are within a tenth of the aim.
fn fits(aim: u32, from: u32) -> u32 {
    (aim * (from - 1) / from).min(aim * 9 / 10)
}
