//! Alarms, who hears of them, and the key that lets them.

use serde_json::{Value as Json, json};

use synth::model::{BlueGreenBy, Capacity, Minutes, Shift, Strategy};

use super::{S0, S2, every, everywhere, items, with_prod};

const PROD: &str = "prod/observability";

fn dimensions(alarm: &Json) -> Vec<(&str, &Json)> {
    let dimensions = items(&alarm["Dimensions"]).iter();
    dimensions
        .map(|dimension| (dimension["Name"].as_str().unwrap(), &dimension["Value"]))
        .collect()
}

#[test]
fn s0_32_cpu_above_80_percent_for_5_minutes_alarms() {
    let alarm = S0.of(PROD, "HighCpuAlarm");
    assert_eq!(
        (&alarm["Namespace"], &alarm["MetricName"]),
        (&json!("AWS/ECS"), &json!("CPUUtilization"))
    );
    assert_eq!(
        (&alarm["Threshold"], &alarm["ComparisonOperator"]),
        (&json!(80), &json!("GreaterThanThreshold"))
    );
    assert_eq!(
        (
            &alarm["Period"],
            &alarm["EvaluationPeriods"],
            &alarm["DatapointsToAlarm"]
        ),
        (&json!(60), &json!(5), &json!(5))
    );
}

#[test]
fn s0_28_cpu_is_measured_of_the_service() {
    let names: Vec<_> = dimensions(S0.of(PROD, "HighCpuAlarm"))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["ClusterName", "ServiceName"]);
}

#[test]
fn s0_29_memory_above_80_percent_alarms() {
    let alarm = S0.of(PROD, "HighMemoryAlarm");
    assert_eq!(
        (&alarm["MetricName"], &alarm["Threshold"]),
        (&json!("MemoryUtilization"), &json!(80))
    );
}

/// The metrics of a computed alarm: id, namespace, name and statistic, or the expression.
fn computed(id: &str) -> Vec<String> {
    let query = |query: &Json| {
        let (id, stat) = (query["Id"].as_str().unwrap(), &query["MetricStat"]);
        match query["Expression"].as_str() {
            Some(expression) => format!("{id} = {expression}"),
            None => format!(
                "{id}: {} {} {}",
                stat["Metric"]["Namespace"], stat["Metric"]["MetricName"], stat["Stat"]
            )
            .replace('"', ""),
        }
    };
    items(&S0.of(PROD, id)["Metrics"]).iter().map(query).collect()
}

#[test]
fn s0_33_running_tasks_are_compared_with_those_asked_for() {
    assert_eq!(
        computed("TooFewTasksAlarm"),
        [
            "running: ECS/ContainerInsights RunningTaskCount Minimum",
            "desired: ECS/ContainerInsights DesiredTaskCount Maximum",
            "missing = FILL(running, 0) - desired",
        ]
    );
    let alarm = S0.of(PROD, "TooFewTasksAlarm");
    assert_eq!(
        (&alarm["Threshold"], &alarm["ComparisonOperator"]),
        (&json!(0), &json!("LessThanThreshold"))
    );
}

/// With no task at all nobody writes how many run: silence is an outage once there is an image, and none before.
#[test]
fn s0_33_an_outage_that_silences_every_metric_alarms_from_the_first_release_on() {
    let fixed = with_prod(|prod| prod.scale.capacity = Capacity::Fixed(3));
    for (out, least) in [(&*S0, 2), (&fixed, 3)] {
        let alarm = out.of("prod/service", "BelowMinimumAlarm");
        assert_eq!(alarm["MetricName"], "RunningTaskCount");
        assert_eq!(alarm["ComparisonOperator"], "LessThanThreshold");
        assert_eq!(alarm["Threshold"], json!({ "Fn::If": ["HasImage", least, 0] }));
        assert_eq!(
            alarm["TreatMissingData"],
            json!({ "Fn::If": ["HasImage", "breaching", "notBreaching"] })
        );
    }
}

