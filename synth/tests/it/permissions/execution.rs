use serde_json::json;
use synth::permissions::{Grant, POLICIES_PER_ROLE, boundary, execution, pack, reading};
use synth::resources::Boundary;
use synth::schema::iam::Level::{PermissionsManagement, Tagging, Write};
use synth::template::{Stack, link};

use super::sample::{self, BOUNDARY, one};
use super::shown;

fn needed(stack: Stack) -> Vec<Grant> {
    execution(&[stack], &sample::scope(), BOUNDARY).expect("a known type")
}

/// Whether something is allowed at all.
fn allows(stack: Stack, action: &str) -> bool {
    needed(stack).iter().any(|grant| grant.actions.contains(action))
}

/// What is allowed by grants of which an action begins like this.
pub(super) fn of(stacks: &[Stack], action: &str) -> String {
    let grants = execution(stacks, &sample::scope(), BOUNDARY).expect("known types");
    let some = grants
        .into_iter()
        .filter(|grant| grant.actions.iter().any(|known| known.starts_with(action)));
    shown(&some.collect::<Vec<_>>())
}

#[test]
fn a_system_of_74_resources_fits_into_four_policies() {
    let stacks = &sample::system()[1..];
    let resources = stacks
        .iter()
        .map(|stack| stack.template["Resources"].as_object().unwrap().len());
    let policies = pack(
        &execution(stacks, &sample::scope(), BOUNDARY).unwrap(),
        POLICIES_PER_ROLE,
    )
    .unwrap();
    assert_eq!((resources.sum::<usize>(), policies.len()), (74, 4));
}

#[test]
fn every_environment_of_every_system_fits() {
    for system in synth::systems::all().unwrap().each() {
        for environment in &system.environments {
            let templates = synth::resources::expand(&system, environment).unwrap();
            let templates: Vec<_> = templates.into_iter().map(|(_, template)| template).collect();
            let stacks = link(&templates).unwrap();
            let scope = synth::resources::scope(&system, environment);
            assert!(pack(&execution(&stacks, &scope, BOUNDARY).unwrap(), POLICIES_PER_ROLE).is_ok());
            assert!(pack(&reading(&stacks, &scope).unwrap(), POLICIES_PER_ROLE).is_ok());
            for one in Boundary::all(&system) {
                let arn = one.arn(&system, environment);
                assert!(pack(&boundary(&stacks, &scope, Some(&arn)).unwrap(), 1).is_ok());
            }
        }
    }
}

