//! Machines of a cluster, which are bound to their environment by what their launch template says.

use serde_json::json;
use synth::template::Stack;

use super::execution::of;
use super::sample;

/// Machines that get these tags.
fn machines(tags: &serde_json::Value) -> Stack {
    let tagged = |kind: &str| json!({ "ResourceType": kind, "Tags": tags });
    let launched = ["instance", "network-interface", "volume"].map(tagged);
    let ours = json!([{ "Key": "system", "Value": "predict-api" }, { "Key": "environment", "Value": "prod" }]);
    let group = json!({
        "ClusterName": "predict-api-prod", "NodeRole": "arn:aws:iam::1:role/predict-api-prod-node",
        "Subnets": [{ "Ref": "Subnet" }],
        "LaunchTemplate": { "Id": { "Ref": "Template" }, "Version": "1" },
    });
    let resources = json!({
        "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16", "Tags": ours } },
        "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" }, "Tags": ours } },
        "Template": { "Type": "AWS::EC2::LaunchTemplate", "Properties": {
            "LaunchTemplateData": { "TagSpecifications": launched },
            "TagSpecifications": [tagged("launch-template")],
        } },
        "Group": { "Type": "AWS::EKS::Nodegroup", "Properties": group },
    });
    sample::stack("predict-api-prod-one", json!({ "Resources": resources }))
}

#[test]
fn machines_are_run_with_the_tags_that_their_launch_template_gives() {
    let tags = json!([{ "Key": "system", "Value": "predict-api" }, { "Key": "environment", "Value": "prod" }]);
    insta::assert_snapshot!(of(&[machines(&tags)], "ec2:RunInstances"), @"
    ec2:CreateVpc ec2:RunInstances
      on ec2:R:A:instance/* ec2:R:A:network-interface/* ec2:R:A:volume/* ec2:R:A:vpc/*
      if aws:RequestTag/environment StringEqualsIfExists prod
      if aws:RequestTag/system StringEqualsIfExists predict-api
      for AWS::EC2::VPC AWS::EKS::Nodegroup
    ec2:RunInstances
      on ec2:R:A:launch-template/* ec2:R:A:subnet/*
      if aws:ResourceTag/environment StringEquals prod
      if aws:ResourceTag/system StringEquals predict-api
      for AWS::EKS::Nodegroup
    ec2:RunInstances
      on ec2:R:A:security-group/* ec2:R::image/*
      for AWS::EKS::Nodegroup
    ");
}

#[test]
fn machines_without_those_tags_are_bound_by_nothing() {
    let told = of(&[machines(&json!([]))], "ec2:RunInstances");
    assert!(!told.contains("aws:RequestTag"), "{told}");
}

#[test]
fn a_launch_template_is_changed_only_with_the_tags_that_it_gives_itself() {
    let tags = json!([{ "Key": "system", "Value": "predict-api" }, { "Key": "environment", "Value": "prod" }]);
    insta::assert_snapshot!(of(&[machines(&tags)], "ec2:CreateLaunchTemplate"), @"
    ec2:CreateLaunchTemplateVersion ec2:CreateTags ec2:DeleteLaunchTemplate ec2:DeleteSubnet ec2:DeleteTags ec2:ModifySubnetAttribute
      on ec2:R:A:instance/* ec2:R:A:launch-template/* ec2:R:A:network-interface/* ec2:R:A:subnet/* ec2:R:A:volume/* ec2:R:A:vpc/*
      if aws:ResourceTag/environment StringEquals prod
      if aws:ResourceTag/system StringEquals predict-api
      for AWS::EC2::LaunchTemplate AWS::EC2::Subnet AWS::EC2::VPC AWS::EKS::Nodegroup
    ec2:CreateLaunchTemplate ec2:CreateSubnet
      on ec2:R:A:launch-template/* ec2:R:A:subnet/*
      if aws:RequestTag/environment StringEqualsIfExists prod
      if aws:RequestTag/system StringEqualsIfExists predict-api
      for AWS::EC2::LaunchTemplate AWS::EC2::Subnet
    ");
}

#[test]
fn what_is_launched_is_tagged_only_while_it_is_run() {
    let tags = json!([{ "Key": "system", "Value": "predict-api" }, { "Key": "environment", "Value": "prod" }]);
    let told = of(&[machines(&tags)], "ec2:CreateTags");
    let of_instances: Vec<_> = told
        .split("ec2:CreateTags")
        .filter(|part| part.contains("instance/*"))
        .collect();
    let fine = |part: &&str| {
        part.contains("ec2:CreateAction StringEquals RunInstances")
            || part.contains("aws:ResourceTag/system StringEquals")
    };
    assert!(!of_instances.is_empty() && of_instances.iter().all(fine), "{told}");
}
