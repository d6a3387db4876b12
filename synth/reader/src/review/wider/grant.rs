//! Permissions that are written in other words than those of a policy.

use serde_json::{Map, Value as Json, json};

/// The statement that a resource is, if it is one by itself.
pub(super) fn statement(kind: &str, properties: &Map<String, Json>) -> Option<Json> {
    let get = |name: &str| properties.get(name).cloned().unwrap_or(Json::Null);
    let statement = match kind {
        "AWS::Lambda::Permission" => json!({
            "Principal": get("Principal"),
            "Action": get("Action"),
            "Resource": get("FunctionName"),
            // Lambda compares the ARN of the source with wildcards.
            "Condition": {
                "StringEquals": lambda(properties),
                "ArnLike": renamed(properties, &[("SourceArn", "AWS:SourceArn")]),
            },
        }),
        "AWS::Lambda::LayerVersionPermission" => json!({
            "Principal": get("Principal"),
            "Action": get("Action"),
            "Resource": get("LayerVersionArn"),
            "Condition": { "StringEquals": renamed(properties, &[("OrganizationId", "aws:PrincipalOrgID")]) },
        }),
        "AWS::Events::EventBusPolicy" => match properties.get("Statement") {
            Some(statement) => statement.clone(),
            None => json!({
                "Principal": get("Principal"),
                "Action": get("Action"),
                "Condition": condition(properties.get("Condition")),
            }),
        },
        _ => return None,
    };
    let mut statement = statement;
    if let Json::Object(map) = &mut statement {
        map.entry("Effect").or_insert_with(|| "Allow".into());
    }
    Some(json!({ "Statement": statement }))
}

/// The conditions that a permission of Lambda makes of its properties.
fn lambda(properties: &Map<String, Json>) -> Map<String, Json> {
    let mut equal = renamed(
        properties,
        &[
            ("SourceAccount", "AWS:SourceAccount"),
            ("PrincipalOrgID", "aws:PrincipalOrgID"),
            ("EventSourceToken", "lambda:EventSourceToken"),
            ("FunctionUrlAuthType", "lambda:FunctionUrlAuthType"),
        ],
    );
    // `NONE` lets everyone in, so that it is no condition.
    equal.retain(|_, value| value != "NONE");
    equal
}

fn renamed(properties: &Map<String, Json>, names: &[(&str, &str)]) -> Map<String, Json> {
    let set = names
        .iter()
        .filter_map(|(property, key)| Some(((*key).to_owned(), properties.get(*property)?.clone())));
    set.collect()
}

/// `{Type, Key, Value}` of an event bus as a condition of a policy.
fn condition(condition: Option<&Json>) -> Json {
    let get = |name: &str| condition?.get(name);
    match (
        get("Type").and_then(Json::as_str),
        get("Key").and_then(Json::as_str),
        get("Value"),
    ) {
        (Some(operator), Some(key), Some(value)) => json!({ operator: { key: value } }),
        _ => json!({}),
    }
}
