//! What an environment has of its own, and what can be there more than once.

use serde_json::json;
use synth::model::{Alert, Percent, Percentile, Severity, When};
use synth::systems::{cars_api, predict_api};

use super::out;

/// The value of a variable of a container.
fn variable(out: &super::Out, template: &str, name: &str) -> serde_json::Value {
    let variables = out.at(template, "TaskDefinition", "/ContainerDefinitions/0/Environment");
    let variables = variables.as_array().unwrap();
    let found = variables.iter().find(|variable| variable["Name"] == name).unwrap();
    found["Value"].clone()
}

#[test]
fn a_setting_of_an_environment_takes_the_place_of_the_services_there_and_in_its_migration() {
    let mut system = cars_api();
    system.environments[0].settings = vec![("LOG_LEVEL".into(), "debug".into())];
    let out = out(&system);
    let templates = ["dev/service", "dev/migration", "prod/service", "prod/migration"];
    let levels = templates.map(|template| variable(&out, template, "LOG_LEVEL"));
    assert_eq!(levels, ["debug", "debug", "info", "info"]);
    let readme = &out.rendered.files["out/cars-api/README.md"];
    assert!(readme.contains("| Settings of its own | `LOG_LEVEL=debug` | none |"));
}

#[test]
fn a_second_alert_of_a_kind_has_an_alarm_and_the_first_keeps_its_own() {
    let mut system = predict_api();
    system.monitoring.alerts.extend([
        Alert::of(When::SlowerThan(Percentile::P99, 800), 2, Severity::Critical),
        Alert::of(When::CpuAbove(Percent::of::<95>()), 2, Severity::Critical),
    ]);
    let out = out(&system);
    let at = |id, path| out.at("dev/observability", id, path).clone();
    let found = [
        at("SlowResponsesAlarm", "/ExtendedStatistic"),
        at("SlowResponsesP99Over800Alarm", "/ExtendedStatistic"),
        at("HighCpuAlarm", "/Threshold"),
        at("HighCpuOver95Alarm", "/Threshold"),
    ];
    assert_eq!(found, [json!("p95"), json!("p99"), json!(80), json!(95)]);
    let errors: Vec<_> = out.rendered.findings.iter().map(|finding| &finding.message).collect();
    assert_eq!(errors, Vec::<&String>::new());
}

#[test]
fn a_path_with_a_query_reaches_the_load_balancer_and_the_smoke_test() {
    let mut system = predict_api();
    system.service.health.path = "/health?deep=1".into();
    system.pipeline.smoke_paths = vec!["/predict?dry=1&of=all".into()];
    let out = out(&system);
    let path = out.all("dev/service", "AWS::ElasticLoadBalancingV2::TargetGroup")[0]["HealthCheckPath"].clone();
    assert_eq!(path, "/health?deep=1");
    let asked = "/health?deep=1 /predict?dry=1&of=all";
    let asks = out.rendered.files.values().filter(|text| text.contains(asked));
    assert!(asks.count() > 0);
    assert_eq!(out.rendered.findings.len(), 0);
}
