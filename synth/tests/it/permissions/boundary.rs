use serde_json::{Value as Json, json};
use synth::permissions::{boundary, pack};
use synth::template::Stack;

use super::sample::{self, one};
use super::shown;

fn role(properties: Json) -> Stack {
    one("AWS::IAM::Role", properties)
}

fn policy(statement: &Json) -> Json {
    json!({ "Policies": [{ "PolicyName": "own", "PolicyDocument": { "Statement": [statement] } }] })
}

#[test]
fn the_boundary_is_what_the_roles_may_do_all_together() {
    insta::assert_snapshot!(shown(&boundary(&sample::system()[1..], &sample::scope(), None).unwrap()), @"
    ecr:GetAuthorizationToken
      on *
      for ExecutionRole
      because the policy of `ExecutionRole` has it so
    ecr:BatchGetImage ecr:GetDownloadUrlForLayer
      on ecr:R:A:repository/predict-api
      for ExecutionRole
    logs:CreateLogStream logs:PutLogEvents
      on logs:R:A:log-group:/predict-api/prod/flow logs:R:A:log-group:/predict-api/prod/flow:* logs:R:A:log-group:/predict-api/prod/service logs:R:A:log-group:/predict-api/prod/service:*
      for ExecutionRole FlowRole
    ");
}

#[test]
fn the_boundary_of_a_system_fits_into_one_policy() {
    assert!(pack(&boundary(&sample::system()[1..], &sample::scope(), None).unwrap(), 1).is_ok());
}

#[test]
fn a_condition_stays_and_is_looser_where_its_value_is_not_known_yet() {
    let statement = json!({
        "Effect": "Allow", "Action": "kms:Decrypt", "Resource": { "Ref": "Key" },
        "Condition": { "StringEquals": { "aws:SourceVpc": { "Ref": "Vpc" } }, "Bool": { "aws:SecureTransport": true } },
    });
    insta::assert_snapshot!(shown(&boundary(&[role(policy(&statement))], &sample::scope(), None).unwrap()), @"
    kms:Decrypt
      on *
      if aws:SourceVpc StringLike *
      if aws:SecureTransport Bool true
      for Thing
      because the policy of `Thing` has it so
    ");
}

#[test]
fn a_policy_of_aws_that_a_role_names_is_part_of_it() {
    let stack =
        role(json!({ "ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"] }));
    insta::assert_snapshot!(shown(&boundary(&[stack], &sample::scope(), None).unwrap()), @"
    ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetAuthorizationToken ecr:GetDownloadUrlForLayer logs:CreateLogStream logs:PutLogEvents
      on *
      for Thing
      because the policy `AmazonECSTaskExecutionRolePolicy` of AWS has it so
    ");
}

#[test]
fn a_pattern_of_actions_becomes_the_actions() {
    let statement = json!({ "Effect": "Allow", "Action": "kms:GenerateDataKey*", "Resource": "*" });
    insta::assert_snapshot!(shown(&boundary(&[role(policy(&statement))], &sample::scope(), None).unwrap()), @"
    kms:GenerateDataKey kms:GenerateDataKeyPair kms:GenerateDataKeyPairWithoutPlaintext kms:GenerateDataKeyWithoutPlaintext
      on *
      for Thing
      because the policy of `Thing` has it so
    ");
}

#[test]
fn what_is_denied_is_not_allowed() {
    let statement = json!({ "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*" });
    assert_eq!(
        boundary(&[role(policy(&statement))], &sample::scope(), None).unwrap(),
        []
    );
}

#[test]
fn a_policy_that_is_not_known_is_an_error() {
    let stack = role(json!({ "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"] }));
    insta::assert_snapshot!(boundary(&[stack], &sample::scope(), None).unwrap_err(), @"predict-api-prod-one: Thing: what the managed policy `arn:aws:iam::aws:policy/AdministratorAccess` allows is not known; say it with actions, resources and conditions that IAM can look up");
}

#[test]
fn an_exception_is_an_error() {
    let statement = json!({ "Effect": "Allow", "NotAction": "iam:*", "Resource": "*" });
    insta::assert_snapshot!(boundary(&[role(policy(&statement))], &sample::scope(), None).unwrap_err(), @"predict-api-prod-one: Thing: a statement has `NotAction`; say it with actions, resources and conditions that IAM can look up");
}

/// A role with one boundary, another with another, and a policy that names no role: whoever names it has it.
#[test]
fn a_boundary_is_of_the_roles_that_have_it_and_of_policies_that_they_name() {
    let within = |name: &str, more: Json| {
        let mut properties = json!({ "PermissionsBoundary": { "Fn::Sub": format!("arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:policy/{name}") } });
        properties
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({ "Type": "AWS::IAM::Role", "Properties": properties })
    };
    let statement = |action: &str| json!({ "Statement": [{ "Effect": "Allow", "Action": action, "Resource": "arn:aws:sqs:eu-west-1:1:jobs" }] });
    let own = |action: &str| json!({ "Policies": [{ "PolicyName": "own", "PolicyDocument": statement(action) }] });
    let policy = |action: &str, more: Json| {
        let mut properties = more;
        properties["PolicyDocument"] = statement(action);
        json!({ "Type": "AWS::IAM::ManagedPolicy", "Properties": properties })
    };
    let mut named = own("sqs:SendMessage");
    named["ManagedPolicyArns"] = json!([{ "Ref": "Named" }]);
    let stack = sample::stack(
        "predict-api-prod-one",
        json!({ "Resources": {
            "One": within("predict-api-prod-boundary", named),
            "Other": within("predict-api-prod-cluster-boundary", own("sqs:DeleteMessage")),
            "Named": policy("sqs:GetQueueUrl", json!({})),
            "OfOther": policy("sqs:PurgeQueue", json!({ "Roles": [{ "Ref": "Other" }] })),
        } }),
    );
    let arn = |name: &str| format!("arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:policy/{name}");
    let actions = |name: &str| -> Vec<String> {
        let grants = boundary([&stack], &sample::scope(), Some(&arn(name))).unwrap();
        grants.into_iter().flat_map(|grant| grant.actions).collect()
    };
    assert_eq!(
        actions("predict-api-prod-boundary"),
        ["sqs:GetQueueUrl", "sqs:SendMessage"]
    );
    let cluster = actions("predict-api-prod-cluster-boundary");
    assert_eq!(cluster, ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:PurgeQueue"]);
}
