//! Who is told, and what they look at.

use super::{alarms, calls, events, topic};
use crate::aws::{cloudwatch, kms};
use crate::monitoring::cloudwatch::{Names, dashboard};
use crate::resources::place::Place;
use crate::template::{Error, Handle, LogicalId, Template};

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    names: &Names,
    key: &Handle<kms::Key>,
) -> Result<(), Error> {
    let topic = topic::expand(place, template, key)?;
    let alarms = alarms::expand(place, template, names, &topic)?;
    events::expand(place, template, &topic)?;
    calls::expand(place, template, names)?;
    let body = dashboard::body((place.system, place.environment), names, &alarms);
    let dashboard = cloudwatch::Dashboard {
        dashboard_name: Some(place.prefix().into()),
        ..cloudwatch::Dashboard::new(body.stringify())
    };
    template.add(LogicalId::new("", "Dashboard"), &dashboard)?;
    Ok(())
}
