//! When Prometheus tells, as rules.

use super::objective;
use super::query::{Names, measured};
use crate::model::{Alert, Burn, Objective, Prometheus, System};
use crate::monitoring::{Extent, Measure, Side, Unknown, Watch};

/// A rule, in words that a rule has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Its name: `HighCpu`.
    pub(crate) alert: String,
    /// What is so when it tells.
    pub(crate) expression: String,
    /// How long it must be so, in minutes; nothing for what has happened already.
    pub(crate) lasting: Option<u32>,
    /// How much it matters.
    pub(crate) severity: &'static str,
    /// What it says.
    pub(crate) summary: String,
    /// The section of a page that says what to do.
    pub(crate) runbook: String,
}

/// The label of rules by which an alert of a system is known from those that come with the operator.
pub(crate) const SYSTEM: &str = "system";

/// What pods are called one by one.
const COPY: &str = "pod";

/// The rules of a system's alerts in a namespace; what no metric of a cluster tells has none.
pub(crate) fn rules<'a>(
    system: &System,
    (namespace, extent): (&str, impl Into<Extent<'a>>),
    prometheus: &Prometheus,
) -> Vec<Rule> {
    let names = Names::of(system, namespace, prometheus.every.0);
    let extent = extent.into();
    let all = system.named_alerts().into_iter();
    let alerts = all.flat_map(|(role, alert)| {
        let watch = Watch::of(alert, extent);
        let first = rule(system, &names, (&role, alert.sentence(COPY)), alert, &watch);
        let second = alert.second(COPY).and_then(|(role, says)| {
            let watch = Watch::below_minimum(alert, extent);
            rule(system, &names, (role, says), alert, &watch)
        });
        first.into_iter().chain(second)
    });
    let objective = prometheus.objective.into_iter();
    let burns = objective.flat_map(|objective| Burn::ALL.map(|burn| of_burn(system, &names, &burn, objective)));
    alerts.chain(burns).collect()
}

/// What is recorded beside the rules: the name of each record, and what it is.
pub(crate) fn records(system: &System, namespace: &str, prometheus: &Prometheus) -> Vec<(String, String)> {
    let names = Names::of(system, namespace, prometheus.every.0);
    prometheus
        .objective
        .map_or_else(Vec::new, |_| objective::records(&names))
}

fn of_burn(system: &System, names: &Names, burn: &Burn, objective: Objective) -> Rule {
    let (_, share) = objective.failures();
    Rule {
        alert: in_one_word(burn.role),
        expression: objective::burns(names, burn, objective),
        lasting: None,
        severity: burn.severity.word(),
        summary: format!(
            "what {share} of 30 days leave for faults is used up too fast: {}",
            burn.says
        ),
        runbook: runbook(system),
    }
}

fn rule(system: &System, names: &Names, (role, summary): (&str, String), alert: &Alert, watch: &Watch) -> Option<Rule> {
    let measured = measured(names, watch.measure)?;
    let measured = match watch.unknown {
        Unknown::Bad => format!("({measured} or vector(0))"),
        Unknown::Good | Unknown::Shown => measured,
    };
    let sign = match watch.side {
        Side::Above => '>',
        Side::Below => '<',
    };
    Some(Rule {
        alert: in_one_word(role),
        expression: format!("{measured}\n{sign} {}", watch.bound),
        lasting: (!matches!(watch.measure, Measure::Growth(_))).then_some(watch.lasting.minutes),
        severity: alert.severity.word(),
        summary,
        runbook: runbook(system),
    })
}

/// `HighCpu` of `high-cpu`.
pub(crate) fn in_one_word(role: &str) -> String {
    let words = role.split('-');
    words.map(crate::monitoring::chart::in_capitals).collect()
}

/// Where the system's page says what to do about alarms.
pub(crate) fn runbook(system: &System) -> String {
    let github = &system.owner.github;
    format!(
        "https://github.com/{}/{}/blob/main/out/{}/README.md#what-is-watched",
        github.owner, github.name, system.name
    )
}
