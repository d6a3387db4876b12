//! Alarms: one for each alert, and one that pages.

use super::minimum;
use super::told::{described, told};
use crate::aws::{cloudwatch, sns};
use crate::model::Severity;
use crate::monitoring::cloudwatch::{Names, alarm::alarm};
use crate::monitoring::{Measure, Of, Watch};
use crate::resources::place::Place;
use crate::template::{Arn, Error, Handle, LogicalId, Node, Template, ToNode, Value, sub};

/// The alarms of a system in the order of its alerts, those of the other stack included, and the one that pages.
pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    names: &Names,
    topic: &Handle<sns::Topic>,
) -> Result<Vec<Value<Arn<cloudwatch::Alarm>>>, Error> {
    let mut all = Vec::new();
    let mut critical = Vec::new();
    // Where something else says that there is a service, it holds the second alarms, too.
    let seconds = match &names.exists {
        Some(exists) => minimum::expand(place, template, names, exists)?,
        None => Vec::new(),
    };
    for (role, alert) in place.system.named_alerts() {
        let told = told(alert, topic.arn());
        let watch = Watch::of(alert, place.environment);
        // Prometheus tells of it.
        let Some(made) = alarm(names, &watch) else { continue };
        let alarm = cloudwatch::Alarm {
            actions_enabled: on(names, &watch),
            alarm_actions: told.clone(),
            alarm_description: Some(described(alert, &alert.sentence(place.copy())).into()),
            alarm_name: Some(place.named(&role).into()),
            ok_actions: told,
            ..made
        };
        let alarm = template.add(LogicalId::new(&role, "Alarm"), &alarm)?;
        let second = alert.second(place.copy()).map(|(role, _)| place.named(role));
        all.push(alarm.arn());
        all.extend(second.as_deref().filter(|_| seconds.is_empty()).map(elsewhere));
        if alert.severity == Severity::Critical {
            critical.push(alarm.name().to_node());
            critical.extend(second.filter(|_| seconds.is_empty()).map(Node::Text));
        }
    }
    all.extend(seconds.iter().map(|(_, alarm)| alarm.arn()));
    let seconds = seconds.iter().filter(|(severity, _)| *severity == Severity::Critical);
    critical.extend(seconds.map(|(_, alarm)| alarm.name().to_node()));
    page(place, template, topic, critical)?;
    Ok(all)
}

/// Whether an alarm tells anybody: what it looks at may not be there yet.
fn on(names: &Names, watch: &Watch) -> Option<Value<bool>> {
    let of_entry = match watch.measure {
        Measure::Signal(signal, _) | Measure::Growth(signal) => matches!(signal.of(), Of::Entry | Of::Version),
        Measure::FailedShare { .. } => true,
        Measure::MissingTasks => false,
    };
    let exists = names.exists.as_ref().filter(|_| of_entry)?;
    Some(Value::either(exists, true, false))
}

/// The ARN of an alarm of the other stack. It has a name, so that nothing has to be exported.
fn elsewhere(name: &str) -> Value<Arn<cloudwatch::Alarm>> {
    let arn = "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${name}";
    sub(arn, &[("name", &name)]).assume()
}

/// The alarm that wakes somebody: any of the critical ones. It tells once however many of them go off together.
fn page(
    place: Place<'_>,
    template: &mut Template,
    topic: &Handle<sns::Topic>,
    critical: Vec<Node>,
) -> Result<(), Error> {
    if critical.is_empty() {
        return Ok(());
    }
    let mut rule = Vec::new();
    for (index, name) in critical.into_iter().enumerate() {
        let before = if index == 0 { "ALARM(\"" } else { " OR ALARM(\"" };
        rule.extend([Node::Text(before.into()), name, Node::Text("\")".into())]);
    }
    let composite = cloudwatch::CompositeAlarm {
        alarm_actions: Some([topic.arn()].into()),
        alarm_description: Some("Somebody must look now: a critical alarm is on".into()),
        alarm_name: Some(place.named("page").into()),
        ok_actions: Some([topic.arn()].into()),
        ..cloudwatch::CompositeAlarm::new(Value::of(Node::concat(rule)))
    };
    template.add(LogicalId::new("page", "Alarm"), &composite)?;
    Ok(())
}

/// The alarms that take a deployment back.
pub(crate) fn of_deployment(
    place: Place<'_>,
    template: &mut Template,
    names: &Names,
) -> Result<Vec<Handle<cloudwatch::Alarm>>, Error> {
    let each = Watch::of_deployment().into_iter();
    let each = each.filter_map(|(role, says, watch)| Some((role, says, alarm(names, &watch)?)));
    each.map(|(role, says, made)| {
        let alarm = cloudwatch::Alarm {
            alarm_description: Some(says.into()),
            alarm_name: Some(place.named(role).into()),
            ..made
        };
        template.add(LogicalId::new(role, "Alarm"), &alarm)
    })
    .collect()
}
