//! Policies of which the absence lets everybody in.

use serde_json::Value as Json;

use super::super::stack::Item;
use super::cover::Axis;
use super::statement::Statement;
use crate::read::template::json::{choice, is_absent};

/// The types that let everybody in where they have no policy, and where it stands.
///
/// * <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html> (the default endpoint policy)
/// * <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html>
/// * <https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html> (the default file system policy)
const OPEN: [(&str, &str); 4] = [
    ("AWS::ApiGateway::RestApi", "Policy"),
    ("AWS::EC2::VPCEndpoint", "PolicyDocument"),
    ("AWS::EFS::FileSystem", "FileSystemPolicy"),
    ("AWS::Serverless::Api", "Auth"),
];

/// What holds for a resource without a policy, with the path where that would stand.
pub(super) fn statement(item: &Item) -> Option<(String, Statement)> {
    let (_, name) = OPEN.iter().find(|(kind, _)| *kind == item.kind)?;
    let value = item.properties.get(*name);
    let value = match item.kind.as_str() {
        "AWS::Serverless::Api" => value.and_then(|auth| auth.get("ResourcePolicy")),
        _ => value,
    };
    // Nobody reaches a private API without a policy.
    let is_private = item
        .properties
        .get("EndpointConfiguration")
        .is_some_and(|endpoints| endpoints.to_string().contains("PRIVATE"));
    if is_private || !value.is_none_or(may_be_absent) {
        return None;
    }
    let all = || Axis {
        not: false,
        values: vec!["*".to_owned()],
    };
    let statement = Statement {
        sid: None,
        deny: false,
        principal: all(),
        action: all(),
        resource: all(),
        condition: std::collections::BTreeMap::new(),
    };
    Some(((*name).to_owned(), statement))
}

fn may_be_absent(value: &Json) -> bool {
    match choice(value) {
        Some((_, yes, no)) => may_be_absent(yes) || may_be_absent(no),
        None => is_absent(value),
    }
}
