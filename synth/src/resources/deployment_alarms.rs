//! The alarms that take a deployment back. They are quicker than those that tell people, and tell nobody.

use super::alarms;
use super::ecs::Targets;
use super::entry::Way;
use super::metrics::Names;
use super::place::Place;
use crate::aws::cloudwatch;
use crate::model::Percent;
use crate::template::{Error, Handle, LogicalId, Template};

/// One request in twenty is more than any deployment is worth.
const ERRORS: Percent = Percent::of::<5>();

/// So many must fail in a minute: where ten requests come, one that fails is a tenth of them, and may be anything.
const FAILURES: u32 = 5;

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    way: &Way,
    targets: &Targets,
) -> Result<Vec<Handle<cloudwatch::Alarm>>, Error> {
    let names = Names::new(place, way, targets);
    let errors = cloudwatch::Alarm {
        alarm_description: Some(
            "A deployment is taken back: more than 5 % of requests, and 5 or more, failed in 2 of 3 minutes".into(),
        ),
        alarm_name: Some(place.named("deployment-errors").into()),
        ..alarms::errors_above(&names, (ERRORS, FAILURES), (2, 3))
    };
    let unhealthy = cloudwatch::Alarm {
        alarm_description: Some("A deployment is taken back: a task fails its health check for 3 minutes".into()),
        alarm_name: Some(place.named("deployment-unhealthy").into()),
        ..alarms::unhealthy(&names, cloudwatch::AlarmStatistic::Minimum, 3)
    };
    Ok(vec![
        template.add(LogicalId::new("deployment-errors", "Alarm"), &errors)?,
        template.add(LogicalId::new("deployment-unhealthy", "Alarm"), &unhealthy)?,
    ])
}
