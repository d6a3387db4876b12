//! The service, its tasks and its image.

use serde_json::json;

use super::{S0, attribute};

const PROD: &str = "prod/service";
const CONTAINER: &str = "/ContainerDefinitions/0";

#[test]
fn s0_8_tasks_run_on_fargate() {
    assert_eq!(S0.at(PROD, "Service", "/LaunchType"), "FARGATE");
    assert_eq!(
        S0.of(PROD, "TaskDefinition")["RequiresCompatibilities"],
        json!(["FARGATE"])
    );
    assert_eq!(S0.of(PROD, "TaskDefinition")["NetworkMode"], "awsvpc");
}

#[test]
fn s0_18_dev_asks_for_two_tasks_once_there_is_an_image() {
    assert_eq!(
        S0.of("dev/service", "Service")["DesiredCount"],
        json!({ "Fn::If": ["HasImage", 2, 0] })
    );
}

#[test]
fn s0_18_prod_scales_from_two_tasks_and_has_no_count_of_its_own() {
    let count = json!({ "Fn::If": ["HasImage", { "Ref": "AWS::NoValue" }, 0] });
    assert_eq!(S0.of(PROD, "Service")["DesiredCount"], count);
    assert_eq!(
        S0.of(PROD, "ScalableTarget")["MinCapacity"],
        json!({ "Fn::If": ["HasImage", 2, 0] })
    );
    assert_eq!(S0.of(PROD, "ScalableTarget")["MaxCapacity"], 10);
}

#[test]
fn s0_19_a_deployment_never_has_fewer_tasks_than_asked_for() {
    let configuration = S0.at(PROD, "Service", "/DeploymentConfiguration");
    assert_eq!(configuration["MinimumHealthyPercent"], 100);
    assert_eq!(configuration["MaximumPercent"], 200);
    assert_eq!(configuration["Strategy"], "ROLLING");
}

#[test]
fn s0_16_a_deployment_that_does_not_start_is_taken_back() {
    let breaker = S0.at(PROD, "Service", "/DeploymentConfiguration/DeploymentCircuitBreaker");
    assert_eq!(breaker, &json!({ "Enable": true, "Rollback": true }));
}

#[test]
fn s0_16_a_deployment_that_alarms_is_taken_back() {
    let alarms = S0.at(PROD, "Service", "/DeploymentConfiguration/Alarms");
    let names = json!([{ "Ref": "DeploymentErrorsAlarm" }, { "Ref": "DeploymentUnhealthyAlarm" }]);
    assert_eq!(
        alarms,
        &json!({ "AlarmNames": names, "Enable": true, "Rollback": true })
    );
}

#[test]
fn a_start_may_take_a_minute_before_failures_count() {
    assert_eq!(S0.of(PROD, "Service")["HealthCheckGracePeriodSeconds"], 60);
}

#[test]
fn a_task_outlives_the_load_balancers_delay_and_the_longest_request() {
    let delay = attribute(
        S0.at(PROD, "TargetGroup", "/TargetGroupAttributes"),
        "deregistration_delay.timeout_seconds",
    );
    let delay: u64 = delay.as_str().unwrap().parse().unwrap();
    let stop = S0.at(PROD, "TaskDefinition", CONTAINER)["StopTimeout"]
        .as_u64()
        .unwrap();
    let longest = 20;
    assert!(
        longest < delay && delay + longest < stop && stop <= 120,
        "{longest} {delay} {stop}"
    );
}

#[test]
fn the_service_is_made_after_the_rule_that_ties_its_targets_to_the_load_balancer() {
    assert_eq!(S0.resource(PROD, "Service")["DependsOn"], "ListenerRule");
}

#[test]
fn s0_22_a_container_is_nobody_and_can_change_nothing() {
    let container = S0.at(PROD, "TaskDefinition", CONTAINER);
    assert_eq!(container["User"], "1000:1000");
    assert_eq!(container["ReadonlyRootFilesystem"], true);
    assert_eq!(container["LinuxParameters"]["Capabilities"], json!({ "Drop": ["ALL"] }));
    assert_eq!(container.get("Privileged"), None);
}

#[test]
fn a_container_asks_itself_without_a_shell() {
    let command = S0.at(PROD, "TaskDefinition", "/ContainerDefinitions/0/HealthCheck/Command");
    assert_eq!(command, &json!(["CMD", "/service", "healthcheck"]));
}

#[test]
fn s0_49_what_runs_is_a_digest_that_a_parameter_gives() {
    let image = S0.at(PROD, "TaskDefinition", "/ContainerDefinitions/0/Image/Fn::If/1/Fn::Sub");
    assert_eq!(
        image,
        "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/predict-api@${ImageDigest}"
    );
    let pattern = &S0.templates[PROD]["Parameters"]["ImageDigest"]["AllowedPattern"];
    assert_eq!(pattern, "^(none|sha256:[a-f0-9]{64})$");
}

#[test]
fn no_image_is_named_latest() {
    let files = super::every().into_iter().flat_map(|out| &out.rendered.files);
    let named: Vec<_> = files.filter(|(_, text)| text.contains(":latest")).collect();
    assert!(named.is_empty(), "{named:?}");
}

