//! What Prometheus is asked, by its rules and by dashboards: what it does not understand, and what nobody tells it.

use super::{documents, lines};
use synth_reader::checks::across::queries;
use synth_reader::checks::{Finding, Options, manifest};

fn judge(text: &str) -> Vec<Finding> {
    queries::judge(&documents(text), &Options::default())
}

/// A rule of the operator's.
fn rule(expression: &str) -> String {
    let expression = serde_json::to_string(expression).unwrap();
    format!(
        "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {{name: a}}\nspec:\n  groups:\n    - name: \
         a\n      rules:\n        - alert: A\n          expr: {expression}\n"
    )
}

/// A dashboard that asks one thing, of whom it is said.
fn dashboard(expression: &str, source: &str) -> String {
    serde_json::json!({
        "title": "a",
        "panels": [{ "title": "row", "panels": [{
            "title": "P",
            "targets": [{ "expr": expression, "datasource": { "type": source } }],
        }] }],
    })
    .to_string()
}

fn told(text: &str) -> String {
    let findings = judge(text).into_iter();
    let lines = findings.map(|it| {
        let help = it.help.unwrap_or_default();
        format!("{} {}: {}; {help}", it.level.name(), it.rule, it.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_of_every_rule_breaks_it_alone_and_what_to_write_instead_breaks_none() {
    for rule in queries::RULES {
        let found: Vec<_> = judge(rule.example).iter().map(|it| (it.rule, it.level)).collect();
        assert_eq!(found, [(rule.name, rule.level)]);
        assert_eq!(judge(rule.instead), []);
        for text in [rule.example, rule.instead] {
            assert_eq!(manifest::judge(&documents(text), &Options::default()), []);
        }
    }
}

#[test]
fn an_object_allows_a_rule_with_a_reason() {
    for known in queries::RULES {
        let allow = format!("annotations: {{allow.synth/{}: another version}}", known.name);
        let text = known
            .example
            .replace("{name: orders}", &format!("{{name: orders, {allow}}}"));
        assert_eq!(judge(&text), []);
    }
}

#[test]
fn what_is_not_understood_is_an_error_where_the_operator_refuses_it() {
    let wrong = "sum(rate(a[5m])\n";
    insta::assert_snapshot!(told(&rule(wrong)), @"error malformed-query: Prometheus does not understand the alert `A` at the end; `)` is missing");
    insta::assert_snapshot!(told(&format!("groups:\n  - name: a\n    rules:\n      - record: a:b\n        expr: {wrong}")), @"warning malformed-query: Prometheus does not understand the record `a:b` at the end; `)` is missing");
    insta::assert_snapshot!(told(&dashboard("rate(a)", "prometheus")), @"warning malformed-query: Prometheus does not understand the panel `P` at `rate(a)`; `rate` takes a range vector, such as `[5m]` behind the selector makes, and is given an instant vector");
}

#[test]
fn what_is_asked_of_others_is_not_judged() {
    assert_eq!(told(&dashboard("{app=\"a\"} |= \"error\"", "loki")), "");
    let unsaid = dashboard("{app=\"a\"} |= \"error\"", "loki").replace("datasource", "source");
    assert_eq!(told(&unsaid), "");
    let rules = "groups: [{name: a, rules: [{alert: A, expr: 'sum(rate({app=\"a\"} |= \"error\" [5m])) > 1'}]}]";
    assert_eq!(told(rules), "");
}

#[test]
fn a_variable_of_a_dashboard_is_none_of_a_rule() {
    let asks = "rate(a_total{b=\"$b\"}[$__rate_interval])";
    assert_eq!(told(&dashboard(asks, "prometheus")), "");
    insta::assert_snapshot!(told(&rule(asks)), @"error malformed-query: Prometheus does not understand the alert `A` at `$__rate_interval])`; `$__rate_interval` is a variable of Grafana's, which nobody fills in here");
    assert_eq!(told(&rule("rate(a_total[${window}]) > ${bound}")), "");
}

#[test]
fn a_metric_that_is_gone_mistyped_or_unknown_where_all_are_known_is_told() {
    let all = [
        "kube_pod_container_resource_limits_cpu_cores",
        "kube_pod_status_phse",
        "kube_pod_phase",
        "kube_pod_nonsense",
        "kube_deployment_status_replica_available",
        "node_cpu",
        "node_memory_MemAvailble_bytes",
        "container_cpu_usage_seconds",
        "container_memory_working_set_byte",
        "gatekeeper_validation_requests_count",
        "kubelet_running_pod_count",
    ];
    let told: Vec<String> = all.iter().map(|name| told(&rule(name))).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    warning unexposed-metric: the alert `A` asks for `kube_pod_container_resource_limits_cpu_cores`, which kube-state-metrics no longer exposes; ask for `kube_pod_container_resource_limits{resource="cpu"}`
    warning unexposed-metric: the alert `A` asks for `kube_pod_status_phse`, which kube-state-metrics does not expose; did you mean `kube_pod_status_phase`?
    warning unexposed-metric: the alert `A` asks for `kube_pod_phase`, which kube-state-metrics does not expose; did you mean `kube_pod_status_phase`?
    warning unexposed-metric: the alert `A` asks for `kube_pod_nonsense`, which kube-state-metrics does not expose; ask for one that it exposes, or record it by a rule
    warning unexposed-metric: the alert `A` asks for `kube_deployment_status_replica_available`, which kube-state-metrics does not expose; did you mean `kube_deployment_status_replicas_available`?
    warning unexposed-metric: the alert `A` asks for `node_cpu`, which node-exporter no longer exposes; ask for `node_cpu_seconds_total`
    warning unexposed-metric: the alert `A` asks for `node_memory_MemAvailble_bytes`, which node-exporter does not expose; did you mean `node_memory_MemAvailable_bytes`?
    warning unexposed-metric: the alert `A` asks for `container_cpu_usage_seconds`, which cAdvisor does not expose; did you mean `container_cpu_usage_seconds_total`?
    warning unexposed-metric: the alert `A` asks for `container_memory_working_set_byte`, which cAdvisor does not expose; did you mean `container_memory_working_set_bytes`?
    warning unexposed-metric: the alert `A` asks for `gatekeeper_validation_requests_count`, which Gatekeeper does not expose; did you mean `gatekeeper_validation_request_count`?
    warning unexposed-metric: the alert `A` asks for `kubelet_running_pod_count`, which the kubelet no longer exposes; ask for `kubelet_running_pods`
    "#);
}

#[test]
fn a_metric_that_somebody_may_tell_is_silent() {
    for name in [
        "orders_total",
        "kube_customresource_info",
        "kube_pod_resource_request",
        "node_reboot_required",
        "node_smart_temperature_celsius",
        "node_cpu_usage_seconds_total",
        "nodejs_heap_size_total_bytes",
        "container_resources_cpu_usage_seconds_total",
        "falcosecurity_falco_rules_matches_total",
        "istio_agent_startup_duration_seconds",
        "kube_pod_status_phase:sum",
    ] {
        assert_eq!(told(&rule(name)), "", "{name}");
    }
}

#[test]
fn what_a_rule_of_any_file_records_is_told_by_it() {
    let asks = dashboard("kube_pod_phase", "prometheus");
    let records = "groups: [{name: a, rules: [{record: kube_pod_phase, expr: up}]}]";
    let both = |records: &str| told(&format!("--- # dashboard.json\n{asks}\n--- # rules.yaml\n{records}\n"));
    assert_eq!(both(records), "");
    assert!(both(&records.replace("kube_pod_phase", "another")).contains("kube_pod_phase"));
}

#[test]
fn a_map_holds_dashboards_and_rules() {
    let inner = dashboard("kube_pod_phase", "prometheus");
    let map = serde_json::json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": { "name": "dashboards" },
        "data": { "a.json": inner, "rules.yaml": "groups: [{name: a, rules: [{alert: A, expr: node_cpu > 1}]}]" },
    });
    insta::assert_snapshot!(lines("unexposed-metric", judge(&map.to_string())), @r#"
    template.yaml:1 warning: the panel `P` asks for `kube_pod_phase`, which kube-state-metrics does not expose
    template.yaml:1 warning: the alert `A` asks for `node_cpu`, which node-exporter no longer exposes
    "#);
}

#[test]
fn a_label_that_is_mistyped_or_of_other_metrics_is_told() {
    let all = [
        "kube_pod_status_phase{phas=\"Running\"}",
        "kube_pod_info{phase=\"Running\"}",
        "container_memory_working_set_bytes{namspace=\"a\"}",
        "kube_deployment_spec_replicas{resource!=\"\"}",
    ];
    let told: Vec<String> = all.iter().map(|text| told(&rule(text))).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    warning absent-label: the alert `A` asks for a label of `kube_pod_status_phase` that it has not: `phas`; did you mean `phase`?
    warning absent-label: the alert `A` asks for a label of `kube_pod_info` that it has not: `phase`; it has namespace, pod, uid, host_ip, pod_ip, node, created_by_kind, created_by_name, priority_class, host_network
    warning absent-label: the alert `A` asks for a label of `container_memory_working_set_bytes` that it has not: `namspace`; did you mean `namespace`?
    warning absent-label: the alert `A` asks for a label of `kube_deployment_spec_replicas` that it has not: `resource`; it has namespace, deployment
    "#);
}

#[test]
fn a_label_that_may_be_there_is_silent() {
    for text in [
        "kube_pod_info{team=\"a\", region!=\"b\", exported_namespace=\"c\", job=\"d\"}",
        "kube_pod_info{phase=\"\"}",
        "kube_pod_info{phase=~\"|a\", phase!=\"b\"}",
        "kube_pod_labels{label_app_kubernetes_io_name=\"a\"}",
        "container_memory_working_set_bytes{node=\"a\", pod_name=\"b\"}",
        "up{container=\"a\"}",
    ] {
        assert_eq!(told(&rule(text)), "", "{text}");
    }
}

#[test]
fn what_people_write_is_silent() {
    let all = include_str!("../promql/written.txt");
    for text in all.split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
        assert_eq!(told(&dashboard(text, "prometheus")), "", "{text}");
        if !text.contains("$__") && !text.contains("$offset") {
            assert_eq!(told(&rule(text)), "", "{text}");
        }
    }
}
