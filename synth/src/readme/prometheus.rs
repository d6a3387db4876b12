//! The Prometheus of a system: how often it asks, and whom its Alertmanager tells of what.

use serde::Serialize;

use super::words::{code, list};
use crate::model::{Burn, Prometheus, Severity, System, To};
use crate::monitoring::prometheus::alertmanager;
use crate::monitoring::prometheus::rules::in_one_word;
use crate::render::{Site, Whole, cluster_folder, from_page};

/// What it is, and how it is given what it must know.
#[derive(Serialize)]
pub(super) struct View {
    /// Seconds between two questions.
    every: u32,
    rows: Vec<Row>,
    /// The secret of Alertmanager, and its keys with what each holds.
    secret: String,
    keys: Vec<Key>,
    /// The folders of the files, one for each environment.
    folders: Vec<String>,
    /// The share of requests that must be answered; empty if nobody counts.
    objective: &'static str,
    burns: Vec<Burns>,
    /// Whether that is sealed, and its keys in the order in which they are asked for.
    sealed: bool,
    typed: String,
}

/// An alert of the objective.
#[derive(Serialize)]
struct Burns {
    name: String,
    severity: &'static str,
    says: &'static str,
}

#[derive(Serialize)]
struct Row {
    severity: &'static str,
    tells: String,
}

#[derive(Serialize)]
pub(super) struct Key {
    name: &'static str,
    /// What it is called in the shell.
    variable: String,
    holds: String,
}

pub(super) fn view(whole: &Whole<'_>) -> Option<View> {
    let system = whole.system;
    let prometheus = system.monitoring.prometheus()?;
    let typed: Vec<String> = alertmanager::keys(prometheus).into_iter().map(code).collect();
    Some(View {
        sealed: system.is_sealed(),
        typed: list(&typed),
        every: prometheus.every.0,
        rows: Severity::ALL
            .map(|severity| Row {
                severity: severity.word(),
                tells: tells(system, prometheus, severity),
            })
            .into(),
        objective: prometheus.objective.map_or("", |objective| objective.failures().1),
        burns: Burn::ALL
            .map(|burn| Burns {
                name: in_one_word(burn.role),
                severity: burn.severity.word(),
                says: burn.says,
            })
            .into(),
        secret: alertmanager::secret(system),
        keys: keys(prometheus),
        folders: whole.sites.iter().map(|site| folder(system, site)).collect(),
    })
}

/// The folder of an environment's files, from where the page stands.
fn folder(system: &System, site: &Site<'_>) -> String {
    let folder = format!("{}/monitoring", cluster_folder(system, site.environment));
    from_page(system, &folder).to_owned()
}

pub(super) fn tells(system: &System, prometheus: &Prometheus, severity: Severity) -> String {
    let all = prometheus.of(severity).map(|to| match to {
        To::Owner(_) => format!("{} by mail", system.owner.notify),
        To::Slack {
            channel,
            mention: false,
        } => format!("`{channel}` on Slack"),
        To::Slack { channel, mention: true } => format!("`{channel}` on Slack, with a mention of everybody there"),
    });
    let all: Vec<String> = all.collect();
    if all.is_empty() {
        "nobody".to_owned()
    } else {
        list(&all)
    }
}

/// What its routes need to know.
pub(super) fn keys(prometheus: &Prometheus) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for route in &prometheus.routes {
        let (name, holds) = match &route.to {
            To::Owner(mail) => (
                alertmanager::MAIL_PASSWORD,
                format!("the password of `{}` at `{}`", mail.from, mail.relay),
            ),
            To::Slack { .. } => (
                alertmanager::SLACK_URL,
                "the address of an incoming webhook of Slack".to_owned(),
            ),
        };
        if keys.iter().all(|key| key.name != name) {
            keys.push(Key {
                name,
                variable: name.replace('-', "_"),
                holds,
            });
        }
    }
    keys
}
