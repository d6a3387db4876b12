//! What an intruder finds harder.

use super::Test::{Exposes, Falls, Keeps, Levels, On, OnByDefault};
use super::{Setting, What, setting};

const fn harden(kinds: &'static [&'static str], path: &'static str, test: super::Test) -> Setting {
    setting(What::Hardening, kinds, path, test)
}

/// Version 2 of the instance metadata service asks for a token.
const TOKENS: super::Test = Levels(&[&["optional"], &["required"]], Some(0));

pub(super) const SETTINGS: &[Setting] = &[
    harden(
        &["EC2::Instance", "AutoScaling::LaunchConfiguration"],
        "MetadataOptions/HttpTokens",
        TOKENS,
    ),
    harden(
        &["EC2::LaunchTemplate"],
        "LaunchTemplateData/MetadataOptions/HttpTokens",
        TOKENS,
    ),
    harden(&["ECS::TaskDefinition"], "ContainerDefinitions/[]/Privileged", Exposes),
    harden(
        &["ECS::TaskDefinition"],
        "ContainerDefinitions/[]/ReadonlyRootFilesystem",
        On,
    ),
    harden(&["ECS::Service"], "EnableExecuteCommand", Exposes),
    harden(&["Batch::JobDefinition"], "ContainerProperties/Privileged", Exposes),
    harden(&["CodeBuild::Project"], "Environment/PrivilegedMode", Exposes),
    harden(
        &["SageMaker::NotebookInstance"],
        "RootAccess",
        Levels(&[&["Enabled"], &["Disabled"]], Some(0)),
    ),
    harden(
        &["SageMaker::Model", "SageMaker::ModelPackage"],
        "EnableNetworkIsolation",
        On,
    ),
    harden(&["Lambda::Function"], "CodeSigningConfigArn", On),
    harden(&["ECR::Repository"], "ImageScanningConfiguration/ScanOnPush", On),
    harden(
        &["ElasticLoadBalancingV2::LoadBalancer"],
        "LoadBalancerAttributes/[Key=routing.http.drop_invalid_header_fields.enabled]/Value",
        On,
    ),
    harden(&["CloudFront::Distribution"], "DistributionConfig/WebACLId", On),
    harden(
        &["CloudFront::Distribution"],
        "DistributionConfig/Origins/[]/OriginAccessControlId",
        On,
    ),
    harden(&["WAFv2::WebACL"], "DefaultAction/Block", On),
    harden(&["WAFv2::WebACL", "WAFv2::RuleGroup"], "Rules", Keeps),
    harden(
        &["Cognito::UserPool"],
        "MfaConfiguration",
        Levels(&[&["OFF"], &["OPTIONAL"], &["ON"]], Some(0)),
    ),
    harden(
        &["Cognito::UserPool"],
        "Policies/PasswordPolicy/MinimumLength",
        Falls(8.0),
    ),
    harden(
        &["S3::Bucket"],
        "OwnershipControls/Rules/[]/ObjectOwnership",
        Levels(
            &[&["ObjectWriter"], &["BucketOwnerPreferred"], &["BucketOwnerEnforced"]],
            None,
        ),
    ),
    harden(
        &["S3::AccessPoint"],
        "PublicAccessBlockConfiguration/BlockPublicAcls",
        OnByDefault,
    ),
    harden(
        &["S3::AccessPoint"],
        "PublicAccessBlockConfiguration/BlockPublicPolicy",
        OnByDefault,
    ),
    harden(
        &["S3::AccessPoint"],
        "PublicAccessBlockConfiguration/IgnorePublicAcls",
        OnByDefault,
    ),
    harden(
        &["S3::AccessPoint"],
        "PublicAccessBlockConfiguration/RestrictPublicBuckets",
        OnByDefault,
    ),
    harden(
        &["Athena::WorkGroup"],
        "WorkGroupConfiguration/EnforceWorkGroupConfiguration",
        OnByDefault,
    ),
    harden(&[], "AutoMinorVersionUpgrade", OnByDefault),
];