#[test]
fn a_name_narrows_every_action_that_takes_one() {
    insta::assert_snapshot!(shown(&needed(one("AWS::ECR::Repository", json!({ "RepositoryName": "predict-api" })))), @"
    ecr:CreateRepository ecr:DeleteRepository ecr:DescribeRepositories ecr:GetLifecyclePolicy ecr:GetRepositoryPolicy ecr:ListTagsForResource ecr:PutImageScanningConfiguration ecr:PutImageTagMutability ecr:TagResource ecr:UntagResource
      on ecr:R:A:repository/predict-api
      for AWS::ECR::Repository
    ");
}

#[test]
fn a_resource_without_a_name_is_known_by_the_beginning_that_cloudformation_gives_it() {
    insta::assert_snapshot!(of(&[one("AWS::SQS::Queue", json!({}))], "sqs:"), @"
    sqs:CreateQueue sqs:DeleteQueue sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListQueueTags sqs:SetQueueAttributes sqs:TagQueue sqs:UntagQueue
      on sqs:R:A:predict-api-prod-one-Thing-*
      for AWS::SQS::Queue
    ");
}

#[test]
fn a_bucket_is_named_through_pseudo_parameters() {
    let bucket = one(
        "AWS::S3::Bucket",
        json!({ "BucketName": { "Fn::Sub": "logs-${AWS::AccountId}-${AWS::Region}" } }),
    );
    let grants = needed(bucket);
    assert!(grants.iter().any(|grant| {
        grant
            .resources
            .contains("arn:${AWS::Partition}:s3:::logs-${AWS::AccountId}-${AWS::Region}")
    }));
}

#[test]
fn a_name_in_another_stack_is_found_through_its_export() {
    let owner = sample::stack(
        "one",
        json!({
            "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "alerts" } } },
            "Outputs": { "Topic": { "Value": { "Ref": "Topic" }, "Export": { "Name": "one-Topic" } } },
        }),
    );
    let user = one(
        "AWS::SNS::Subscription",
        json!({ "TopicArn": { "Fn::ImportValue": "one-Topic" } }),
    );
    insta::assert_snapshot!(of(&[owner, user], "sns:SetSubscriptionAttributes"), @"
    sns:CreateTopic sns:DeleteTopic sns:GetDataProtectionPolicy sns:GetSubscriptionAttributes sns:GetTopicAttributes sns:ListSubscriptionsByTopic sns:ListTagsForResource sns:SetSubscriptionAttributes sns:SetTopicAttributes sns:Subscribe sns:TagResource sns:Unsubscribe sns:UntagResource
      on sns:R:A:alerts
      for AWS::SNS::Subscription AWS::SNS::Topic
    ");
}

#[test]
fn a_role_gets_policies_only_under_the_boundary_and_never_loses_it() {
    let role = one("AWS::IAM::Role", json!({ "RoleName": "task", "Policies": [] }));
    insta::assert_snapshot!(shown(&needed(role)), @"
    iam:DeleteRole iam:GetRole iam:GetRolePolicy iam:ListAttachedRolePolicies iam:ListRolePolicies iam:ListRoleTags iam:TagRole iam:UntagRole iam:UpdateRole iam:UpdateRoleDescription
      on iam::A:role/task
      for AWS::IAM::Role
    iam:CreateRole iam:DeleteRolePolicy iam:PutRolePermissionsBoundary iam:PutRolePolicy
      on iam::A:role/task
      if iam:PermissionsBoundary ArnEquals iam::A:policy/predict-api-prod-boundary
      for AWS::IAM::Role
    ");
}

#[test]
fn a_role_is_passed_only_to_the_service_that_trusts_it() {
    insta::assert_snapshot!(of(&sample::system()[1..], "iam:PassRole"), @"
    iam:PassRole
      on iam::A:role/predict-api-prod-execution iam::A:role/predict-api-prod-task
      if iam:PassedToService StringEquals ecs-tasks.amazonaws.com
      for AWS::ECS::TaskDefinition
    iam:PassRole
      on iam::A:role/predict-api-prod-network-FlowRole-*
      if iam:PassedToService StringEquals vpc-flow-logs.amazonaws.com
      for AWS::EC2::FlowLog
    ");
}

#[test]
fn a_role_of_its_own_is_made_only_for_the_service_that_needs_it() {
    let balancer = one("AWS::ElasticLoadBalancingV2::LoadBalancer", json!({ "Name": "api" }));
    insta::assert_snapshot!(of(&[balancer], "iam:"), @"
    iam:CreateServiceLinkedRole
      on iam::A:role/aws-service-role/elasticloadbalancing.amazonaws.com/*
      if iam:AWSServiceName StringEquals elasticloadbalancing.amazonaws.com
      for AWS::ElasticLoadBalancingV2::LoadBalancer
    ");
}

#[test]
fn what_is_kept_cannot_be_deleted() {
    let table = |policy: &str| {
        let body = json!({ "Type": "AWS::DynamoDB::Table", "DeletionPolicy": policy, "UpdateReplacePolicy": policy });
        sample::stack("one", json!({ "Resources": { "Cars": body } }))
    };
    let deletes =
        ["Delete", "RetainExceptOnCreate", "Retain"].map(|policy| allows(table(policy), "dynamodb:DeleteTable"));
    assert_eq!(deletes, [true, true, false]);
}

#[test]
fn a_key_is_used_only_where_a_resource_has_one() {
    let registry = |key| {
        one(
            "AWS::ECR::Repository",
            json!({ "EncryptionConfiguration": { "EncryptionType": "KMS", "KmsKey": key } }),
        )
    };
    let with = registry(json!("arn:aws:kms:eu-west-1:111111111111:key/1234"));
    insta::assert_snapshot!(of(&[with], "kms:"), @"
    kms:DescribeKey kms:RetireGrant
      on arn:aws:kms:eu-west-1:111111111111:key/1234
      for AWS::ECR::Repository
    kms:CreateGrant
      on arn:aws:kms:eu-west-1:111111111111:key/1234
      if kms:GrantIsForAWSResource Bool true
      for AWS::ECR::Repository
    ");
    assert!(!allows(one("AWS::ECR::Repository", json!({})), "kms:CreateGrant"));
}

#[test]
fn what_a_property_is_for_is_allowed_only_where_it_is_set() {
    let bucket = |properties| allows(one("AWS::S3::Bucket", properties), "s3:PutBucketWebsite");
    assert_eq!(
        [bucket(json!({})), bucket(json!({ "WebsiteConfiguration": {} }))],
        [false, true]
    );
}

#[test]
fn a_firewall_is_attached_only_to_what_it_protects() {
    insta::assert_snapshot!(of(&sample::system()[1..], "elasticloadbalancing:CreateWebACLAssociation"), @"
    elasticloadbalancing:CreateListener elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:CreateWebACLAssociation elasticloadbalancing:DeleteLoadBalancer elasticloadbalancing:DeleteWebACLAssociation elasticloadbalancing:GetLoadBalancerWebACL elasticloadbalancing:ModifyLoadBalancerAttributes elasticloadbalancing:SetIpAddressType elasticloadbalancing:SetSecurityGroups elasticloadbalancing:SetSubnets wafv2:DisassociateWebACL
      on elasticloadbalancing:R:A:loadbalancer/app/predict-api-prod/*
      for AWS::ElasticLoadBalancingV2::Listener AWS::ElasticLoadBalancingV2::LoadBalancer AWS::WAFv2::WebACLAssociation
    ");
    let grants = execution(&sample::system()[1..], &sample::scope(), BOUNDARY).unwrap();
    assert!(
        !grants
            .iter()
            .flat_map(|grant| &grant.actions)
            .any(|action| action.starts_with("apigateway:"))
    );
}

#[test]
fn what_must_be_anywhere_says_why() {
    let alarm = one("AWS::CloudWatch::CompositeAlarm", json!({ "AlarmName": "page" }));
    insta::assert_snapshot!(of(&[alarm], "cloudwatch:PutCompositeAlarm"), @"
    cloudwatch:DescribeAlarms cloudwatch:PutCompositeAlarm
      on *
      if aws:RequestedRegion StringEquals R
      for AWS::CloudWatch::CompositeAlarm
      because CloudWatch wants `PutCompositeAlarm` and `DescribeAlarms` on `*` for composite alarms (its API reference)
    ");
}

#[test]
fn many_names_that_begin_alike_are_one_pattern() {
    let alarm =
        |name| json!({ "Type": "AWS::CloudWatch::Alarm", "Properties": { "AlarmName": format!("api-prod-{name}") } });
    let alarms: serde_json::Map<_, _> = (0..40).map(|name| (format!("Alarm{name}"), alarm(name))).collect();
    insta::assert_snapshot!(of(&[sample::stack("one", json!({ "Resources": alarms }))], "cloudwatch:PutMetricAlarm"), @"
    cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms cloudwatch:ListTagsForResource cloudwatch:PutMetricAlarm cloudwatch:TagResource cloudwatch:UntagResource
      on cloudwatch:R:A:alarm:api-prod-*
      for AWS::CloudWatch::Alarm
      because many names begin with `api-prod-`
    ");
}

#[test]
fn values_that_are_read_at_deploy_time_may_be_read() {
    let service = one(
        "AWS::ECS::Cluster",
        json!({ "ClusterName": "{{resolve:ssm:/api/name:1}}" }),
    );
    insta::assert_snapshot!(of(&[service], "ssm:"), @"
    ssm:GetParameters
      on ssm:R:A:parameter/api/name
      for a dynamic reference
    ");
}

#[test]
fn reading_changes_nothing() {
    let grants = reading(&sample::system()[1..], &sample::scope()).unwrap();
    let writes = |action: &&String| {
        let level = synth::schema::iam::action(action).and_then(|(_, action)| action.level);
        level.is_some_and(|level| [PermissionsManagement, Tagging, Write].contains(&level))
    };
    let writing: Vec<_> = grants.iter().flat_map(|grant| &grant.actions).filter(writes).collect();
    assert_eq!(writing, Vec::<&String>::new());
}

#[test]
fn a_type_whose_permissions_aws_does_not_publish_is_an_error() {
    let error = execution(&[one("AWS::OpsWorks::Stack", json!({}))], &sample::scope(), BOUNDARY).unwrap_err();
    insta::assert_snapshot!(error, @"predict-api-prod-one: Thing: AWS does not publish what permissions `AWS::OpsWorks::Stack` needs; deploy it in a stack of its own, with a role that you write");
}

#[test]
fn a_circle_of_references_is_not_followed_for_ever() {
    let topic = |other: &str| json!({ "Type": "AWS::SNS::Topic", "Properties": { "TopicName": { "Ref": other } } });
    let stack = sample::stack("one", json!({ "Resources": { "A": topic("B"), "B": topic("A") } }));
    assert!(allows(stack, "sns:CreateTopic"));
}

#[test]
fn every_type_of_aws_needs_only_actions_that_iam_knows() {
    for kind in synth::schema::types() {
        let Ok(grants) = execution(&[one(kind, json!({}))], &sample::scope(), BOUNDARY) else {
            continue;
        };
        for action in grants.iter().flat_map(|grant| &grant.actions) {
            assert!(synth::schema::iam::action(action).is_some(), "{kind}: {action}");
        }
        assert!(grants.iter().all(|grant| !grant.resources.is_empty()), "{kind}");
    }
}
