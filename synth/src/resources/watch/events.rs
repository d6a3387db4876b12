//! What AWS tells of by itself: tasks that do not start or keep stopping, and the database.

use super::topic::{of_tasks_are_told, policy as topic_policy};
use crate::aws::{events, rds, sns};
use crate::resources::place::Place;
use crate::template::{Error, Handle, LogicalId, Node, Settings, Template, ToNode, Value, sub};

/// What RDS tells of a database: what its users notice, and what is about to be noticed
/// (Amazon RDS user guide, "Amazon RDS event categories and event messages").
const OF_DATABASE: [&str; 5] = ["availability", "failover", "failure", "low storage", "maintenance"];

pub(super) fn expand(place: Place<'_>, template: &mut Template, topic: &Handle<sns::Topic>) -> Result<(), Error> {
    if of_tasks_are_told(place) {
        template.add(LogicalId::new("task-events", "Rule"), &of_tasks(place, topic))?;
    }
    if place.system.database().is_some() {
        let subscription = rds::EventSubscription {
            event_categories: Some(OF_DATABASE.into()),
            source_ids: Some([place.prefix()].into()),
            source_type: Some("db-instance".into()),
            subscription_name: Some(place.named("database-events").into()),
            ..rds::EventSubscription::new(topic.arn())
        };
        // RDS refuses a topic that it may not publish to (Amazon RDS API reference, `CreateEventSubscription`).
        let settings = Settings::after([topic_policy()]);
        template.add_with(
            LogicalId::new("database-events", "Subscription"),
            &subscription,
            settings,
        )?;
    }
    Ok(())
}

/// Every warning and every error that ECS has of the service: `SERVICE_TASK_START_IMPAIRED`,
/// `SERVICE_TASK_PLACEMENT_FAILURE`, `SERVICE_DEPLOYMENT_FAILED` and their like
/// (Amazon ECS developer guide, "Amazon ECS service action events", "service deployment state change events").
fn of_tasks(place: Place<'_>, topic: &Handle<sns::Topic>) -> events::Rule {
    let service = sub(
        "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:service/${cluster}/${service}",
        &[("cluster", &place.prefix()), ("service", &place.system.name.as_str())],
    );
    let pattern = Node::map([
        ("source", Node::list(["aws.ecs"])),
        (
            "detail-type",
            Node::list(["ECS Deployment State Change", "ECS Service Action"]),
        ),
        ("resources", Node::list([service])),
        ("detail", Node::map([("eventType", Node::list(["ERROR", "WARN"]))])),
    ]);
    let target = events::Target {
        input_transformer: Some(sentence(place).into()),
        ..events::Target::new(topic.arn().text(), "alerts")
    };
    events::Rule {
        description: Some(format!("Tasks of {} that do not start or keep stopping", place.prefix()).into()),
        event_pattern: Some(pattern.into()),
        name: Some(place.named("task-events").into()),
        targets: Some([target].into()),
        ..events::Rule::new()
    }
}

/// The event as a person reads it, in one line. What an event has not is left empty.
fn sentence(place: Place<'_>) -> events::InputTransformer {
    let paths = [
        ("eventName", "$.detail.eventName"),
        ("reason", "$.detail.reason"),
        ("time", "$.time"),
    ];
    let paths = Node::map(paths.map(|(name, path)| (name, path.to_node())));
    let text = format!(
        "\"{}: ECS says <eventName> at <time>. <reason> See the events of the service and its stopped tasks.\"",
        place.prefix()
    );
    events::InputTransformer {
        input_paths_map: Some(Value::of(paths)),
        ..events::InputTransformer::new(text)
    }
}
