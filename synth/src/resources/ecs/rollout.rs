//! Rollouts: how a new version takes over, and what takes it back.

use super::targets::{Targets, names};
use super::{codedeploy, container};
use crate::aws::{cloudwatch, ecs, elasticloadbalancingv2 as elb, iam};
use crate::model::{BlueGreenBy, Shift, Strategy};
use crate::resources::entry::Way;
use crate::resources::place::Place;
use crate::resources::role;
use crate::resources::watch::alarms;
use crate::template::{Arn, Document, Error, Handle, LogicalId, Principal, Settings, Statement, Template, Value, sub};

/// What a strategy asks of the service.
pub(crate) struct Rollout {
    pub(crate) controller: ecs::DeploymentControllerType,
    pub(crate) configuration: Option<ecs::DeploymentConfiguration>,
    pub(crate) load_balancer: ecs::LoadBalancer,
    pub(crate) rule: Handle<elb::ListenerRule>,
    /// Set where the template may not change the task definition of the service.
    pub(crate) by_family: Option<Value<Arn<ecs::TaskDefinition>>>,
    pub(crate) after: Vec<LogicalId>,
}

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    (way, listener): (&Way, &Handle<elb::Listener>),
    targets: &Targets,
) -> Result<Rollout, Error> {
    let rule = template.add(LogicalId::new("", "ListenerRule"), &rule(listener, &targets.this))?;
    hide(place, template, listener, rule.logical_id())?;
    let alarms = alarms::of_deployment(place, template, &names(place, way, targets))?;
    let load_balancer = ecs::LoadBalancer {
        container_name: Some(container::name(place).into()),
        container_port: Some(place.system.service.port.number().into()),
        target_group_arn: Some(targets.this.arn()),
        ..ecs::LoadBalancer::new()
    };
    let mut rollout = Rollout {
        controller: ecs::DeploymentControllerType::Ecs,
        configuration: Some(configuration(place.environment.strategy, &alarms)),
        load_balancer,
        // ECS refuses a target group that no load balancer sends anything to yet.
        after: vec![rule.logical_id()],
        rule,
        by_family: None,
    };
    if let (Strategy::BlueGreen { by, .. }, Some(green)) = (place.environment.strategy, &targets.other) {
        match by {
            BlueGreenBy::Ecs => by_ecs(place, template, &mut rollout, green)?,
            BlueGreenBy::CodeDeploy => {
                codedeploy::expand(place, template, listener, (&targets.this, green), &alarms)?;
                by_code_deploy(place, template, &mut rollout);
            }
        }
    }
    Ok(rollout)
}

fn by_ecs(
    place: Place<'_>,
    template: &mut Template,
    rollout: &mut Rollout,
    green: &Handle<elb::TargetGroup>,
) -> Result<(), Error> {
    let shifts = "ECS moves the traffic between two versions with its weights";
    template.moves(&rollout.rule, ("Actions", None), shifts);
    let shifter = traffic_role(place, template)?;
    let advanced = ecs::AdvancedConfiguration {
        production_listener_rule: Some(rollout.rule.arn()),
        role_arn: Some(shifter.arn()),
        ..ecs::AdvancedConfiguration::new(green.arn())
    };
    rollout.load_balancer.advanced_configuration = Some(advanced.into());
    // It refers to the rule, which says so already.
    rollout.after.clear();
    Ok(())
}

fn by_code_deploy(place: Place<'_>, template: &mut Template, rollout: &mut Rollout) {
    let shifts = "CodeDeploy moves the traffic between two versions with it";
    template.moves(&rollout.rule, ("Actions", None), shifts);
    rollout.controller = ecs::DeploymentControllerType::CodeDeploy;
    rollout.configuration = None;
    // CodeDeploy alone may change the task definition of its services. The family's newest revision is what the service
    // starts with; the literal text never changes.
    rollout.by_family = Some(Value::existing(place.prefix()));
    rollout.after.push(LogicalId::new("", "TaskDefinition"));
}

/// What is for inside is not there for clients. Rules are asked in the order of their numbers, so this one comes first.
fn hide(
    place: Place<'_>,
    template: &mut Template,
    listener: &Handle<elb::Listener>,
    after: LogicalId,
) -> Result<(), Error> {
    let hidden = &place.system.service.hidden;
    if hidden.is_empty() {
        return Ok(());
    }
    let nothing = elb::FixedResponseConfig {
        content_type: Some("text/plain".into()),
        message_body: Some("not found".into()),
        ..elb::FixedResponseConfig::new("404")
    };
    let nothing = elb::ListenerRuleAction {
        fixed_response_config: Some(nothing.into()),
        ..elb::ListenerRuleAction::new(elb::ListenerRuleActionType::FixedResponse)
    };
    let rule = elb::ListenerRule {
        listener_arn: Some(listener.arn()),
        ..elb::ListenerRule::new([nothing], [paths(hidden.clone())], 1)
    };
    // Where this rule is new, its number is free only after the other has moved.
    template.add_with(
        LogicalId::new("hidden", "ListenerRule"),
        &rule,
        Settings::after([after]),
    )?;
    Ok(())
}