#[test]
fn nobody_is_told_of_missed_tasks_before_those_of_a_first_release_run() {
    let dimensions = S0.of("prod/service", "BelowMinimumAlarm")["Dimensions"].to_string();
    assert!(
        dimensions.contains(r#""Fn::GetAtt":["Service","Name"]"#),
        "{dimensions}"
    );
}

/// Every alarm or computation that compares two metrics is quiet when both are.
#[test]
fn some_critical_alarm_of_every_environment_goes_off_when_no_metric_is_written() {
    for out in every() {
        let environments = out.templates.keys().filter(|name| name.ends_with("/service"));
        for service in environments {
            let page = out.of(&service.replace("service", "observability"), "PageAlarm");
            let name = out.of(service, "BelowMinimumAlarm")["AlarmName"].as_str().unwrap();
            assert!(page["AlarmRule"].to_string().contains(name), "{service}: {page}");
        }
    }
}

/// Metrics are late. If all of an expression were filled up, its newest minute would always be fine, and an alarm that
/// asks for every minute could never go off.
#[test]
fn a_minute_of_which_nothing_is_known_yet_has_no_value() {
    let shifting = with_prod(|prod| {
        prod.strategy = Strategy::BlueGreen {
            by: BlueGreenBy::Ecs,
            shift: Shift::AllAtOnce,
            bake: Minutes(5),
        }
    });
    let mut seen = 0;
    for (place, resource) in S0.everything().chain(shifting.everything()) {
        for query in items(&resource["Properties"]["Metrics"]) {
            let Some(expression) = query["Expression"].as_str() else {
                continue;
            };
            let mut bare = expression.to_owned();
            for other in items(&resource["Properties"]["Metrics"]) {
                bare = bare.replace(&format!("FILL({}, 0)", other["Id"].as_str().unwrap()), "0");
            }
            assert!(bare.contains(char::is_lowercase), "{place}: {expression}");
            seen += 1;
        }
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn s0_30_running_tasks_are_counted() {
    let settings = &S0.of("prod/service", "Cluster")["ClusterSettings"];
    assert_eq!(settings, &json!([{ "Name": "containerInsights", "Value": "enabled" }]));
}

#[test]
fn an_unhealthy_task_is_one_of_the_load_balancers_targets_by_their_full_names() {
    let full = [
        (
            "LoadBalancer",
            json!({ "Fn::ImportValue": "predict-api-prod-network-LoadBalancerFullName" }),
        ),
        (
            "TargetGroup",
            json!({ "Fn::ImportValue": "predict-api-prod-service-TargetGroupFullName" }),
        ),
    ];
    let dimensions = dimensions(S0.of(PROD, "UnhealthyTasksAlarm"));
    assert_eq!(
        dimensions
            .into_iter()
            .map(|(name, value)| (name, value.clone()))
            .collect::<Vec<_>>(),
        full
    );
}

#[test]
fn a_full_name_is_what_aws_calls_so() {
    let outputs = &S0.templates["prod/network"]["Outputs"];
    let full = json!({ "Fn::GetAtt": ["LoadBalancer", "LoadBalancerFullName"] });
    assert_eq!(outputs["LoadBalancerFullName"]["Value"], full);
}

#[test]
fn the_error_rate_is_of_all_requests_and_none_of_none_is_no_error() {
    assert_eq!(
        computed("HighErrorRateAlarm").last().unwrap(),
        "rate = 100 * (FILL(failed, 0) + FILL(unanswered, 0)) / MAX([requests, unanswered])"
    );
    assert_eq!(S0.of(PROD, "HighErrorRateAlarm")["TreatMissingData"], "notBreaching");
}

#[test]
fn slow_responses_are_told_by_the_95th_percentile_in_seconds() {
    let alarm = S0.of(PROD, "SlowResponsesAlarm");
    assert_eq!(
        (&alarm["ExtendedStatistic"], &alarm["Threshold"]),
        (&json!("p95"), &json!(2))
    );
    assert_eq!(alarm["EvaluateLowSampleCountPercentile"], "ignore");
}

#[test]
fn a_computed_alarm_has_no_metric_of_its_own() {
    let alarms = everywhere().filter(|(_, resource)| resource["Type"] == "AWS::CloudWatch::Alarm");
    let alarms = alarms.map(|(_, alarm)| &alarm["Properties"]);
    let computed = alarms.filter(|alarm| alarm.get("Metrics").is_some());
    let both = computed.filter(|alarm| {
        ["MetricName", "Period", "Statistic"]
            .iter()
            .any(|name| alarm.get(*name).is_some())
    });
    assert_eq!(both.count(), 0);
}

/// RDS adds storage when less than a tenth is free: a mark above that would be on while all is well.
#[test]
fn the_storage_alarm_waits_for_storage_to_grow_by_itself() {
    for out in [&*S2] {
        for environment in ["dev", "prod"] {
            let database = out.of(&format!("{environment}/data"), "Database");
            let first: f64 = database["AllocatedStorage"].as_str().unwrap().parse().unwrap();
            let alarm = out.of(&format!("{environment}/observability"), "DatabaseStorageAlarm");
            let mark = alarm["Threshold"].as_f64().unwrap() / 1024.0_f64.powi(3);
            assert!(mark > 0.0 && mark <= first / 10.0, "{environment}: {mark} of {first}");
        }
    }
}

#[test]
fn a_deployment_is_not_taken_back_for_one_failure_out_of_ten_requests() {
    let alarm = S0.of("prod/service", "DeploymentErrorsAlarm");
    let rate = items(&alarm["Metrics"]).last().unwrap()["Expression"].as_str().unwrap();
    assert!(rate.contains(">= 5"), "{rate}");
    assert_eq!(
        (&alarm["DatapointsToAlarm"], &alarm["EvaluationPeriods"]),
        (&json!(2), &json!(3))
    );
}
