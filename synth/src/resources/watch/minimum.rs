//! The least number of tasks: an alarm that no word of any sets off, too.
//!
//! With no task at all Container Insights writes neither how many run nor how many are asked for, so that whatever
//! compares the two is quiet. This one compares with the number of the model, and stands beside the service since the
//! stack knows whether there is an image: before the first one no task is missed, and with it the alarm is on by
//! itself, whoever releases.

use super::told::{described, told};
use super::topic;
use crate::aws::cloudwatch;
use crate::model::Severity;
use crate::monitoring::cloudwatch::Names;
use crate::monitoring::cloudwatch::alarm::{alarm, missing};
use crate::monitoring::{Unknown, Watch};
use crate::resources::place::Place;
use crate::template::{Condition, Error, Handle, LogicalId, Template, Value};

/// The second alarms of those alerts that have one, off as long as there is nothing to run.
pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    names: &Names,
    exists: &Condition,
) -> Result<Vec<(Severity, Handle<cloudwatch::Alarm>)>, Error> {
    let mut made = Vec::new();
    for alert in &place.system.monitoring.alerts {
        let Some((role, sentence)) = alert.second(place.copy()) else {
            continue;
        };
        let told = told(alert, topic::arn(place));
        let watch = Watch::below_minimum(alert, place.environment);
        let Some(made_of) = alarm(names, &watch) else { continue };
        let [before, after] = [Unknown::Good, watch.unknown].map(missing);
        let alarm = cloudwatch::Alarm {
            alarm_actions: told.clone(),
            alarm_description: Some(described(alert, &sentence).into()),
            alarm_name: Some(place.named(role).into()),
            ok_actions: told,
            threshold: Some(Value::either(exists, watch.bound, 0.0)),
            treat_missing_data: Some(Value::either(exists, after, before)),
            ..made_of
        };
        // It names the service, and so changes after it: a first release is over when its tasks run.
        let alarm = template.add(LogicalId::new(role, "Alarm"), &alarm)?;
        made.push((alert.severity, alarm));
    }
    Ok(made)
}
