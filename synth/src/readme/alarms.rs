//! The alarms as their templates have them: when they are on, what they say, whom they tell.

use serde::Serialize;
use serde_json::Value as Json;

use super::advice;
use super::words::{self, cell, each, list, plain};
use crate::model::{Severity, System};
use crate::read::template::json::choice;
use crate::render::{Site, Whole};

/// The table, and the alarm that pages.
#[derive(Serialize)]
pub(super) struct View {
    rows: Vec<Row>,
    /// The alarms of which each makes the composite one go off; empty if there is none.
    pages_on: String,
    /// What to look at first, of what people are told of.
    advice: Vec<advice::Row>,
    /// The kinds of event that RDS tells of; empty if there is no database.
    database_events: String,
}

#[derive(Serialize)]
struct Row {
    name: String,
    says: String,
    threshold: String,
    lasting: String,
    missing: String,
    severity: String,
    /// Each environment and what is compared with what there.
    #[serde(skip)]
    limits: Vec<(String, String)>,
    #[serde(skip)]
    for_deployment: bool,
    tells: &'static str,
}

/// An alarm that several environments have is told once: they differ in names and limits and in nothing else.
pub(super) fn view(whole: &Whole<'_>) -> View {
    let mut rows: Vec<Row> = Vec::new();
    for (site, _, _, alarm) in whole.resources().filter(|(.., alarm)| is_alarm(alarm)) {
        let row = row(whole, site, &alarm["Properties"]);
        match rows.iter_mut().find(|other| other.name == row.name) {
            Some(other) => other.limits.extend(row.limits),
            None => rows.push(row),
        }
    }
    for row in &mut rows {
        row.threshold = limits(&row.limits);
    }
    // What people are told comes first, then what only a deployment is told.
    rows.sort_by_key(|row| row.for_deployment);
    let mut subscriptions = whole
        .sites
        .iter()
        .flat_map(|site| site.of_type("AWS::RDS::EventSubscription"));
    let events = subscriptions
        .next()
        .map(|one| each(&one["Properties"]["EventCategories"]));
    let events = events.unwrap_or_default();
    View {
        rows,
        advice: advice::rows(whole.system),
        database_events: if events.is_empty() {
            String::new()
        } else {
            list(&events)
        },
        pages_on: pages_on(whole.system),
    }
}

/// The alarms that page, in words; empty if none does.
fn pages_on(system: &System) -> String {
    let critical = system.named_alerts().into_iter();
    let critical = critical.filter(|(_, alert)| alert.severity == Severity::Critical);
    let names = critical.flat_map(|(role, alert)| {
        let second = alert.second(words::copy(system)).map(|(role, _)| role.to_owned());
        std::iter::once(role).chain(second)
    });
    let names: Vec<String> = names.map(|role| format!("`{role}`")).collect();
    if names.is_empty() { String::new() } else { list(&names) }
}

fn is_alarm(resource: &Json) -> bool {
    resource["Type"].as_str() == Some("AWS::CloudWatch::Alarm")
}

fn row(whole: &Whole<'_>, site: &Site<'_>, alarm: &Json) -> Row {
    let prefix = whole.system.named(site.environment, "");
    let full = plain(&alarm["AlarmName"]);
    let name = full.strip_prefix(&prefix).unwrap_or(&full).to_owned();
    let copy = words::copy(whole.system);
    let alert = whole.system.named_alerts().into_iter().find_map(|(role, alert)| {
        let first = (role, alert.sentence(copy));
        let second = alert.second(copy).map(|(role, says)| (role.to_owned(), says));
        let mut all = std::iter::once(first).chain(second);
        all.find(|(role, _)| *role == name).map(|(_, says)| (alert, says))
    });
    let (alert, says) = alert.unzip();
    let says = says.unwrap_or_else(|| plain(&alarm["AlarmDescription"]));
    Row {
        says: cell(&says),
        threshold: String::new(),
        limits: vec![(site.name().to_owned(), cell(&threshold(alarm)))],
        lasting: lasting(alarm),
        missing: missing(&alarm["TreatMissingData"]),
        for_deployment: alert.is_none(),
        severity: alert.map_or_else(|| "none".to_owned(), |alert| alert.severity.word().to_owned()),
        tells: match (
            each(&alarm["AlarmActions"]).is_empty(),
            each(&alarm["OKActions"]).is_empty(),
        ) {
            (true, _) if alert.is_some() => "`page`, which tells the topic",
            (true, _) => taker(whole),
            (false, true) => "the topic when it begins",
            (false, false) => "the topic when it begins and when it is over",
        },
        name,
    }
}

/// What takes a deployment back.
fn taker(whole: &Whole<'_>) -> &'static str {
    let has = |site: &&Site<'_>| site.of_type("AWS::CodeDeploy::DeploymentGroup").next().is_some();
    match whole.sites.iter().filter(has).count() {
        0 => "ECS, which takes the deployment back",
        all if all == whole.sites.len() => "CodeDeploy, which takes the deployment back",
        _ => "ECS or CodeDeploy, which takes the deployment back",
    }
}

/// One for all environments, or the one of each.
fn limits(limits: &[(String, String)]) -> String {
    match limits {
        [(_, first), rest @ ..] if rest.iter().all(|(_, other)| other == first) => first.clone(),
        all => {
            let each = all
                .iter()
                .map(|(environment, limit)| format!("{limit} in {environment}"));
            each.collect::<Vec<_>>().join("<br>")
        }
    }
}

/// What is compared with what: `CPUUtilization (Average) > 80`.
fn threshold(alarm: &Json) -> String {
    let sign = match alarm["ComparisonOperator"].as_str().unwrap_or_default() {
        "GreaterThanThreshold" => ">",
        "GreaterThanOrEqualToThreshold" => "≥",
        "LessThanThreshold" => "<",
        "LessThanOrEqualToThreshold" => "≤",
        other => other,
    };
    // Before the first image the limit is one that nothing passes.
    let limit = choice(&alarm["Threshold"]).map_or(&alarm["Threshold"], |(_, released, _)| released);
    let limit = match (alarm["MetricName"].as_str(), limit.as_f64()) {
        (Some("FreeStorageSpace"), Some(bytes)) => format!("{} GiB", bytes / f64::from(1_u32 << 30)),
        _ => plain(limit),
    };
    let Some(name) = alarm["MetricName"].as_str() else {
        let queries = alarm["Metrics"].as_array().into_iter().flatten();
        let label = queries.filter_map(|query| query["Label"].as_str()).next_back();
        return format!("{} {sign} {limit}", label.unwrap_or("a computation"));
    };
    let statistic = ["Statistic", "ExtendedStatistic"];
    let statistic = statistic.iter().find_map(|key| alarm[*key].as_str());
    format!("`{name}` ({}) {sign} {limit}", statistic.unwrap_or("as measured"))
}

fn lasting(alarm: &Json) -> String {
    let of = plain(&alarm["EvaluationPeriods"]);
    let most = match &alarm["DatapointsToAlarm"] {
        Json::Null => of.clone(),
        number => plain(number),
    };
    let unit = if of == "1" { "minute" } else { "minutes" };
    format!("{most} of {of} {unit}")
}

fn missing(treatment: &Json) -> String {
    if let Some((_, released, _)) = choice(treatment) {
        return format!("{} once there is an image", missing(released));
    }
    let words = match treatment.as_str() {
        Some("breaching") => "counts as bad",
        Some("notBreaching") => "counts as good",
        Some("ignore") => "changes nothing",
        _ => "is shown as insufficient data",
    };
    words.to_owned()
}
