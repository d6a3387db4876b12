//! What Prometheus is told: whom to ask, and when to tell whom. Its operator reads the objects in any namespace.

use std::collections::BTreeMap;

use super::Place;
use super::workload::PORT;
use crate::k8s::monitoring;
use crate::manifest::{Bundle, Error, IntegerOrText, yaml};
use crate::model::{Environment, Prometheus, System};
use crate::monitoring::prometheus::alertmanager;
use crate::monitoring::prometheus::rules::{Rule, SYSTEM, rules};

/// The namespace that watches.
pub(super) const NAMESPACE: &str = "monitoring";

/// The path that the service tells its figures under.
const FIGURES: &str = "/metrics";

/// The files of an environment below `monitoring/`: their names and their texts.
///
/// # Errors
///
/// [`Error`] if two objects have one name.
pub fn watched(system: &System, environment: &Environment) -> Result<Vec<(&'static str, String)>, Error> {
    let Some(prometheus) = system.monitoring.prometheus() else {
        return Ok(Vec::new());
    };
    let place = Place { system, environment };
    let mut bundle = Bundle::new(system.namespace());
    bundle.add(asked(place, prometheus))?;
    bundle.add(told(place, prometheus))?;
    let objects: Vec<String> = bundle.objects().iter().map(|(_, object)| yaml(&object.json)).collect();
    Ok(vec![
        (
            "alertmanager.yml",
            yaml(&alertmanager::configuration(system, prometheus)),
        ),
        ("prometheus-config.yaml", objects.join("---\n")),
    ])
}

/// Each pod behind the Service is asked by itself.
fn asked(place: Place<'_>, prometheus: &Prometheus) -> monitoring::ServiceMonitor {
    let endpoint = monitoring::ServiceMonitorSpecEndpoints {
        interval: Some(format!("{}s", prometheus.every.0)),
        path: Some(FIGURES.into()),
        port: Some(PORT.into()),
        scrape_timeout: Some(format!("{}s", prometheus.every.0.min(10))),
        ..Default::default()
    };
    let selector = monitoring::ServiceMonitorSpecSelector {
        match_labels: Some(place.labels().selector()),
    };
    monitoring::ServiceMonitor::new(place.own(), monitoring::ServiceMonitorSpec::new([endpoint], selector))
}

fn told(place: Place<'_>, prometheus: &Prometheus) -> monitoring::PrometheusRule {
    let rules = rules(place.system, place.environment, prometheus);
    let group = monitoring::PrometheusRuleSpecGroups {
        rules: Some(rules.into_iter().map(|rule| of(place, rule)).collect()),
        ..monitoring::PrometheusRuleSpecGroups::new(place.system.name.as_str())
    };
    let spec = monitoring::PrometheusRuleSpec {
        groups: Some(vec![group]),
    };
    monitoring::PrometheusRule::new(place.own(), spec)
}

fn of(place: Place<'_>, rule: Rule) -> monitoring::PrometheusRuleSpecGroupsRules {
    monitoring::PrometheusRuleSpecGroupsRules {
        alert: Some(rule.alert),
        annotations: Some(texts([("runbook_url", &rule.runbook), ("summary", &rule.summary)])),
        r#for: rule.lasting.map(|minutes| format!("{minutes}m")),
        labels: Some(texts([
            ("environment", place.environment.name.as_str()),
            ("namespace", place.system.namespace()),
            ("severity", rule.severity),
            (SYSTEM, place.system.name.as_str()),
        ])),
        ..monitoring::PrometheusRuleSpecGroupsRules::new(IntegerOrText::Text(rule.expression))
    }
}

fn texts<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
    pairs.map(|(key, text)| (key.to_owned(), text.to_owned())).into()
}
