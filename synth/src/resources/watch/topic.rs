//! The topic that tells people, who may publish to it, and the address that hears of it.

use crate::aws::{kms, sns};
use crate::resources::place::Place;
use crate::template::{Arn, Condition, Conditions, Document, Error, Handle, LogicalId, Operator, Parameter, Principal};
use crate::template::{Settings, Statement, Template, Test, Value, pseudo, sub};

/// The services that tell of events: `EventBridge` of the tasks, RDS of the database.
const EVENTS: &str = "events.amazonaws.com";
const DATABASE_EVENTS: &str = "events.rds.amazonaws.com";

fn name(place: Place<'_>) -> String {
    place.named("alerts")
}

/// Its ARN, for the stacks before its own: it has a name, so that nothing has to be exported.
pub(crate) fn arn(place: Place<'_>) -> Value<Arn<sns::Topic>> {
    let arn = "arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${name}";
    sub(arn, &[("name", &name(place))]).assume()
}

/// The parameter that says who is told of alarms.
pub(crate) const NOTIFICATION_EMAIL: &str = "NotificationEmail";

/// What lets services publish to it, for those that look at that before they tell anything.
pub(crate) fn policy() -> LogicalId {
    LogicalId::new("alerts", "TopicPolicy")
}

/// Whether ECS tells of tasks; a cluster tells nothing of its pods.
pub(super) fn of_tasks_are_told(place: Place<'_>) -> bool {
    place.system.kubernetes().is_none()
}

/// The topic, and the address that hears of it once its owner has confirmed it.
pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    key: &Handle<kms::Key>,
) -> Result<Handle<sns::Topic>, Error> {
    let topic = sns::Topic {
        kms_master_key_id: Some(key.arn()),
        topic_name: Some(name(place).into()),
        ..sns::Topic::new()
    };
    let topic = template.add(LogicalId::new("alerts", "Topic"), &topic)?;
    let policy = sns::TopicPolicy::new(publishers(place, &topic), [topic.arn()]);
    template.add(self::policy(), &policy)?;
    let address = template.parameter(
        NOTIFICATION_EMAIL,
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

fn publishers(place: Place<'_>, topic: &Handle<sns::Topic>) -> Document {
    let publish = |sid: &str, service: &str| {
        Statement::allow(sid, ["sns:Publish"], vec![topic.arn().text()]).to(Principal::service(service))
    };
    let here = || Conditions::none().and(Operator::StringEquals, "aws:SourceAccount", pseudo::account());
    let database = sub(
        "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:db:${name}",
        &[("name", &place.prefix())],
    );
    let mut statements = vec![publish("Alarms", "cloudwatch.amazonaws.com").when(here())];
    if of_tasks_are_told(place) {
        // EventBridge tells a topic neither the account nor the rule that it acts for: with a condition nothing would
        // ever come (Amazon EventBridge user guide, "Using resource-based policies", on Amazon SNS).
        statements.push(publish("TaskEvents", EVENTS));
    }
    if place.system.database().is_some() {
        let from = here().and(Operator::ArnLike, "aws:SourceArn", database);
        statements.push(publish("DatabaseEvents", DATABASE_EVENTS).when(from));
    }
    Document::new(statements)
}

/// What lets events through a topic that is encrypted with the environment's key, as a statement of its policy. The
/// topic is what it is bound to: the account and the rule that `EventBridge` acts for are not told to keys either (Amazon
/// SNS developer guide, "Enable compatibility between event sources from AWS services and encrypted topics").
pub(crate) fn encrypting(place: Place<'_>) -> Option<Statement> {
    let mut services = Vec::new();
    if of_tasks_are_told(place) {
        services.push(EVENTS.into());
    }
    if place.system.database().is_some() {
        services.push(DATABASE_EVENTS.into());
    }
    if services.is_empty() {
        return None;
    }
    let statement = Statement::allow("Events", ["kms:Decrypt", "kms:GenerateDataKey*"], vec!["*".into()])
        .to(Principal::Service(services))
        .when(Conditions::none().and(
            Operator::StringEquals,
            "kms:EncryptionContext:aws:sns:topicArn",
            arn(place).text(),
        ));
    Some(statement)
}
