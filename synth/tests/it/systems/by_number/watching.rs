//! Who is told, and what they look at.

use serde_json::{Value as Json, json};

use super::super::{S1, items};

/// An alarm of production, with the value of a dimension.
fn alarm(id: &str) -> &'static Json {
    S1.of("prod/observability", id)
}

fn dimension(alarm: &Json, name: &str) -> Json {
    let found = items(&alarm["Dimensions"]).iter().find(|one| one["Name"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {alarm}"))["Value"].clone()
}

/// Whether an alarm goes off above a bound.
fn is_above(alarm: &Json, bound: f64) -> bool {
    alarm["ComparisonOperator"] == "GreaterThanThreshold" && alarm["Threshold"].as_f64() == Some(bound)
}

/// Whether the topic hears of an alarm, when it begins and when it ends: from itself, or from the one that pages.
fn is_told(id: &str) -> bool {
    let topic = json!([{ "Ref": "AlertsTopic" }]);
    let tells = |alarm: &Json| alarm["AlarmActions"] == topic && alarm["OKActions"] == topic;
    let page = alarm("PageAlarm");
    tells(alarm(id)) || tells(page) && page["AlarmRule"].to_string().contains(&format!("${{{id}}}"))
}

#[test]
fn s1_28_container_insights_measures_cpu_and_memory_in_the_mode_that_the_alarms_use() {
    let addons = S1.all("prod/cluster", "AWS::EKS::Addon");
    let insights = addons
        .iter()
        .find(|one| one["AddonName"] == "amazon-cloudwatch-observability")
        .unwrap();
    let values: Json = serde_json::from_str(insights["ConfigurationValues"].as_str().unwrap()).unwrap();
    assert_eq!(
        (
            &values["containerInsights"]["enabled"],
            &values["otelContainerInsights"]["enabled"]
        ),
        (&true.into(), &false.into())
    );
    assert!(insights["AddonVersion"].is_string());
    for (id, metric) in [
        ("HighCpuAlarm", "pod_cpu_utilization_over_pod_limit"),
        ("HighMemoryAlarm", "pod_memory_utilization_over_pod_limit"),
    ] {
        let alarm = alarm(id);
        assert_eq!(
            (&alarm["Namespace"], &alarm["MetricName"]),
            (&"ContainerInsights".into(), &metric.into())
        );
        assert_eq!(
            dimension(alarm, "ClusterName"),
            S1.of("prod/cluster", "Cluster")["Name"]
        );
    }
}

#[test]
fn s1_29_an_alarm_looks_at_the_targets_that_are_not_healthy() {
    let alarm = alarm("UnhealthyTasksAlarm");
    assert_eq!(
        (&alarm["Namespace"], &alarm["MetricName"]),
        (&"AWS/ApplicationELB".into(), &"UnHealthyHostCount".into())
    );
    assert_eq!(dimension(alarm, "TargetGroup"), json!({ "Ref": "TargetGroupFullName" }));
    assert!(is_above(alarm, 0.0), "{alarm}");
}

#[test]
fn s1_30_the_dashboard_shows_what_is_used() {
    let shown = S1.rendered.files["out/predictor/prod/cloudwatch-dashboard.json"].clone();
    let shown: Json = serde_json::from_str(&shown).unwrap();
    let drawn: Vec<&str> = items(&shown["widgets"])
        .iter()
        .flat_map(|widget| items(&widget["properties"]["metrics"]))
        .filter_map(|row| row[1].as_str())
        .collect();
    for metric in [
        "pod_cpu_utilization_over_pod_limit",
        "pod_memory_utilization_over_pod_limit",
        "service_number_of_running_pods",
        "UnHealthyHostCount",
    ] {
        assert!(drawn.contains(&metric), "{metric} is not in {drawn:?}");
    }
    assert_eq!(S1.all("prod/observability", "AWS::CloudWatch::Dashboard").len(), 1);
}

#[test]
fn s1_31_sns_tells_of_cpu_above_80_percent() {
    let alarm = alarm("HighCpuAlarm");
    assert!(is_above(alarm, 80.0), "{alarm}");
    assert!(is_told("HighCpuAlarm"));
}

#[test]
fn s1_32_sns_tells_of_memory_above_80_percent() {
    let alarm = alarm("HighMemoryAlarm");
    assert!(is_above(alarm, 80.0), "{alarm}");
    assert!(is_told("HighMemoryAlarm"));
}

#[test]
fn s1_33_sns_tells_of_targets_that_are_not_healthy() {
    assert!(is_told("UnhealthyTasksAlarm"), "{}", alarm("PageAlarm"));
}
