//! The other ways in which a new version takes over (S0.47).

use serde_json::{Value as Json, json};
use synth::model::{BlueGreenBy, Minutes, Percent, Shift, Strategy};

use super::{OWN, Out, every, items, with_prod};

const PROD: &str = "prod/service";

fn shifting(by: BlueGreenBy, shift: Shift) -> Out {
    with_prod(|prod| {
        prod.strategy = Strategy::BlueGreen {
            by,
            shift,
            bake: Minutes(15),
        }
    })
}

fn ecs(shift: Shift) -> Json {
    shifting(BlueGreenBy::Ecs, shift)
        .at(PROD, "Service", "/DeploymentConfiguration")
        .clone()
}

const CANARY: Shift = Shift::Canary {
    first: Percent::of::<10>(),
    bake: Minutes(5),
};
const LINEAR: Shift = Shift::Linear {
    step: Percent::of::<20>(),
    bake: Minutes(3),
};

#[test]
fn ecs_shifts_all_at_once() {
    let configuration = ecs(Shift::AllAtOnce);
    assert_eq!(
        (&configuration["Strategy"], &configuration["BakeTimeInMinutes"]),
        (&json!("BLUE_GREEN"), &json!(15))
    );
}

#[test]
fn ecs_shifts_a_canary() {
    let configuration = ecs(CANARY);
    assert_eq!(configuration["Strategy"], "CANARY");
    assert_eq!(
        configuration["CanaryConfiguration"],
        json!({ "CanaryBakeTimeInMinutes": 5, "CanaryPercent": 10 })
    );
}

#[test]
fn ecs_shifts_step_by_step() {
    let configuration = ecs(LINEAR);
    assert_eq!(configuration["Strategy"], "LINEAR");
    assert_eq!(
        configuration["LinearConfiguration"],
        json!({ "StepBakeTimeInMinutes": 3, "StepPercent": 20 })
    );
}

#[test]
fn alarms_take_a_shift_back_and_the_breaker_of_rolling_deployments_is_not_there() {
    let configuration = ecs(CANARY);
    assert_eq!(configuration["Alarms"]["Rollback"], true);
    assert_eq!(configuration.get("DeploymentCircuitBreaker"), None);
}

#[test]
fn ecs_shifts_between_two_target_groups_on_a_rule() {
    let out = shifting(BlueGreenBy::Ecs, CANARY);
    let target = out.at(PROD, "Service", "/LoadBalancers/0");
    assert_eq!(target["TargetGroupArn"], json!({ "Ref": "TargetGroup" }));
    assert_eq!(
        target["AdvancedConfiguration"]["AlternateTargetGroupArn"],
        json!({ "Ref": "GreenTargetGroup" })
    );
    assert_eq!(
        target["AdvancedConfiguration"]["ProductionListenerRule"],
        json!({ "Ref": "ListenerRule" })
    );
}

#[test]
fn both_target_groups_are_the_same() {
    let out = shifting(BlueGreenBy::Ecs, CANARY);
    assert_eq!(out.of(PROD, "TargetGroup"), out.of(PROD, "GreenTargetGroup"));
}

#[test]
fn ecs_may_shift_traffic() {
    let out = shifting(BlueGreenBy::Ecs, CANARY);
    let trust = out.at(PROD, "TrafficRole", "/AssumeRolePolicyDocument/Statement/0/Principal");
    assert_eq!(trust, &json!({ "Service": "ecs.amazonaws.com" }));
}

#[test]
fn code_deploy_moves_what_ecs_then_leaves_alone() {
    let out = shifting(BlueGreenBy::CodeDeploy, CANARY);
    assert_eq!(out.at(PROD, "Service", "/DeploymentController/Type"), "CODE_DEPLOY");
    assert_eq!(out.of(PROD, "Service").get("DeploymentConfiguration"), None);
    assert_eq!(out.of(PROD, "Service").get("AvailabilityZoneRebalancing"), None);
}

#[test]
fn under_code_deploy_the_template_never_changes_the_task_definition_of_the_service() {
    let out = shifting(BlueGreenBy::CodeDeploy, CANARY);
    assert_eq!(out.of(PROD, "Service")["TaskDefinition"], "predict-api-prod");
    assert!(
        out.resource(PROD, "Service")["DependsOn"]
            .to_string()
            .contains("TaskDefinition")
    );
}

#[test]
fn code_deploy_rolls_back_by_itself() {
    let out = shifting(BlueGreenBy::CodeDeploy, CANARY);
    let rollback = out.at(PROD, "DeploymentsGroup", "/AutoRollbackConfiguration");
    assert_eq!(
        rollback,
        &json!({ "Enabled": true, "Events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"] })
    );
    let alarms = out.at(PROD, "DeploymentsGroup", "/AlarmConfiguration/Alarms");
    assert_eq!(
        alarms,
        &json!([{ "Name": { "Ref": "DeploymentErrorsAlarm" } }, { "Name": { "Ref": "DeploymentUnhealthyAlarm" } }])
    );
}

#[test]
fn code_deploy_knows_the_service_and_both_target_groups() {
    let out = shifting(BlueGreenBy::CodeDeploy, CANARY);
    let services = out.at(PROD, "DeploymentsGroup", "/ECSServices");
    assert_eq!(
        services,
        &json!([{ "ClusterName": "predict-api-prod", "ServiceName": "predict-api" }])
    );
    let pair = out.at(
        PROD,
        "DeploymentsGroup",
        "/LoadBalancerInfo/TargetGroupPairInfoList/0/TargetGroups",
    );
    assert_eq!(pair.as_array().unwrap().len(), 2);
    // CodeDeploy refuses a service that is not there yet.
    assert_eq!(out.resource(PROD, "DeploymentsGroup")["DependsOn"], "Service");
}

