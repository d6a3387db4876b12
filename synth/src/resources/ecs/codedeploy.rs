//! Blue/green deployments by CodeDeploy.

use crate::aws::{cloudwatch, codedeploy, elasticloadbalancingv2 as elb, iam};
use crate::model::{Shift, Stack, Strategy};
use crate::permissions::made_up_role;
use crate::resources::place::Place;
use crate::resources::role::{self, only_for_this_account};
use crate::template::{
    Conditions, Document, Error, Handle, LogicalId, Operator, Principal, Settings, Statement, Template, Value, sub,
};

/// AWS's own configuration without steps
/// (`CodeDeploy` user guide, "Deployment configurations on an Amazon ECS compute platform").
const ALL_AT_ONCE: &str = "CodeDeployDefault.ECSAllAtOnce";

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    listener: &Handle<elb::Listener>,
    targets: (&Handle<elb::TargetGroup>, &Handle<elb::TargetGroup>),
    alarms: &[Handle<cloudwatch::Alarm>],
) -> Result<(), Error> {
    let Strategy::BlueGreen { shift, bake, .. } = place.environment.strategy else {
        return Ok(());
    };
    let application = codedeploy::Application {
        application_name: Some(place.prefix().into()),
        compute_platform: Some(codedeploy::ApplicationComputePlatform::Ecs.into()),
        ..codedeploy::Application::new()
    };
    let application = template.add(LogicalId::new("deployments", "Application"), &application)?;
    let role = role(place, template)?;
    let configuration = configuration(template, shift)?;
    let deployments = codedeploy::DeploymentGroup {
        alarm_configuration: Some(watched(alarms).into()),
        auto_rollback_configuration: Some(rollback().into()),
        blue_green_deployment_configuration: Some(blue_green(bake.0).into()),
        deployment_config_name: Some(configuration),
        deployment_group_name: Some(place.prefix().into()),
        deployment_style: Some(
            codedeploy::DeploymentStyle {
                deployment_option: Some(codedeploy::DeploymentStyleDeploymentOption::WithTrafficControl.into()),
                deployment_type: Some(codedeploy::DeploymentStyleDeploymentType::BlueGreen.into()),
            }
            .into(),
        ),
        ecs_services: Some([codedeploy::EcsService::new(place.prefix(), place.system.name.as_str())].into()),
        load_balancer_info: Some(traffic(listener, targets).into()),
        ..codedeploy::DeploymentGroup::new(application.name(), role.arn())
    };
    // CodeDeploy looks whether there is such a service, and whether it is one that it may deploy. It is known by its
    // name here, which says nothing of the order.
    template.add_with(
        LogicalId::new("deployments", "Group"),
        &deployments,
        Settings::after([LogicalId::new("", "Service")]),
    )?;
    Ok(())
}

/// The alarms that stop a deployment.
fn watched(alarms: &[Handle<cloudwatch::Alarm>]) -> codedeploy::AlarmConfiguration {
    let names = alarms.iter().map(|alarm| codedeploy::Alarm {
        name: Some(alarm.name()),
    });
    codedeploy::AlarmConfiguration {
        alarms: Some(names.collect::<Vec<_>>().into()),
        enabled: Some(true.into()),
        ..codedeploy::AlarmConfiguration::new()
    }
}

/// Traffic goes back when a deployment fails or an alarm stops it.
fn rollback() -> codedeploy::AutoRollbackConfiguration {
    use codedeploy::AutoRollbackConfigurationEvents::{DeploymentFailure, DeploymentStopOnAlarm};
    codedeploy::AutoRollbackConfiguration {
        enabled: Some(true.into()),
        events: Some([DeploymentFailure, DeploymentStopOnAlarm].into()),
    }
}

/// Between which groups traffic moves, and on which listener.
fn traffic(
    listener: &Handle<elb::Listener>,
    targets: (&Handle<elb::TargetGroup>, &Handle<elb::TargetGroup>),
) -> codedeploy::LoadBalancerInfo {
    let route = codedeploy::TrafficRoute {
        listener_arns: Some([listener.arn()].into()),
    };
    let group = |target: &Handle<elb::TargetGroup>| codedeploy::TargetGroupInfo {
        name: Some(target.name()),
    };
    let pair = codedeploy::TargetGroupPairInfo {
        prod_traffic_route: Some(route.into()),
        target_groups: Some([targets.0, targets.1].map(group).into()),
        ..codedeploy::TargetGroupPairInfo::new()
    };
    codedeploy::LoadBalancerInfo {
        target_group_pair_info_list: Some([pair].into()),
        ..codedeploy::LoadBalancerInfo::new()
    }
}

