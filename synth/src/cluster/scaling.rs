//! How many pods run, and how many may go at a time.

use super::Place;
use crate::k8s::{apps, autoscaling, meta, policy};
use crate::manifest::{Bundle, Error, Labels, Name};
use crate::model::{Capacity, Percent};

/// For how many seconds fewer must do before pods go.
pub(crate) const STEADY: i64 = 300;

pub(super) fn expand(place: Place<'_>, bundle: &mut Bundle, deployment: &Name<apps::Deployment>) -> Result<(), Error> {
    bundle.add(policy::PodDisruptionBudget::new(place.own(), budget(&place.labels())))?;
    if let Some(spec) = scaler(place.environment.scale.capacity, deployment, None) {
        bundle.add(autoscaling::HorizontalPodAutoscaler::new(place.own(), spec))?;
    }
    Ok(())
}

/// How many pods of a service may go at a time.
pub(super) fn budget(labels: &Labels) -> policy::PodDisruptionBudgetSpec {
    policy::PodDisruptionBudgetSpec {
        max_unavailable: Some(1.into()),
        selector: Some(meta::LabelSelector {
            match_labels: Some(labels.selector()),
            ..Default::default()
        }),
        // A pod that takes no requests anyway must not keep a machine from being replaced.
        unhealthy_pod_eviction_policy: Some(policy::PodDisruptionBudgetSpecUnhealthyPodEvictionPolicy::AlwaysAllow),
        ..Default::default()
    }
}

/// How many pods run, where that follows from what they use; and how fast they go, if that is said.
pub(super) fn scaler(
    capacity: Capacity,
    deployment: &Name<apps::Deployment>,
    going: Option<autoscaling::HPAScalingPolicy>,
) -> Option<autoscaling::HorizontalPodAutoscalerSpec> {
    let Capacity::Scaling { min, max, cpu, memory } = capacity else {
        return None;
    };
    let target = autoscaling::CrossVersionObjectReference {
        api_version: Some("apps/v1".into()),
        ..autoscaling::CrossVersionObjectReference::new("Deployment", deployment.as_str())
    };
    let down = autoscaling::HPAScalingRules {
        policies: going.map(|policy| vec![policy]),
        stabilization_window_seconds: Some(STEADY),
        ..Default::default()
    };
    Some(autoscaling::HorizontalPodAutoscalerSpec {
        behavior: Some(autoscaling::HorizontalPodAutoscalerBehavior {
            scale_down: Some(down),
            ..Default::default()
        }),
        // An API server that keeps the older version of this kind gives the others before the CPU, whatever the order was,
        // which would look like drift (<https://github.com/kubernetes/kubernetes/issues/74099>).
        metrics: Some(vec![metric("memory", memory), metric("cpu", cpu)]),
        min_replicas: Some(min.into()),
        ..autoscaling::HorizontalPodAutoscalerSpec::new(max, target)
    })
}

fn metric(resource: &str, aim: Percent) -> autoscaling::MetricSpec {
    let target = autoscaling::MetricTarget {
        average_utilization: Some(aim.number().into()),
        ..autoscaling::MetricTarget::new(autoscaling::MetricTargetType::Utilization)
    };
    autoscaling::MetricSpec {
        resource: Some(autoscaling::ResourceMetricSource::new(resource, target)),
        ..autoscaling::MetricSpec::new(autoscaling::MetricSpecType::Resource)
    }
}
