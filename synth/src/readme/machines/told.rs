//! What is watched: a row for each alert, and whom it tells.

use serde::Serialize;

use super::Place;
use crate::cluster::machines::{KEEPS, MEASURES, ROOM};
use crate::model::{Namespace, Prometheus, Severity, System, When};
use crate::monitoring::cloudwatch::On;
use crate::monitoring::prometheus::alertmanager;
use crate::monitoring::prometheus::rules::{self, Rule};
use crate::readme::words::{cell, list};
use crate::readme::{advice, prometheus};

/// Prometheus, its alerts and its Alertmanager.
#[derive(Serialize)]
pub(super) struct View {
    namespace: &'static str,
    every: u32,
    /// How long it remembers, how much of that, and how much room it has.
    keeps: (&'static str, &'static str),
    room: u32,
    rows: Vec<Row>,
    tells: Vec<Tells>,
    secret: String,
    keys: Vec<prometheus::Key>,
}

#[derive(Serialize)]
struct Row {
    alert: String,
    says: String,
    bound: String,
    lasting: String,
    severity: &'static str,
    first: &'static str,
    /// The environments with their bounds.
    #[serde(skip)]
    bounds: Vec<(String, String)>,
}

#[derive(Serialize)]
struct Tells {
    severity: &'static str,
    whom: String,
}

pub(super) fn view(place: Place<'_>) -> Option<View> {
    let prometheus = place.system.monitoring.prometheus()?;
    Some(View {
        namespace: MEASURES.0,
        every: prometheus.every.0,
        keeps: KEEPS,
        room: ROOM,
        rows: rows(place, prometheus),
        tells: Severity::ALL
            .map(|severity| Tells {
                severity: severity.word(),
                whom: prometheus::tells(place.system, prometheus, severity),
            })
            .into(),
        secret: alertmanager::secret(place.system),
        keys: prometheus::keys(prometheus),
    })
}

/// An alert that several environments have is told once.
fn rows(place: Place<'_>, prometheus: &Prometheus) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for namespace in &place.machines.namespaces {
        for rule in of(place.system, namespace, prometheus) {
            let bound = (namespace.name.to_string(), bound(&rule));
            match rows.iter_mut().find(|row| row.alert == rule.alert) {
                Some(row) => row.bounds.push(bound),
                None => rows.push(row(place.system, &rule, bound)),
            }
        }
    }
    for row in &mut rows {
        row.bound = together(&row.bounds);
    }
    rows
}

fn of(system: &System, namespace: &Namespace, prometheus: &Prometheus) -> Vec<Rule> {
    rules::rules(system, (namespace.name.as_str(), namespace), prometheus)
}

/// The last line of an expression compares.
fn bound(rule: &Rule) -> String {
    let last = rule.expression.lines().next_back().unwrap_or_default();
    cell(last)
}

/// One bound, or each with its environments.
fn together(bounds: &[(String, String)]) -> String {
    match bounds {
        [(_, first), rest @ ..] if rest.iter().all(|(_, other)| other == first) => first.clone(),
        all => {
            let each: Vec<String> = all.iter().map(|(name, bound)| format!("{bound} in {name}")).collect();
            list(&each)
        }
    }
}

fn row(system: &System, rule: &Rule, bound: (String, String)) -> Row {
    Row {
        alert: rule.alert.clone(),
        says: cell(&rule.summary),
        bound: String::new(),
        lasting: match rule.lasting {
            None => "at once".to_owned(),
            Some(minutes) => crate::readme::words::count(minutes, "minute"),
        },
        severity: rule.severity,
        first: first(system, &rule.alert),
        bounds: vec![bound],
    }
}

/// What to look at first.
fn first(system: &System, alert: &str) -> &'static str {
    let copy = On::of(system).unit();
    let named = system.named_alerts().into_iter().find(|(role, one)| {
        let second = one.second(copy).map(|(role, _)| role);
        std::iter::once(role.as_str())
            .chain(second)
            .any(|role| rules::in_one_word(role) == alert)
    });
    match named.map(|(_, alert)| alert.when) {
        // Nothing but Kubernetes itself asks a pod here.
        Some(When::UnhealthyTask) => {
            "`kubectl describe pod`: what its readiness probe got, then its log; all pods at once: the network policy, or the port"
        }
        Some(when) => advice::first_look(when, On::of(system)),
        None => "when the answers 5xx began: a release just before is rolled back",
    }
}
