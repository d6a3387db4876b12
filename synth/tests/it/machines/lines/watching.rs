//! What is measured, and when somebody is told.

use serde_json::{Value as Json, json};

use super::{built, file, object};

fn yaml(name: &str) -> Json {
    yaml_serde::from_str(file(name)).unwrap()
}

fn jobs() -> Vec<Json> {
    yaml("k8s/monitoring/prometheus.yml")["scrape_configs"]
        .as_array()
        .unwrap()
        .clone()
}

/// The rules of one alert: one for each environment.
fn rules(alert: &str) -> Vec<Json> {
    let rules = yaml("k8s/monitoring/rules.yml");
    let groups = rules["groups"].as_array().unwrap();
    let all = groups.iter().flat_map(|group| group["rules"].as_array().unwrap());
    let found: Vec<Json> = all.filter(|rule| rule["alert"] == alert).cloned().collect();
    assert!(!found.is_empty(), "{alert}");
    found
}

#[test]
fn s4_25_prometheus_asks_every_15_seconds_and_answers_under_30090() {
    let objects = built("monitoring");
    let ports: Vec<&Json> = objects
        .iter()
        .filter(|it| it["kind"] == "Service" && it["spec"]["type"] == "NodePort")
        .map(|it| &it["spec"]["ports"][0]["nodePort"])
        .collect();
    assert_eq!(ports, [&json!(30090)]);
    assert_eq!(
        object(&objects, "Service", "prometheus")["metadata"]["namespace"],
        "monitoring"
    );
    let config = yaml("k8s/monitoring/prometheus.yml");
    assert_eq!(config["global"]["scrape_interval"], "15s");
    let other = jobs().into_iter().find(|job| !job["scrape_interval"].is_null());
    assert_eq!(other, None);
}

#[test]
fn s4_26_pods_cadvisor_and_kube_state_metrics_are_asked() {
    let jobs = jobs();
    let job = |name: &str| jobs.iter().find(|job| job["job_name"] == name).unwrap();
    let pods = &job("fastapi")["kubernetes_sd_configs"][0]["namespaces"]["names"];
    assert_eq!(pods, &json!(["dev", "stage", "prod"]));
    let kept = job("cadvisor")["metric_relabel_configs"][0]["regex"].as_str().unwrap();
    for word in ["cpu_usage", "memory_working_set", "network_(receive|transmit)"] {
        assert!(kept.contains(word), "{word}");
    }
    assert_eq!(job("cadvisor")["tls_config"]["insecure_skip_verify"], Json::Null);
    let target = &job("kube-state-metrics")["static_configs"][0]["targets"][0];
    assert_eq!(target, "kube-state-metrics.monitoring.svc:8080");
}

#[test]
fn s4_28_to_31_somebody_is_told_of_load_restarts_slow_answers_and_of_what_is_away() {
    for (alert, bound) in [
        ("HighCpu", "> 80"),
        ("HighMemory", "> 80"),
        ("Restarts", "> 0"),
        ("SlowResponses", "> 2"),
        ("TooFewTasks", "< 0"),
        ("BelowMinimum", "< 2"),
        ("UnhealthyTasks", "> 0"),
    ] {
        for rule in rules(alert) {
            assert!(
                rule["expr"].as_str().unwrap().trim_end().ends_with(bound),
                "{alert}: {}",
                rule["expr"]
            );
        }
    }
    let alertmanager = yaml("k8s/monitoring/alertmanager.yml");
    let routes = alertmanager["route"]["routes"].as_array().unwrap();
    let told = Json::from(routes.clone()).to_string();
    assert!(told.contains("critical") && told.contains("warning"), "{told}");
}

#[test]
fn s4_42_prometheus_may_look_at_what_it_asks_and_nothing_else() {
    let objects = built("monitoring");
    let is_its = |it: &&Json| it["metadata"]["name"] == "prometheus" && it["rules"].is_array();
    for role in objects.iter().filter(is_its) {
        for rule in role["rules"].as_array().unwrap() {
            for verb in rule["verbs"].as_array().unwrap() {
                assert!(["get", "list", "watch"].contains(&verb.as_str().unwrap()), "{rule}");
            }
            let words = rule.to_string();
            assert!(!words.contains('*') && !words.contains("secrets"), "{rule}");
        }
    }
    let everywhere: Vec<&Json> = objects
        .iter()
        .filter(is_its)
        .filter(|it| it["kind"] == "ClusterRole")
        .flat_map(|it| it["rules"].as_array().unwrap())
        .flat_map(|rule| rule["resources"].as_array().unwrap())
        .collect();
    assert_eq!(everywhere, [&json!("nodes"), &json!("nodes/metrics")]);
}