#[test]
fn s0_23_no_container_has_a_secret_in_its_settings() {
    let settings = S0.at(PROD, "TaskDefinition", "/ContainerDefinitions/0/Environment");
    let names: Vec<_> = super::items(settings)
        .iter()
        .map(|pair| pair["Name"].as_str().unwrap())
        .collect();
    let suspicious = |name: &&str| {
        ["SECRET", "PASSWORD", "TOKEN", "KEY"]
            .iter()
            .any(|word| name.contains(word))
    };
    assert_eq!(names.iter().filter(|name| suspicious(name)).count(), 0, "{names:?}");
}

#[test]
fn s0_26_lines_go_to_the_log_group_and_never_stop_the_service() {
    let log = S0.at(PROD, "TaskDefinition", "/ContainerDefinitions/0/LogConfiguration");
    assert_eq!(log["LogDriver"], "awslogs");
    assert_eq!(log["Options"]["awslogs-group"], json!({ "Ref": "ServiceLogGroup" }));
    assert_eq!(log["Options"]["mode"], "non-blocking");
}

#[test]
fn s0_27_every_log_group_forgets_and_is_encrypted() {
    let groups = super::everywhere().filter(|(_, resource)| resource["Type"] == "AWS::Logs::LogGroup");
    let groups: Vec<_> = groups.collect();
    let fine = |resource: &serde_json::Value| {
        let properties = &resource["Properties"];
        properties["RetentionInDays"].is_u64() && properties["KmsKeyId"].is_object()
    };
    let bad: Vec<_> = groups
        .iter()
        .filter(|(_, resource)| !fine(resource))
        .map(|(id, _)| id)
        .collect();
    assert!(groups.len() >= 18 && bad.is_empty(), "{bad:?} of {}", groups.len());
}

#[test]
fn s0_27_prod_remembers_a_year() {
    assert_eq!(S0.of(PROD, "ServiceLogGroup")["RetentionInDays"], 365);
}

#[test]
fn prod_keeps_its_logs_when_the_stack_goes() {
    let group = S0.resource(PROD, "ServiceLogGroup");
    assert_eq!(
        (&group["DeletionPolicy"], &group["UpdateReplacePolicy"]),
        (&json!("RetainExceptOnCreate"), &json!("Retain"))
    );
}

#[test]
fn dev_does_not_keep_its_logs() {
    assert_eq!(
        S0.resource("dev/service", "ServiceLogGroup")["DeletionPolicy"],
        "Delete"
    );
}

#[test]
fn an_old_revision_stays_for_those_that_roll_back_to_it() {
    assert_eq!(S0.resource(PROD, "TaskDefinition")["UpdateReplacePolicy"], "Retain");
}

#[test]
fn scaling_names_the_service_and_not_its_arn() {
    let id = &S0.of(PROD, "ScalableTarget")["ResourceId"];
    assert_eq!(id, &json!({ "Fn::Sub": "service/${Cluster}/${Service.Name}" }));
}

#[test]
fn scaling_aims_at_cpu_and_at_memory() {
    let aims = S0.all(PROD, "AWS::ApplicationAutoScaling::ScalingPolicy");
    let aims = aims.iter().map(|policy| {
        let tracking = &policy["TargetTrackingScalingPolicyConfiguration"];
        let metric = tracking["PredefinedMetricSpecification"]["PredefinedMetricType"]
            .as_str()
            .unwrap();
        format!("{metric} {}", tracking["TargetValue"])
    });
    assert_eq!(
        aims.collect::<Vec<_>>(),
        [
            "ECSServiceAverageCPUUtilization 60",
            "ECSServiceAverageMemoryUtilization 70"
        ]
    );
}

#[test]
fn s0_36_the_registry_is_immutable_and_scans() {
    let registry = S0.of("dev/bootstrap", "Registry");
    assert_eq!(registry["ImageScanningConfiguration"]["ScanOnPush"], true);
    assert!(
        registry["ImageTagMutability"]
            .as_str()
            .unwrap()
            .starts_with("IMMUTABLE"),
        "{registry}"
    );
}

#[test]
fn s0_36_there_is_one_registry() {
    assert_eq!(S0.all("prod/bootstrap", "AWS::ECR::Repository").len(), 0);
}

fn lifecycle() -> Vec<serde_json::Value> {
    let text = S0
        .at("dev/bootstrap", "Registry", "/LifecyclePolicy/LifecyclePolicyText")
        .as_str()
        .unwrap();
    let policy: serde_json::Value = serde_json::from_str(text).unwrap();
    policy["rules"].as_array().unwrap().clone()
}

#[test]
fn the_registry_deletes_by_its_age_only_what_has_no_tag() {
    let rules = lifecycle();
    let by_age = rules
        .iter()
        .filter(|rule| rule["selection"]["countType"] != "imageCountMoreThan");
    let by_age: Vec<_> = by_age.map(|rule| &rule["selection"]).collect();
    let untagged =
        json!({ "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 180 });
    assert_eq!(by_age, [&untagged]);
}

#[test]
fn the_registry_looks_at_what_was_deployed_first() {
    let first = &lifecycle()[0];
    assert_eq!(first["rulePriority"], 1);
    assert_eq!(first["selection"]["tagPrefixList"], json!(["deployed-"]));
}

#[test]
fn the_registry_outlives_its_stack() {
    assert_eq!(
        S0.resource("dev/bootstrap", "Registry")["DeletionPolicy"],
        "RetainExceptOnCreate"
    );
}
