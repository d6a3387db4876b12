//! Calls of a cluster's API that were refused, counted in what it writes of each call
//! (Amazon EKS user guide, "Send control plane logs to CloudWatch Logs").

use crate::aws::logs::{MetricFilter, MetricTransformation};
use crate::model::{Panel, When};
use crate::monitoring::Signal;
use crate::monitoring::cloudwatch::Names;
use crate::resources::log_group;
use crate::resources::place::Place;
use crate::template::{Error, LogicalId, Template, Value};

/// Nobody knows who calls, or he may not: a call is written once when it is over (Kubernetes, "Auditing").
const REFUSED: &str =
    "{ ($.stage = \"ResponseComplete\") && (($.responseStatus.code = 401) || ($.responseStatus.code = 403)) }";

/// Counts them where somebody is told of them or looks at them.
pub(super) fn expand(place: Place<'_>, template: &mut Template, names: &Names) -> Result<(), Error> {
    let watched = &place.system.monitoring;
    let mut alerts = watched.alerts.iter();
    let is_told = alerts.any(|alert| matches!(alert.when, When::CallsRefusedAbove(_)));
    let Some((name, namespace)) = names.counted(Signal::RefusedCalls) else {
        return Ok(());
    };
    if !is_told && !watched.panels.contains(&Panel::Security) {
        return Ok(());
    }
    let counts = MetricTransformation {
        default_value: Some(0.0.into()),
        ..MetricTransformation::new(name, namespace, "1")
    };
    for (role, group) in log_group::of_cluster(place).take(1) {
        let filter = MetricFilter::new(REFUSED, Value::existing(group), vec![counts.clone()]);
        template.add(LogicalId::new(role, "RefusedCallsFilter"), &filter)?;
    }
    Ok(())
}