fn blue_green(bake: u32) -> codedeploy::BlueGreenDeploymentConfiguration {
    codedeploy::BlueGreenDeploymentConfiguration {
        deployment_ready_option: Some(
            codedeploy::DeploymentReadyOption {
                action_on_timeout: Some(codedeploy::DeploymentReadyOptionActionOnTimeout::ContinueDeployment.into()),
                ..codedeploy::DeploymentReadyOption::new()
            }
            .into(),
        ),
        terminate_blue_instances_on_deployment_success: Some(
            codedeploy::BlueInstanceTerminationOption {
                action: Some(codedeploy::BlueInstanceTerminationOptionAction::Terminate.into()),
                termination_wait_time_in_minutes: Some(bake.into()),
            }
            .into(),
        ),
        ..codedeploy::BlueGreenDeploymentConfiguration::new()
    }
}

/// How traffic moves: at once by AWS's own configuration, else by one of these very numbers.
fn configuration(template: &mut Template, shift: Shift) -> Result<Value<String>, Error> {
    let routing = match shift {
        Shift::AllAtOnce => return Ok(ALL_AT_ONCE.into()),
        Shift::Canary { first, bake } => codedeploy::TrafficRoutingConfig {
            time_based_canary: Some(codedeploy::TimeBasedCanary::new(bake.0, u32::from(first.number())).into()),
            ..codedeploy::TrafficRoutingConfig::new(codedeploy::TrafficRoutingConfigType::TimeBasedCanary)
        },
        Shift::Linear { step, bake } => codedeploy::TrafficRoutingConfig {
            time_based_linear: Some(codedeploy::TimeBasedLinear::new(bake.0, u32::from(step.number())).into()),
            ..codedeploy::TrafficRoutingConfig::new(codedeploy::TrafficRoutingConfigType::TimeBasedLinear)
        },
    };
    let configuration = codedeploy::DeploymentConfig {
        compute_platform: Some(codedeploy::DeploymentConfigComputePlatform::Ecs.into()),
        traffic_routing_config: Some(routing.into()),
        ..codedeploy::DeploymentConfig::new()
    };
    let configuration = template.add(LogicalId::new("deployments", "Configuration"), &configuration)?;
    Ok(configuration.name().text())
}

fn role(place: Place<'_>, template: &mut Template) -> Result<Handle<iam::Role>, Error> {
    let trust = Statement::allow("CodeDeploy", ["sts:AssumeRole"], vec![])
        .to(Principal::service("codedeploy.amazonaws.com"))
        .when(only_for_this_account());
    let prefix = place.prefix();
    let name = place.system.name.as_str();
    let arn = |text: &str| sub(text, &[("prefix", &prefix), ("name", &name)]);
    let here = "${AWS::Region}:${AWS::AccountId}";
    let everything = || vec!["*".into()];
    let look = ["DescribeListeners", "DescribeRules", "DescribeTargetGroups"]
        .map(|action| format!("elasticloadbalancing:{action}"));
    let policy = Document::new([
        Statement::allow(
            "Service",
            [
                "ecs:CreateTaskSet",
                "ecs:DeleteTaskSet",
                "ecs:DescribeServices",
                "ecs:UpdateServicePrimaryTaskSet",
            ],
            vec![
                arn(&format!(
                    "arn:${{AWS::Partition}}:ecs:{here}:service/${{prefix}}/${{name}}"
                )),
                arn(&format!(
                    "arn:${{AWS::Partition}}:ecs:{here}:task-set/${{prefix}}/${{name}}/*"
                )),
            ],
        ),
        Statement::allow(
            "Shift",
            ["elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyRule"],
            vec![
                arn(&format!(
                    "arn:${{AWS::Partition}}:elasticloadbalancing:{here}:listener/app/*"
                )),
                arn(&format!(
                    "arn:${{AWS::Partition}}:elasticloadbalancing:{here}:listener-rule/app/*"
                )),
            ],
        )
        .when(place.only_ours()),
        // These have no resource-level permissions (Service authorization reference).
        Statement::allow(
            "Look",
            look.into_iter().chain(["cloudwatch:DescribeAlarms".to_owned()]),
            everything(),
        ),
        Statement::allow(
            "PassRoles",
            ["iam:PassRole"],
            ["TaskRole", "ExecutionRole"]
                .map(|role| {
                    sub(
                        &made_up_role(&place.system.stack(place.environment, Stack::Service), role),
                        &[],
                    )
                })
                .to_vec(),
        )
        .when(Conditions::none().and(Operator::StringEquals, "iam:PassedToService", "ecs-tasks.amazonaws.com")),
    ]);
    let role = role::role(
        place,
        "Moves the service from one version to the next",
        trust,
        vec![("deploy", policy)],
    );
    template.add(LogicalId::new("deployments", "Role"), &role)
}
