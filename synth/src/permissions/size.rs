//! The size of a policy as IAM counts it.

use serde_json::{Map, Value as Json, json};

use super::{Condition, Grant};

/// The characters of a managed policy, white space not counted
/// (IAM user guide, "IAM and AWS STS quotas").
pub const LIMIT: usize = 6144;

/// What stands around the statements: `{"Version":"2012-10-17","Statement":[]}`.
pub(super) const FRAME: usize = 41;

/// The longest that AWS has today: a region such as `ap-southeast-1`, the partition `aws-us-gov`, 12 digits.
const LONGEST: [(&str, &str); 3] = [
    ("${AWS::Partition}", "aws-us-gov"),
    ("${AWS::Region}", "ap-southeast-1"),
    ("${AWS::AccountId}", "123456789012"),
];

/// The characters of a statement and the comma after it, at their most.
pub(super) fn of(sid: &str, grant: &Grant) -> usize {
    let statement = json!({
        "Sid": sid,
        "Effect": "Allow",
        "Action": grant.actions,
        "Resource": grant.resources.iter().map(|text| longest(text)).collect::<Vec<_>>(),
        "Condition": conditions(grant.conditions.iter()),
    });
    let text = statement.to_string();
    text.chars().filter(|letter| !letter.is_whitespace()).count() + 1
}

fn conditions<'a>(all: impl Iterator<Item = &'a Condition>) -> Json {
    let mut operators = Map::new();
    for condition in all {
        let values: Vec<_> = condition.values.iter().map(|text| longest(text)).collect();
        operators.entry(condition.operator.name()).or_insert_with(|| json!({}))[&condition.key] = json!(values);
    }
    Json::Object(operators)
}

fn longest(text: &str) -> String {
    let replace = |text: String, (name, value): (&str, &str)| text.replace(name, value);
    LONGEST.into_iter().fold(text.to_owned(), replace)
}
