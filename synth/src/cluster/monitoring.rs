//! What Prometheus is told: whom to ask, and when to tell whom. Its operator reads the objects in any namespace.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Place;
use super::pods::PORT;
use crate::k8s::monitoring;
use crate::manifest::{Bundle, Error, IntegerOrText};
use crate::model::{Environment, Operator, Prometheus, System};
use crate::monitoring::prometheus::alertmanager;
use crate::monitoring::prometheus::rules::{Rule, SYSTEM, records, rules};
use crate::resources::insights;

/// The namespace that watches.
pub(super) fn namespace() -> &'static str {
    Operator::Prometheus.chart().namespace
}

/// The file that says whom Alertmanager tells.
pub(crate) const ROUTES: &str = "monitoring/alertmanager.yml";

/// The account of Prometheus, as the chart of its operator calls it where what is installed has the chart's name.
pub(crate) const ACCOUNT: &str = "kube-prometheus-stack-prometheus";

/// The path that the service tells its figures under.
pub(crate) const FIGURES: &str = "/metrics";

/// What Prometheus is told.
pub(super) struct Watched {
    /// What its operator reads.
    pub(super) objects: Bundle,
    /// What else it is to ask: what guards the namespace.
    pub(super) guards: Vec<Json>,
    /// What Alertmanager and the agent of `CloudWatch` read: the path of each file, and what it says.
    pub(super) told: [(&'static str, Json); 2],
}

/// What it is told of an environment, if it is there.
pub(super) fn watched(system: &System, environment: &Environment) -> Result<Option<Watched>, Error> {
    let Some(prometheus) = system.monitoring.prometheus() else {
        return Ok(None);
    };
    let place = Place { system, environment };
    let mut objects = Bundle::new(system.namespace(), system.layout());
    objects.add(asked(place, prometheus))?;
    objects.add(told(place, prometheus))?;
    let routes = alertmanager::configuration(system, prometheus);
    Ok(Some(Watched {
        objects,
        guards: guards(place, prometheus),
        told: [(ROUTES, routes), ("monitoring/cloudwatch-config.yaml", insights())],
    }))
}

/// Each pod behind the Service is asked by itself.
fn asked(place: Place<'_>, prometheus: &Prometheus) -> monitoring::ServiceMonitor {
    let endpoint = monitoring::ServiceMonitorSpecEndpoints {
        interval: Some(format!("{}s", prometheus.every.0)),
        path: Some(FIGURES.into()),
        port: Some(PORT.into()),
        scrape_timeout: Some(format!("{}s", prometheus.every.0.min(10))),
    };
    let selector = monitoring::ServiceMonitorSpecSelector {
        match_labels: Some(place.labels().selector()),
    };
    monitoring::ServiceMonitor::new(place.own(), monitoring::ServiceMonitorSpec::new([endpoint], selector))
}

/// Who guards the namespace, as each pod is asked what it refused or saw: the operator, a label of its pods, the name of the
/// port (Gatekeeper, "Metrics"; falcosidekick, "Prometheus").
type Guard = (Operator, [&'static str; 2], &'static str);
const GATEKEEPER: Guard = (Operator::Gatekeeper, ["gatekeeper.sh/system", "yes"], "metrics");
const FALCO: Guard = (Operator::Falco, ["app.kubernetes.io/name", "falcosidekick"], "http");

fn guards(place: Place<'_>, prometheus: &Prometheus) -> Vec<Json> {
    let all = [
        place.system.has_policies().then_some(GATEKEEPER),
        place.system.watches_runtime().then_some(FALCO),
    ];
    let asked = |(operator, [label, value], port): Guard| {
        let chart = operator.chart();
        json!({
            "apiVersion": "monitoring.coreos.com/v1",
            "kind": "PodMonitor",
            "metadata": {
                "name": format!("{}-{}", place.system.workload(), chart.name),
                "namespace": place.system.namespace(),
                "labels": place.labels().all(),
            },
            "spec": {
                "namespaceSelector": { "matchNames": [chart.namespace] },
                "podMetricsEndpoints": [{
                    "interval": format!("{}s", prometheus.every.0),
                    "path": FIGURES,
                    "port": port,
                }],
                "selector": { "matchLabels": { label: value } },
            },
        })
    };
    all.into_iter().flatten().map(asked).collect()
}

fn told(place: Place<'_>, prometheus: &Prometheus) -> monitoring::PrometheusRule {
    let rules = rules(place.system, (place.system.namespace(), place.environment), prometheus);
    let group = monitoring::PrometheusRuleSpecGroups {
        rules: Some(rules.into_iter().map(|rule| of(place, rule)).collect()),
        ..monitoring::PrometheusRuleSpecGroups::new(place.system.name.as_str())
    };
    let records = records(place.system, place.system.namespace(), prometheus).into_iter();
    let records = records.map(|(name, expression)| monitoring::PrometheusRuleSpecGroupsRules {
        record: Some(name),
        ..monitoring::PrometheusRuleSpecGroupsRules::new(IntegerOrText::Text(expression))
    });
    let records: Vec<_> = records.collect();
    let recorded = (!records.is_empty()).then(|| monitoring::PrometheusRuleSpecGroups {
        rules: Some(records),
        ..monitoring::PrometheusRuleSpecGroups::new(format!("{}-objective", place.system.name))
    });
    let spec = monitoring::PrometheusRuleSpec {
        groups: Some(recorded.into_iter().chain([group]).collect()),
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
            ("service", place.system.workload()),
            ("severity", rule.severity),
            (SYSTEM, place.system.name.as_str()),
        ])),
        ..monitoring::PrometheusRuleSpecGroupsRules::new(IntegerOrText::Text(rule.expression))
    }
}

fn texts<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
    pairs.map(|(key, text)| (key.to_owned(), text.to_owned())).into()
}