fn paths(patterns: Vec<String>) -> elb::RuleCondition {
    elb::RuleCondition {
        field: Some("path-pattern".into()),
        path_pattern_config: Some(
            elb::PathPatternConfig {
                values: Some(patterns.into()),
                ..elb::PathPatternConfig::new()
            }
            .into(),
        ),
        ..elb::RuleCondition::new()
    }
}

/// Everything goes to the service. It is a rule, not the listener's default, since a rule is what ECS shifts traffic on.
fn rule(listener: &Handle<elb::Listener>, target: &Handle<elb::TargetGroup>) -> elb::ListenerRule {
    let forward = elb::ListenerRuleAction {
        target_group_arn: Some(target.arn()),
        ..elb::ListenerRuleAction::new(elb::ListenerRuleActionType::Forward)
    };
    elb::ListenerRule {
        listener_arn: Some(listener.arn()),
        ..elb::ListenerRule::new([forward], [paths(vec!["/*".to_owned()])], 2)
    }
}

/// Never fewer tasks than asked for, and back by itself when alarms object or, rolling, when tasks do not start.
fn configuration(strategy: Strategy, alarms: &[Handle<cloudwatch::Alarm>]) -> ecs::DeploymentConfiguration {
    let names: Vec<_> = alarms.iter().map(Handle::<cloudwatch::Alarm>::name).collect();
    let common = ecs::DeploymentConfiguration {
        alarms: Some(ecs::DeploymentAlarms::new(names, true, true).into()),
        maximum_percent: Some(200.into()),
        minimum_healthy_percent: Some(100.into()),
        ..ecs::DeploymentConfiguration::new()
    };
    let Strategy::BlueGreen { shift, bake, .. } = strategy else {
        // The circuit breaker exists for rolling deployments only.
        return ecs::DeploymentConfiguration {
            deployment_circuit_breaker: Some(ecs::DeploymentCircuitBreaker::new(true, true).into()),
            strategy: Some(ecs::DeploymentConfigurationStrategy::Rolling.into()),
            ..common
        };
    };
    let common = ecs::DeploymentConfiguration {
        bake_time_in_minutes: Some(bake.0.into()),
        ..common
    };
    shifting(shift, common)
}

/// How the traffic moves.
fn shifting(shift: Shift, common: ecs::DeploymentConfiguration) -> ecs::DeploymentConfiguration {
    use ecs::DeploymentConfigurationStrategy::{BlueGreen, Canary, Linear};
    match shift {
        Shift::AllAtOnce => ecs::DeploymentConfiguration {
            strategy: Some(BlueGreen.into()),
            ..common
        },
        Shift::Canary { first, bake } => {
            let canary = ecs::CanaryConfiguration {
                canary_bake_time_in_minutes: Some(bake.0.into()),
                canary_percent: Some(f64::from(first.number()).into()),
            };
            ecs::DeploymentConfiguration {
                canary_configuration: Some(canary.into()),
                strategy: Some(Canary.into()),
                ..common
            }
        }
        Shift::Linear { step, bake } => {
            let linear = ecs::LinearConfiguration {
                step_bake_time_in_minutes: Some(bake.0.into()),
                step_percent: Some(f64::from(step.number()).into()),
            };
            ecs::DeploymentConfiguration {
                linear_configuration: Some(linear.into()),
                strategy: Some(Linear.into()),
                ..common
            }
        }
    }
}

/// What ECS may do to the load balancer while it shifts traffic.
fn traffic_role(place: Place<'_>, template: &mut Template) -> Result<Handle<iam::Role>, Error> {
    let trust = Statement::allow("Ecs", ["sts:AssumeRole"], vec![])
        .to(Principal::service("ecs.amazonaws.com"))
        .when(role::only_for_this_account());
    let shift = [
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:RegisterTargets",
    ];
    let arn = |kind: &str| {
        sub(
            &format!("arn:${{AWS::Partition}}:elasticloadbalancing:${{AWS::Region}}:${{AWS::AccountId}}:{kind}"),
            &[],
        )
    };
    let look = [
        "DescribeListeners",
        "DescribeRules",
        "DescribeTargetGroups",
        "DescribeTargetHealth",
    ];
    let look = look.map(|action| format!("elasticloadbalancing:{action}"));
    let policy = Document::new([
        Statement::allow(
            "Shift",
            shift,
            ["targetgroup/*", "listener/app/*", "listener-rule/app/*"]
                .map(arn)
                .to_vec(),
        )
        .when(place.only_ours()),
        // These have no resource-level permissions (Service authorization reference, Elastic Load Balancing V2).
        Statement::allow("Look", look, vec!["*".into()]),
    ]);
    let role = role::role(
        place,
        "Shifts traffic between two versions",
        trust,
        vec![("shift-traffic", policy)],
    );
    template.add(LogicalId::new("traffic", "Role"), &role)
}