fn routing(shift: Shift) -> Json {
    let out = shifting(BlueGreenBy::CodeDeploy, shift);
    out.at(PROD, "DeploymentsConfiguration", "/TrafficRoutingConfig")
        .clone()
}

#[test]
fn code_deploy_shifts_the_canary_that_is_asked_for() {
    let canary = json!({ "CanaryInterval": 5, "CanaryPercentage": 10 });
    assert_eq!(
        routing(CANARY),
        json!({ "TimeBasedCanary": canary, "Type": "TimeBasedCanary" })
    );
}

#[test]
fn code_deploy_shifts_the_steps_that_are_asked_for() {
    let linear = json!({ "LinearInterval": 3, "LinearPercentage": 20 });
    assert_eq!(
        routing(LINEAR),
        json!({ "TimeBasedLinear": linear, "Type": "TimeBasedLinear" })
    );
}

#[test]
fn an_alarm_watches_both_versions() {
    let out = shifting(BlueGreenBy::Ecs, CANARY);
    let alarm = out.of("prod/observability", "UnhealthyTasksAlarm").to_string();
    assert!(alarm.contains("GreenTargetGroup"), "{alarm}");
}

#[test]
fn what_takes_a_deployment_back_watches_both_versions() {
    let out = shifting(BlueGreenBy::Ecs, CANARY);
    let alarm = out.of(PROD, "DeploymentUnhealthyAlarm").to_string();
    assert!(alarm.contains("GreenTargetGroup"), "{alarm}");
}

#[test]
fn the_dashboard_shows_the_targets_of_both_versions() {
    let out = shifting(BlueGreenBy::Ecs, CANARY);
    let body = out
        .at("prod/observability", "Dashboard", "/DashboardBody/Fn::Sub/0")
        .as_str()
        .unwrap();
    let lines = ["healthy, blue", "healthy, green", "unhealthy, blue", "unhealthy, green"];
    assert!(
        lines.iter().all(|line| body.contains(&format!(r#""label":"{line}""#))),
        "{body}"
    );
}

/// Of the example: CodeDeploy in `staging`, ECS's own shift in `prod`.
const SHIFTING: [&str; 2] = ["staging/service", "prod/service"];

/// What takes a deployment back: two alarms, both named where the deployment is, and nowhere else.
#[test]
fn every_deployment_is_watched_by_its_alarms_whatever_moves_it() {
    for out in every() {
        for template in out.templates.keys().filter(|name| name.ends_with("/service")) {
            let group = out.all(template, "AWS::CodeDeploy::DeploymentGroup");
            let named = match group.first() {
                Some(group) => group["AlarmConfiguration"].to_string(),
                None => out
                    .at(template, "Service", "/DeploymentConfiguration/Alarms")
                    .to_string(),
            };
            for alarm in ["DeploymentErrorsAlarm", "DeploymentUnhealthyAlarm"] {
                assert!(out.of(template, alarm).is_object());
                assert!(named.contains(alarm), "{template}: {named}");
            }
        }
    }
}

#[test]
fn where_two_versions_take_turns_every_alarm_on_targets_watches_both() {
    for template in SHIFTING {
        let observability = template.replace("service", "observability");
        let alarms = [template, &observability].map(|stack| OWN.all(stack, "AWS::CloudWatch::Alarm"));
        for alarm in alarms.concat() {
            let text = alarm.to_string();
            if text.contains("HostCount") {
                assert!(text.contains("GreenTargetGroup"), "{alarm}");
            }
        }
    }
}

/// The actions that a role of an environment may do, by what their names begin with.
fn allowed(environment: &str, prefix: &str) -> Vec<String> {
    let policies =
        ["bootstrap", "permissions"].map(|stack| OWN.all(&format!("{environment}/{stack}"), "AWS::IAM::ManagedPolicy"));
    let statements: Vec<&Json> = policies
        .concat()
        .iter()
        .flat_map(|policy| items(&policy["PolicyDocument"]["Statement"]))
        .collect();
    let actions = statements.iter().flat_map(|statement| match &statement["Action"] {
        Json::String(one) => vec![one.clone()],
        all => items(all).iter().map(|one| one.as_str().unwrap().to_owned()).collect(),
    });
    actions.filter(|action| action.starts_with(prefix)).collect()
}

#[test]
fn code_deploy_is_allowed_only_where_it_moves_traffic() {
    let create = "codedeploy:CreateDeployment".to_owned();
    assert!(allowed("staging", "codedeploy:").contains(&create));
    assert_eq!(allowed("prod", "codedeploy:"), Vec::<String>::new());
}

/// A rule that the listener asks before the service's would take its requests, and one that is missing nothing at all.
#[test]
fn what_shifts_traffic_has_one_rule_that_everything_goes_through() {
    for template in SHIFTING {
        let rules = OWN.all(template, "AWS::ElasticLoadBalancingV2::ListenerRule");
        let forwarding: Vec<_> = rules
            .iter()
            .filter(|rule| rule["Actions"][0]["Type"] == "forward")
            .collect();
        assert_eq!(forwarding.len(), 1, "{template}");
        assert_eq!(
            forwarding[0]["Conditions"][0]["PathPatternConfig"]["Values"],
            json!(["/*"])
        );
    }
}

#[test]
fn a_release_moves_traffic_by_code_deploy_only_where_the_stack_leaves_it_to_it() {
    let (_, release) = OWN
        .rendered
        .files
        .iter()
        .find(|(path, _)| path.ends_with("/release.yml"))
        .unwrap();
    let lines = release
        .lines()
        .filter_map(|line| line.trim().strip_prefix("code_deploy: "));
    assert_eq!(lines.collect::<Vec<_>>(), ["quotes-staging", r#""""#]);
}
