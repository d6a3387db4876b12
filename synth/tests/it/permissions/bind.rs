//! Permissions that are bound to one environment.

use serde_json::{Value as Json, json};
use synth::permissions::{Grant, Scope, boundary, execution, unbound};
use synth::template::Stack;

use super::sample::{self, BOUNDARY};
use super::shown;

fn tags() -> Json {
    json!([{ "Key": "system", "Value": "predict-api" }, { "Key": "environment", "Value": "prod" }])
}

/// A stack with these resources, each with the tags of the environment.
fn tagged(resources: &Json) -> Stack {
    let mut resources = resources.clone();
    for resource in resources.as_object_mut().unwrap().values_mut() {
        resource["Properties"]["Tags"] = tags();
    }
    sample::stack("predict-api-prod-one", json!({ "Resources": resources }))
}

fn needed(stack: Stack) -> Vec<Grant> {
    execution(&[stack], &sample::scope(), BOUNDARY).unwrap()
}

/// The grants of some actions.
fn of(stack: Stack, actions: &[&str]) -> String {
    let grants = needed(stack).into_iter().filter_map(|grant| {
        let actions = grant
            .actions
            .iter()
            .filter(|action| actions.contains(&action.as_str()))
            .cloned();
        let grant = Grant {
            actions: actions.collect(),
            ..grant
        };
        (!grant.actions.is_empty()).then_some(grant)
    });
    shown(&grants.collect::<Vec<_>>())
}

fn network() -> Stack {
    tagged(&json!({
        "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16" } },
        "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" } } },
    }))
}

