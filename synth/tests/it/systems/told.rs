//! Who hears of what, and the key that lets them.

use serde_json::{Value as Json, json};

use synth::model::Severity;

use super::{S0, S2, every, items};

const PROD: &str = "prod/observability";

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
