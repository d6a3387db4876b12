//! Who is told, and what they look at.

use super::metrics::Names;
use super::place::Place;
use super::{alarms, dashboard};
use crate::aws::{cloudwatch, kms, sns};
use crate::template::{Condition, Conditions, Document, Error, Handle, LogicalId, Operator, Parameter, Principal};
use crate::template::{Settings, Statement, Template, Test, pseudo};

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    names: &Names,
    key: &Handle<kms::Key>,
) -> Result<(), Error> {
    let topic = topic(place, template, key)?;
    let alarms = alarms::expand(place, template, names, &topic)?;
    let body = dashboard::body(place, names, &alarms);
    let dashboard = cloudwatch::Dashboard {
        dashboard_name: Some(place.prefix().into()),
        ..cloudwatch::Dashboard::new(body.stringify())
    };
    template.add(LogicalId::new("", "Dashboard"), &dashboard)?;
    Ok(())
}

/// The topic that alarms publish to, and the address that hears of them once its owner has confirmed it.
fn topic(place: Place<'_>, template: &mut Template, key: &Handle<kms::Key>) -> Result<Handle<sns::Topic>, Error> {
    let topic = sns::Topic {
        kms_master_key_id: Some(key.arn()),
        topic_name: Some(place.named("alerts").into()),
        ..sns::Topic::new()
    };
    let topic = template.add(LogicalId::new("alerts", "Topic"), &topic)?;
    let publish = Statement::allow("Alarms", ["sns:Publish"], vec![topic.arn().text()])
        .to(Principal::service("cloudwatch.amazonaws.com"))
        .when(Conditions::none().and(Operator::StringEquals, "aws:SourceAccount", pseudo::account()));
    let policy = sns::TopicPolicy::new(Document::new([publish]), [topic.arn()]);
    template.add(LogicalId::new("alerts", "TopicPolicy"), &policy)?;
    let address = template.parameter(
        "NotificationEmail",
        Parameter {
            default: Some(String::new()),
            allowed_pattern: Some("^(|[^@\\s]+@[^@\\s]+)$".into()),
            constraint: Some("an e-mail address, or nothing".into()),
            ..Parameter::text("Who is told of alarms. AWS asks for a confirmation by e-mail first. Nothing: nobody.")
        },
    )?;
    let given: Condition = template.condition("HasNotificationEmail", Test::differs(&address, ""))?;
    let subscription = sns::Subscription {
        endpoint: Some(address),
        ..sns::Subscription::new("email", topic.arn())
    };
    let settings = Settings {
        condition: Some(given),
        ..Settings::default()
    };
    template.add_with(LogicalId::new("alerts", "Subscription"), &subscription, settings)?;
    Ok(topic)
}
