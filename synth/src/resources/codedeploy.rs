//! Blue/green deployments by CodeDeploy.

use super::entry::Way;
use super::network::{self, only_from};
use super::place::Place;
use crate::aws::{cloudwatch, codedeploy, elasticloadbalancingv2 as elb, iam};
use crate::model::{Shift, Strategy};
use crate::template::{Document, Error, Handle, LogicalId, Principal, Statement, Template, sub};

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    way: &Way,
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
    let pair = codedeploy::TargetGroupPairInfo {
        prod_traffic_route: Some(
            codedeploy::TrafficRoute {
                listener_arns: Some([way.listener.arn()].into()),
            }
            .into(),
        ),
        target_groups: Some([targets.0, targets.1].map(group).into()),
        ..codedeploy::TargetGroupPairInfo::new()
    };
    let names = alarms.iter().map(|alarm| codedeploy::Alarm {
        name: Some(alarm.name()),
    });
    let deployments = codedeploy::DeploymentGroup {
        alarm_configuration: Some(
            codedeploy::AlarmConfiguration {
                alarms: Some(names.collect::<Vec<_>>().into()),
                enabled: Some(true.into()),
                ..codedeploy::AlarmConfiguration::new()
            }
            .into(),
        ),
        auto_rollback_configuration: Some(
            codedeploy::AutoRollbackConfiguration {
                enabled: Some(true.into()),
                events: Some(
                    [
                        codedeploy::AutoRollbackConfigurationEvents::DeploymentFailure,
                        codedeploy::AutoRollbackConfigurationEvents::DeploymentStopOnAlarm,
                    ]
                    .into(),
                ),
            }
            .into(),
        ),
        blue_green_deployment_configuration: Some(blue_green(bake.0).into()),
        deployment_config_name: Some(configuration(shift).into()),
        deployment_group_name: Some(place.prefix().into()),
        deployment_style: Some(
            codedeploy::DeploymentStyle {
                deployment_option: Some(codedeploy::DeploymentStyleDeploymentOption::WithTrafficControl.into()),
                deployment_type: Some(codedeploy::DeploymentStyleDeploymentType::BlueGreen.into()),
            }
            .into(),
        ),
        ecs_services: Some([codedeploy::EcsService::new(place.prefix(), place.system.name.as_str())].into()),
        load_balancer_info: Some(
            codedeploy::LoadBalancerInfo {
                target_group_pair_info_list: Some([pair].into()),
                ..codedeploy::LoadBalancerInfo::new()
            }
            .into(),
        ),
        ..codedeploy::DeploymentGroup::new(application.name(), role.arn())
    };
    template.add(LogicalId::new("deployments", "Group"), &deployments)?;
    Ok(())
}

fn group(target: &Handle<elb::TargetGroup>) -> codedeploy::TargetGroupInfo {
    codedeploy::TargetGroupInfo {
        name: Some(target.name()),
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

/// The nearest of CodeDeploy's own configurations
/// (CodeDeploy user guide, "Deployment configurations on an Amazon ECS compute platform").
fn configuration(shift: Shift) -> &'static str {
    match shift {
        Shift::AllAtOnce => "CodeDeployDefault.ECSAllAtOnce",
        Shift::Canary { bake, .. } if bake.0 > 5 => "CodeDeployDefault.ECSCanary10Percent15Minutes",
        Shift::Canary { .. } => "CodeDeployDefault.ECSCanary10Percent5Minutes",
        Shift::Linear { bake, .. } if bake.0 > 1 => "CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
        Shift::Linear { .. } => "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
    }
}

fn role(place: Place<'_>, template: &mut Template) -> Result<Handle<iam::Role>, Error> {
    let source = sub(
        "arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:*",
        &[],
    );
    let trust = Statement::allow("CodeDeploy", ["sts:AssumeRole"], vec![])
        .to(Principal::service("codedeploy.amazonaws.com"))
        .when(only_from(&source));
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
        ),
        // These have no resource-level permissions (Service authorization reference).
        Statement::allow(
            "Look",
            look.into_iter().chain(["cloudwatch:DescribeAlarms".to_owned()]),
            everything(),
        ),
        Statement::allow(
            "PassRoles",
            ["iam:PassRole"],
            vec![arn(
                "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${prefix}-service-*",
            )],
        )
        .when(crate::template::Conditions::none().and(
            crate::template::Operator::StringEquals,
            "iam:PassedToService",
            "ecs-tasks.amazonaws.com",
        )),
    ]);
    let role = network::role(
        place,
        "Moves the service from one version to the next",
        trust,
        vec![("deploy", policy)],
    );
    template.add(LogicalId::new("deployments", "Role"), &role)
}
