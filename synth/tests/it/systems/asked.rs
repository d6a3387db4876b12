//! What Prometheus is asked by rules and dashboards, and who tells it.

use super::S3;
use std::collections::{BTreeMap, BTreeSet};
use synth::checks::across::queries;
use synth::checks::{Level, Options};
use synth::read::manifest::{Object, Objects};
use synth::read::promql::{self, Parsed, Selector, Variables};
use synth::read::{self, Document};
use synth::schema::metrics;

/// What Prometheus is asked: its objects and the dashboard, with a text of them replaced.
fn asking(from: &str, to: &str) -> Vec<Document> {
    let files = ["prometheus-config.yaml", "grafana-dashboard.json"].map(|name| {
        let path = format!("out/healthcare-api/monitoring/{name}");
        let text = S3.rendered.files[&path].replace(from, to);
        read::documents(&path, &text).unwrap()
    });
    files.into_iter().flatten().collect()
}

/// The labels of each series that the services tell.
fn of_service() -> BTreeMap<&'static str, Vec<&'static str>> {
    let lines = include_str!("../../../../app/service/src/figures.txt").lines();
    let words = lines.map(|line| line.split(' ').collect::<Vec<_>>());
    words.map(|words| (words[0], words[1..].to_vec())).collect()
}

#[test]
fn all_that_is_asked_for_is_told_by_somebody() {
    let documents = asking("HighCpu", "HighCpu");
    let objects = Objects::new(&documents);
    let recorded: BTreeSet<String> = promql::recorded(&documents, &objects).into_iter().collect();
    let of_service = of_service();
    let mut tellers = BTreeSet::new();
    for asked in promql::all(&documents, &objects) {
        let Parsed::Query(selectors) = promql::parse(&asked.text, Variables::Grafana) else {
            panic!("{}", asked.text)
        };
        for Selector { name, matchers, .. } in selectors {
            // A regular expression of names is Gatekeeper's alone, which has two.
            let name = name.unwrap_or_else(|| "gatekeeper_validation_request_count".to_owned());
            let told = metrics::teller(&name).map(|(exporter, labels)| (exporter.name, labels));
            let told = told.or_else(|| Some(("the service", of_service.get(name.as_str())?.as_slice())));
            let Some((teller, labels)) = told else {
                assert!(recorded.contains(&name), "nobody tells {name}");
                continue;
            };
            tellers.insert(teller);
            let has = |label: &str| labels.contains(&"*") || metrics::has(labels, label);
            let all = matchers.iter().all(|matcher| has(&matcher.label));
            assert!(all, "{name} has not all of {matchers:?}");
        }
    }
    let tellers = tellers.into_iter().collect::<Vec<_>>().join(", ");
    let all = "Gatekeeper, Prometheus, cAdvisor, falcosidekick, kube-state-metrics, the service";
    assert_eq!(tellers, all);
}

/// The chart of Prometheus' operator brings those of its exporters.
#[test]
fn whoever_is_not_of_the_chart_has_a_monitor_of_its_own() {
    let documents = asking("HighCpu", "HighCpu");
    let objects = Objects::new(&documents);
    let monitors = objects.all().iter().filter(|object| object.kind.ends_with("Monitor"));
    let monitors: Vec<&str> = monitors.filter_map(Object::name).collect();
    let own = "healthcare-prediction-api";
    assert_eq!(
        monitors,
        [own.to_owned(), format!("{own}-gatekeeper"), format!("{own}-falco")]
    );
}

#[test]
fn what_prometheus_would_not_understand_or_be_told_is_found_when_it_is_rendered() {
    let found = |from: &str, to: &str| {
        let findings = queries::judge(&asking(from, to), &Options::default()).into_iter();
        let told = findings.map(|it| (it.rule, it.level));
        told.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(found("HighCpu", "HighCpu"), []);
    let mistyped = found("kube_deployment_spec_replicas", "kube_deployment_spec_replica");
    assert_eq!(mistyped, [("unexposed-metric", Level::Warning)]);
    let label = found("phase=", "phse=");
    assert_eq!(label, [("absent-label", Level::Warning)]);
    let range = found("[2m]", "[2min]");
    assert_eq!(
        range,
        [("malformed-query", Level::Error), ("malformed-query", Level::Warning)]
    );
}
