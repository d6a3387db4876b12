//! Scaling: two targets; tasks are added for either, and removed when both allow it.

use super::image::Image;
use crate::aws::{applicationautoscaling as scaling, ecs};
use crate::model::{Capacity, Percent};
use crate::resources::place::Place;
use crate::template::{Error, Handle, LogicalId, Template, Value, sub};

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    cluster: &Handle<ecs::Cluster>,
    service: &Handle<ecs::Service>,
    image: &Image,
) -> Result<(), Error> {
    let Capacity::Scaling { min, max, cpu, memory } = place.environment.scale.capacity else {
        return Ok(());
    };
    let resource = sub(
        "service/${cluster}/${service}",
        &[("cluster", &cluster.name()), ("service", &service.name())],
    );
    let target = scaling::ScalableTarget::new(
        max,
        Value::either(&image.exists, min, 0),
        resource,
        scaling::ScalableTargetScalableDimension::EcsServiceDesiredCount,
        scaling::ScalableTargetServiceNamespace::Ecs,
    );
    let target = template.add(LogicalId::new("", "ScalableTarget"), &target)?;
    let policies = [
        (
            "cpu",
            cpu,
            scaling::PredefinedMetricSpecificationPredefinedMetricType::EcsServiceAverageCpuUtilization,
        ),
        (
            "memory",
            memory,
            scaling::PredefinedMetricSpecificationPredefinedMetricType::EcsServiceAverageMemoryUtilization,
        ),
    ];
    for (role, aim, metric) in policies {
        template.add(
            LogicalId::new(role, "ScalingPolicy"),
            &policy(role, aim, metric, &target),
        )?;
    }
    Ok(())
}

fn policy(
    role: &str,
    aim: Percent,
    metric: scaling::PredefinedMetricSpecificationPredefinedMetricType,
    target: &Handle<scaling::ScalableTarget>,
) -> scaling::ScalingPolicy {
    let tracking = scaling::TargetTrackingScalingPolicyConfiguration {
        predefined_metric_specification: Some(scaling::PredefinedMetricSpecification::new(metric).into()),
        // Out fast, in slowly: a burst is often followed by another.
        scale_in_cooldown: Some(300.into()),
        scale_out_cooldown: Some(60.into()),
        ..scaling::TargetTrackingScalingPolicyConfiguration::new(f64::from(aim.number()))
    };
    scaling::ScalingPolicy {
        scaling_target_id: Some(target.id()),
        target_tracking_scaling_policy_configuration: Some(tracking.into()),
        ..scaling::ScalingPolicy::new(role, scaling::ScalingPolicyPolicyType::TargetTrackingScaling)
    }
}
