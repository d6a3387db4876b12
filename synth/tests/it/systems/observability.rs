//! Alarms, who hears of them, and the key that lets them.

use serde_json::{Value as Json, json};

use synth::model::{BlueGreenBy, Minutes, Shift, Strategy};

use super::{S0, items, with_prod};

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

/// No word of running tasks is bad news where some are asked for; before the first image none are.
#[test]
fn s0_33_nobody_is_woken_before_the_first_image() {
    assert!(computed("TooFewTasksAlarm").contains(&"missing = FILL(running, 0) - desired".to_owned()));
    assert_eq!(S0.of(PROD, "TooFewTasksAlarm")["TreatMissingData"], "notBreaching");
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
    let computed = S0
        .all(PROD, "AWS::CloudWatch::Alarm")
        .into_iter()
        .filter(|alarm| alarm.get("Metrics").is_some());
    let both = computed.filter(|alarm| {
        ["MetricName", "Period", "Statistic"]
            .iter()
            .any(|name| alarm.get(*name).is_some())
    });
    assert_eq!(both.count(), 0);
}

#[test]
fn s0_48_alarms_tell_when_they_begin_and_when_they_end() {
    let topic = json!([{ "Ref": "AlertsTopic" }]);
    let alarms = S0.all(PROD, "AWS::CloudWatch::Alarm");
    let silent = alarms
        .iter()
        .filter(|alarm| alarm["AlarmActions"] != topic || alarm["OKActions"] != topic);
    assert_eq!((alarms.len(), silent.count()), (6, 0));
}

#[test]
fn what_is_critical_pages_once() {
    let rule = &S0.of(PROD, "PageAlarm")["AlarmRule"]["Fn::Sub"];
    assert_eq!(
        rule,
        r#"ALARM("${TooFewTasksAlarm}") OR ALARM("${UnhealthyTasksAlarm}") OR ALARM("${HighErrorRateAlarm}")"#
    );
}

#[test]
fn s0_48_the_topic_lets_alarms_publish() {
    let statement = S0.at(PROD, "AlertsTopicPolicy", "/PolicyDocument/Statement/0");
    assert_eq!(statement["Principal"], json!({ "Service": "cloudwatch.amazonaws.com" }));
    assert_eq!(statement["Action"], "sns:Publish");
    assert_eq!(
        statement["Condition"],
        json!({ "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } } })
    );
}

#[test]
fn s0_48_the_key_lets_alarms_encrypt() {
    let key = json!({ "Fn::ImportValue": "predict-api-prod-network-EnvironmentKeyArn" });
    assert_eq!(S0.of(PROD, "AlertsTopic")["KmsMasterKeyId"], key);
    let statements = items(S0.at("prod/network", "EnvironmentKey", "/KeyPolicy/Statement"));
    let alarms = statements
        .iter()
        .find(|statement| statement["Principal"]["Service"] == "cloudwatch.amazonaws.com")
        .unwrap();
    assert_eq!(alarms["Action"], json!(["kms:Decrypt", "kms:GenerateDataKey*"]));
}

#[test]
fn the_key_lets_every_log_group_of_the_environment_encrypt() {
    let statements = items(S0.at("prod/network", "EnvironmentKey", "/KeyPolicy/Statement"));
    let logs = statements.iter().find(|statement| statement["Sid"] == "Logs").unwrap();
    let arns = logs["Condition"]["ArnLike"]["kms:EncryptionContext:aws:logs:arn"].to_string();
    let groups = S0
        .everything()
        .filter(|(id, resource)| id.starts_with("prod/") && resource["Type"] == "AWS::Logs::LogGroup");
    let names: Vec<_> = groups
        .map(|(_, group)| group["Properties"]["LogGroupName"].as_str().unwrap())
        .collect();
    let missed: Vec<_> = names
        .iter()
        .filter(|name| !arns.contains(&format!("log-group:{name}\"")))
        .collect();
    assert!(names.len() == 3 && missed.is_empty(), "{missed:?} of {names:?}");
}

#[test]
fn the_key_turns() {
    assert_eq!(S0.of("prod/network", "EnvironmentKey")["EnableKeyRotation"], true);
}

#[test]
fn s0_48_an_address_is_told_only_if_one_is_given() {
    assert_eq!(
        S0.resource(PROD, "AlertsSubscription")["Condition"],
        "HasNotificationEmail"
    );
    assert_eq!(
        S0.of(PROD, "AlertsSubscription")["Endpoint"],
        json!({ "Ref": "NotificationEmail" })
    );
}

#[test]
fn what_takes_a_deployment_back_tells_nobody() {
    let alarms = S0.all("prod/service", "AWS::CloudWatch::Alarm");
    assert_eq!(
        alarms
            .iter()
            .filter(|alarm| alarm.get("AlarmActions").is_some())
            .count(),
        0
    );
    assert_eq!(alarms.len(), 2);
}
