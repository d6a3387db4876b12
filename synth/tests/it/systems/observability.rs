//! Alarms, who hears of them, and the key that lets them.

use serde_json::{Value as Json, json};

use synth::model::{BlueGreenBy, Capacity, Minutes, Severity, Shift, Strategy};

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

#[test]
fn s0_48_alarms_tell_when_they_begin_and_when_they_end() {
    let topic = json!([{ "Ref": "AlertsTopic" }]);
    let kinds = ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"];
    let alarms = kinds.into_iter().flat_map(|kind| S0.all(PROD, kind));
    let telling = alarms.filter(|alarm| alarm["AlarmActions"] == topic && alarm["OKActions"] == topic);
    let names: Vec<_> = telling.map(|alarm| alarm["AlarmName"].as_str().unwrap()).collect();
    let of = |role: &str| format!("predict-api-prod-{role}");
    assert_eq!(names, ["high-cpu", "high-memory", "slow-responses", "page"].map(of));
}

/// One outage, one mail: what pages does not tell by itself, and what does not page does.
#[test]
fn an_alarm_tells_the_topic_or_pages_and_never_both() {
    for out in every() {
        for (place, alarm) in out
            .everything()
            .filter(|(_, one)| one["Type"] == "AWS::CloudWatch::Alarm")
        {
            let alarm = &alarm["Properties"];
            let name = alarm["AlarmName"].as_str().unwrap();
            let id = place.rsplit(' ').next().unwrap();
            let environment = place.split('/').next().unwrap();
            let rule = out.of(&format!("{environment}/observability"), "PageAlarm")["AlarmRule"].to_string();
            let pages = rule.contains(&format!("${{{id}}}")) || rule.contains(&format!("\\\"{name}\\\""));
            let tells = alarm.get("AlarmActions").is_some();
            let takes_back = name.contains("-deployment-");
            assert!(
                [pages, tells, takes_back].into_iter().filter(|&is| is).count() == 1,
                "{place}"
            );
        }
    }
}

#[test]
fn what_is_critical_pages_once() {
    let rule = &S0.of(PROD, "PageAlarm")["AlarmRule"]["Fn::Sub"];
    assert_eq!(
        rule,
        r#"ALARM("${TooFewTasksAlarm}") OR ALARM("predict-api-prod-below-minimum") OR ALARM("${UnhealthyTasksAlarm}") OR ALARM("${HighErrorRateAlarm}")"#
    );
}

#[test]
fn a_warning_of_too_few_tasks_tells_the_topic_of_the_other_stack() {
    let mut system = synth::systems::predict_api();
    for alert in &mut system.monitoring.alerts {
        alert.severity = Severity::Warning;
    }
    let out = super::out(&system);
    let topic = "arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:predict-api-prod-alerts";
    let alarm = out.of("prod/service", "BelowMinimumAlarm");
    assert_eq!(alarm["AlarmActions"], json!([{ "Fn::Sub": topic }]));
    assert_eq!(out.of(PROD, "AlertsTopic")["TopicName"], "predict-api-prod-alerts");
}

#[test]
fn tasks_that_do_not_start_or_keep_stopping_are_told_of() {
    let rule = S0.of(PROD, "TaskEventsRule");
    let service = "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:service/predict-api-prod/predict-api";
    let pattern = json!({
        "source": ["aws.ecs"],
        "detail-type": ["ECS Deployment State Change", "ECS Service Action"],
        "resources": [{ "Fn::Sub": service }],
        "detail": { "eventType": ["ERROR", "WARN"] }
    });
    assert_eq!((&rule["EventPattern"], rule.get("State")), (&pattern, None));
    assert_eq!(rule["Targets"][0]["Arn"], json!({ "Ref": "AlertsTopic" }));
}

/// `EventBridge` tells neither the topic nor its key for whom it acts, so that a condition on it keeps everything out.
#[test]
fn nothing_asks_for_whom_eventbridge_acts() {
    for (out, events) in [
        (&*S0, json!("events.amazonaws.com")),
        (&*S2, json!(["events.amazonaws.com", "events.rds.amazonaws.com"])),
    ] {
        let publish = items(out.at(PROD, "AlertsTopicPolicy", "/PolicyDocument/Statement"));
        let publish = publish.iter().find(|one| one["Sid"] == "TaskEvents").unwrap();
        assert_eq!(
            (&publish["Principal"]["Service"], publish.get("Condition")),
            (&json!("events.amazonaws.com"), None)
        );
        let key = items(out.at("prod/network", "EnvironmentKey", "/KeyPolicy/Statement"));
        let key = key.iter().find(|one| one["Sid"] == "Events").unwrap();
        assert_eq!(key["Principal"]["Service"], events);
        let keys: Vec<_> = key["Condition"]["StringEquals"].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["kms:EncryptionContext:aws:sns:topicArn"]);
    }
}

#[test]
fn what_rds_says_of_the_database_is_told() {
    let subscription = S2.of(PROD, "DatabaseEventsSubscription");
    assert_eq!(
        subscription["SourceIds"],
        json!([S2.of("prod/data", "Database")["DBInstanceIdentifier"]])
    );
    let categories = json!(["availability", "failover", "failure", "low storage", "maintenance"]);
    assert_eq!(subscription["EventCategories"], categories);
    let statements = items(S2.at(PROD, "AlertsTopicPolicy", "/PolicyDocument/Statement"));
    let publish = statements.iter().find(|one| one["Sid"] == "DatabaseEvents").unwrap();
    assert_eq!(publish["Principal"], json!({ "Service": "events.rds.amazonaws.com" }));
    // RDS refuses a topic that it may not publish to.
    let waits = &S2.resource(PROD, "DatabaseEventsSubscription")["DependsOn"];
    assert_eq!(waits, "AlertsTopicPolicy");
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
    let named = |alarm: &&Json| alarm["AlarmName"].as_str().unwrap().contains("-deployment-");
    let taking: Vec<_> = alarms.into_iter().filter(named).collect();
    let telling = taking.iter().filter(|alarm| alarm.get("AlarmActions").is_some());
    assert_eq!((taking.len(), telling.count()), (2, 0));
}