#[test]
fn what_is_made_has_our_tags_and_what_it_is_made_in_is_ours() {
    insta::assert_snapshot!(of(network(), &["ec2:CreateSubnet"]), @"
    ec2:CreateSubnet
      on ec2:R:A:subnet/*
      if aws:RequestTag/environment StringEqualsIfExists prod
      if aws:RequestTag/system StringEqualsIfExists predict-api
      for AWS::EC2::Subnet
    ec2:CreateSubnet
      on ec2:R:A:vpc/*
      if aws:ResourceTag/environment StringEquals prod
      if aws:ResourceTag/system StringEquals predict-api
      for AWS::EC2::Subnet AWS::EC2::VPC
    ");
}

#[test]
fn tags_are_given_only_to_what_is_nobody_elses() {
    insta::assert_snapshot!(of(network(), &["ec2:CreateTags", "ec2:DeleteTags"]), @"
    ec2:CreateTags
      on ec2:R:A:subnet/* ec2:R:A:vpc/*
      if aws:RequestTag/environment StringEquals prod
      if aws:RequestTag/system StringEquals predict-api
      if aws:ResourceTag/environment StringEqualsIfExists prod
      if aws:ResourceTag/system StringEqualsIfExists predict-api
      if aws:ResourceTag/aws:eks:cluster-name Null true
      if aws:ResourceTag/eks:eks-cluster-name Null true
      for AWS::EC2::Subnet AWS::EC2::VPC
    ec2:CreateTags ec2:DeleteTags
      on ec2:R:A:subnet/* ec2:R:A:vpc/*
      if aws:ResourceTag/environment StringEquals prod
      if aws:ResourceTag/system StringEquals predict-api
      for AWS::EC2::Subnet AWS::EC2::VPC
    ");
}

#[test]
fn a_key_is_managed_by_its_tags_and_used_by_its_alias() {
    let stack = tagged(&json!({
        "Key": { "Type": "AWS::KMS::Key", "Properties": {} },
        "Alias": { "Type": "AWS::KMS::Alias", "Properties": { "AliasName": "alias/predict-api-prod", "TargetKeyId": { "Ref": "Key" } } },
        "Secret": { "Type": "AWS::SecretsManager::Secret", "Properties": { "Name": "predict-api-prod-user", "KmsKeyId": { "Ref": "Key" } } },
    }));
    insta::assert_snapshot!(of(stack, &["kms:PutKeyPolicy", "kms:Decrypt", "kms:TagResource"]), @"
    kms:TagResource
      on kms:R:A:key/*
      if aws:RequestTag/environment StringEquals prod
      if aws:RequestTag/system StringEquals predict-api
      if aws:ResourceTag/environment StringEqualsIfExists prod
      if aws:ResourceTag/system StringEqualsIfExists predict-api
      if kms:ResourceAliases Null true
      for AWS::KMS::Key
    kms:PutKeyPolicy kms:TagResource
      on kms:R:A:key/*
      if aws:ResourceTag/environment StringEquals prod
      if aws:ResourceTag/system StringEquals predict-api
      for AWS::KMS::Alias AWS::KMS::Key
    kms:Decrypt
      on kms:R:A:key/*
      if kms:ViaService StringEquals secretsmanager.R.amazonaws.com
      if kms:ResourceAliases ForAnyValue:StringEquals alias/predict-api-prod
      for AWS::SecretsManager::Secret
    ");
}

#[test]
fn a_secret_whose_name_tells_nothing_is_bound_by_its_tags_and_no_services_is_taken() {
    let stack = tagged(&json!({ "Secret": { "Type": "AWS::SecretsManager::Secret", "Properties": {} } }));
    insta::assert_snapshot!(of(stack, &["secretsmanager:CreateSecret", "secretsmanager:GetSecretValue", "secretsmanager:TagResource"]), @"
    secretsmanager:TagResource
      on secretsmanager:R:A:secret:*
      if aws:RequestTag/environment StringEquals prod
      if aws:RequestTag/system StringEquals predict-api
      if aws:ResourceTag/environment StringEqualsIfExists prod
      if aws:ResourceTag/system StringEqualsIfExists predict-api
      if aws:ResourceTag/aws:secretsmanager:owningService Null true
      for AWS::SecretsManager::Secret
    secretsmanager:GetSecretValue secretsmanager:TagResource
      on secretsmanager:R:A:secret:*
      if aws:ResourceTag/environment StringEquals prod
      if aws:ResourceTag/system StringEquals predict-api
      for AWS::SecretsManager::Secret
    secretsmanager:CreateSecret
      on secretsmanager:R:A:secret:*
      if aws:RequestTag/environment StringEqualsIfExists prod
      if aws:RequestTag/system StringEqualsIfExists predict-api
      for AWS::SecretsManager::Secret
    ");
}

#[test]
fn a_kind_of_things_is_no_name() {
    let grant = |kind: &str, action: &str| {
        let (service, _) = action.split_once(':').unwrap();
        Grant::new(
            [action],
            [format!(
                "arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{kind}"
            )],
        )
    };
    let told = |kind: &str, action: &str| !unbound(&sample::scope(), &[grant(kind, action)]).is_empty();
    assert!(told("secret:*", "secretsmanager:GetSecretValue"));
    assert!(told("log-group:*", "logs:GetLogEvents"));
    assert!(told("stream/*", "kinesis:TagResource"));
    assert!(!told("log-group:/predict-api/prod/service:*", "logs:GetLogEvents"));
    assert!(!told(
        "secret:predict-api-prod-user-??????",
        "secretsmanager:GetSecretValue"
    ));
}

#[test]
fn what_only_its_schema_is_known_of_is_bound_by_its_tags() {
    let stack = tagged(&json!({ "Machine": { "Type": "AWS::StepFunctions::StateMachine", "Properties": {} } }));
    insta::assert_snapshot!(of(stack, &["states:CreateStateMachine", "states:DeleteStateMachine"]), @"
    states:DeleteStateMachine
      on states:R:A:stateMachine:*
      if aws:ResourceTag/environment StringEquals prod
      if aws:ResourceTag/system StringEquals predict-api
      for AWS::StepFunctions::StateMachine
    states:CreateStateMachine
      on states:R:A:stateMachine:*
      if aws:RequestTag/environment StringEqualsIfExists prod
      if aws:RequestTag/system StringEqualsIfExists predict-api
      for AWS::StepFunctions::StateMachine
    ");
}

fn database() -> Stack {
    tagged(&json!({ "Database": {
        "Type": "AWS::RDS::DBInstance",
        "DeletionPolicy": "Snapshot",
        "Properties": { "DBInstanceIdentifier": "predict-api-prod", "ManageMasterUserPassword": true },
    } }))
}

#[test]
fn the_last_snapshot_of_a_database_is_tagged_under_the_name_that_it_gets() {
    insta::assert_snapshot!(of(database(), &["rds:AddTagsToResource", "rds:CreateDBSnapshot"]), @"
    rds:AddTagsToResource rds:CreateDBSnapshot
      on rds:R:A:db:predict-api-prod rds:R:A:snapshot:predict-api-prod-one-snapshot-database-*
      for AWS::RDS::DBInstance
    ");
}

#[test]
fn the_password_that_rds_keeps_is_made_by_rds_alone() {
    insta::assert_snapshot!(of(database(), &["secretsmanager:CreateSecret"]), @"
    secretsmanager:CreateSecret
      on secretsmanager:R:A:secret:rds!*
      if aws:ViaAWSService Bool true
      for AWS::RDS::DBInstance
    ");
}

#[test]
fn a_role_reads_the_password_of_its_own_database_alone() {
    let mut stack = database();
    let read = json!({ "Statement": [{
        "Effect": "Allow",
        "Action": "secretsmanager:GetSecretValue",
        "Resource": { "Fn::GetAtt": ["Database", "MasterUserSecret.SecretArn"] },
    }] });
    stack.template["Resources"]["Role"] = json!({
        "Type": "AWS::IAM::Role",
        "Properties": { "Policies": [{ "PolicyName": "read", "PolicyDocument": read }] },
    });
    insta::assert_snapshot!(shown(&boundary(&[stack], &sample::scope(), None).unwrap()), @"
    secretsmanager:GetSecretValue
      on secretsmanager:R:A:secret:rds!*
      if aws:ResourceTag/aws:rds:primaryDBInstanceArn StringEquals rds:R:A:db:predict-api-prod
      for Role
    ");
}

#[test]
fn what_has_no_tags_is_told_as_unbound() {
    let stack = sample::one("AWS::EC2::VPC", json!({ "CidrBlock": "10.0.0.0/16" }));
    let told = unbound(&sample::scope(), &needed(stack));
    let deletes = told.iter().find(|one| one.actions.contains("ec2:DeleteVpc")).unwrap();
    assert_eq!(deletes.why, "what it acts on has no tags of ours (`vpc` of `ec2`)");
}

#[test]
fn what_has_our_tags_or_name_is_not_told_as_unbound() {
    let told = unbound(&sample::scope(), &needed(network()));
    let actions: Vec<_> = told.iter().flat_map(|one| &one.actions).collect();
    assert_eq!(actions, ["ec2:CreateTags"]);
}

/// Another system's name may begin with this one's.
#[test]
fn a_name_that_only_begins_alike_is_not_ours() {
    let grant = |name: &str| {
        let arn = format!("arn:${{AWS::Partition}}:sns:${{AWS::Region}}:${{AWS::AccountId}}:{name}");
        Grant::new(["sns:Publish"], [arn])
    };
    let told = |name: &str| !unbound(&Scope::new("cars-api-dev", [("environment", "dev")]), &[grant(name)]).is_empty();
    assert_eq!(
        ["cars-api-dev-*", "cars-api-dev*", "cars-*", "cars-api-development-*"].map(told),
        [false, true, true, true]
    );
}

#[test]
fn what_is_made_and_changed_by_one_action_is_not_anothers() {
    let stack = tagged(&json!({ "Target": {
        "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
        "Properties": { "ResourceId": "service/predict-api-prod/predict-api", "ServiceNamespace": "ecs" },
    } }));
    insta::assert_snapshot!(of(stack, &["application-autoscaling:RegisterScalableTarget", "application-autoscaling:DeregisterScalableTarget"]), @"
    application-autoscaling:DeregisterScalableTarget
      on application-autoscaling:R:A:scalable-target/*
      if aws:ResourceTag/environment StringEquals prod
      if aws:ResourceTag/system StringEquals predict-api
      for AWS::ApplicationAutoScaling::ScalableTarget
    application-autoscaling:RegisterScalableTarget
      on application-autoscaling:R:A:scalable-target/*
      if aws:ResourceTag/environment StringEqualsIfExists prod
      if aws:ResourceTag/system StringEqualsIfExists predict-api
      for AWS::ApplicationAutoScaling::ScalableTarget
    ");
}

#[test]
fn what_iam_does_not_look_at_is_told() {
    let stack = sample::one("AWS::IAM::Role", json!({ "RoleName": "predict-api-prod-task" }));
    let told = unbound(&sample::scope(), &needed(stack));
    assert!(
        told.iter().any(|one| one.actions.contains("iam:CreateRole")),
        "{told:?}"
    );
}
