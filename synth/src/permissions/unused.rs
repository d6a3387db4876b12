//! What the schemas list for a resource type although only some resources of it need it.
//!
//! AWS lists under a handler whatever it may ever call. An action is left out here only where the template shows that
//! it is not called: a property that it is for is not set, or says something else.

use serde_json::Value as Json;

use super::item::Item;
use super::world::World;
use crate::read::template::json;

/// When an action is needed.
pub(super) enum When {
    /// If one of these properties is set; none means never.
    Set(&'static [&'static str]),
    /// If the property says one of these, or something that is only known when it is deployed.
    Says(&'static str, &'static [&'static str]),
    /// If the property leads to an ARN with one of these in it, or to one that is only known when it is deployed.
    Leads(&'static str, &'static [&'static str]),
    /// If one of the properties is set to `true`.
    True(&'static str),
}

use When::{Leads, Says, Set, True};

#[cfg(test)]
impl When {
    /// The properties that it looks at.
    pub(super) fn paths(&self) -> Vec<&'static str> {
        match self {
            Set(paths) => paths.to_vec(),
            Says(path, _) | Leads(path, _) | True(path) => vec![path],
        }
    }
}

/// Whether a resource needs an action that the schema of its type lists.
pub(super) fn is_needed<'a>(world: &World<'a>, item: Item<'a>, action: &str) -> bool {
    let rules = RULES.iter().filter(|(kind, actions, _)| {
        *kind == item.kind
            && actions
                .iter()
                .any(|known| action == *known || known.ends_with(':') && action.starts_with(known))
    });
    rules.map(|(.., when)| when).all(|when| holds(world, item, when))
}

fn holds<'a>(world: &World<'a>, item: Item<'a>, when: &When) -> bool {
    let says = |path: &str, values: &[&str]| {
        let places = item.all(path).into_iter().flat_map(json::values);
        places
            .into_iter()
            .any(|place| place.as_str().is_none_or(|text| values.contains(&text)))
    };
    match when {
        Set(paths) => paths.iter().any(|path| item.one(path).is_some()),
        Says(path, values) => says(path, values),
        Leads(path, marks) => {
            let places = item.all(path).into_iter().flat_map(json::values);
            let mut texts = places.flat_map(|place| world.texts(item.stack, place));
            texts.any(|text| text.starts_with('*') || marks.iter().any(|mark| text.contains(mark)))
        }
        True(path) => item
            .all(path)
            .into_iter()
            .flat_map(json::values)
            .any(|place| *place != Json::Bool(false)),
    }
}

/// The type, its actions (with a colon at the end all of a service), and when they are needed. Where several rules
/// speak of an action, all must hold.
#[rustfmt::skip]
pub(super) const RULES: &[(&str, &[&str], When)] = &[
    ("AWS::ApplicationAutoScaling::ScalableTarget", &["application-autoscaling:PutScheduledAction", "application-autoscaling:DeleteScheduledAction"], Set(&["ScheduledActions"])),
    ("AWS::ApplicationAutoScaling::ScalableTarget", &["lambda:"], Says("ServiceNamespace", &["lambda"])),
    ("AWS::Backup::BackupVault", &["backup:PutBackupVaultAccessPolicy", "backup:DeleteBackupVaultAccessPolicy"], Set(&["AccessPolicy"])),
    ("AWS::Backup::BackupVault", &["backup:PutBackupVaultNotifications", "backup:DeleteBackupVaultNotifications"], Set(&["Notifications"])),
    ("AWS::Backup::BackupVault", &["backup:PutBackupVaultLockConfiguration", "backup:DeleteBackupVaultLockConfiguration"], Set(&["LockConfiguration"])),
    ("AWS::CertificateManager::Certificate", &["acm-pca:"], Set(&["CertificateAuthorityArn"])),
    ("AWS::CertificateManager::Certificate", &["route53:"], Set(&["DomainValidationOptions.HostedZoneId"])),
    ("AWS::CodeDeploy::DeploymentGroup", &["codedeploy:CreateDeployment", "codedeploy:GetApplicationRevision", "codedeploy:RegisterApplicationRevision", "codedeploy:StopDeployment"], Set(&["Deployment"])),
    ("AWS::CodeDeploy::DeploymentGroup", &["codedeploy:RegisterOnPremisesInstance"], Set(&["OnPremisesInstanceTagFilters", "OnPremisesTagSet"])),
    ("AWS::DynamoDB::Table", &["dynamodb:DescribeImport", "dynamodb:ImportTable", "logs:", "s3:"], Set(&["ImportSourceSpecification"])),
    ("AWS::DynamoDB::Table", &["dynamodb:EnableKinesisStreamingDestination", "dynamodb:DisableKinesisStreamingDestination", "dynamodb:UpdateKinesisStreamingDestination", "kinesis:", "iam:CreateServiceLinkedRole"], Set(&["KinesisStreamSpecification"])),
    // A table of this type has no replicas: those belong to `AWS::DynamoDB::GlobalTable`.
    ("AWS::DynamoDB::Table", &["dynamodb:AssociateTableReplica", "dynamodb:BatchWriteItem", "dynamodb:CreateTableReplica", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem"], Set(&[])),
    ("AWS::DynamoDB::Table", &["dynamodb:PutResourcePolicy", "dynamodb:DeleteResourcePolicy"], Set(&["ResourcePolicy"])),
    ("AWS::EC2::EIP", &["ec2:AcceptAddressTransfer"], Set(&["TransferAddress"])),
    ("AWS::EC2::EIP", &["ec2:AssociateAddress", "ec2:DisassociateAddress"], Set(&["InstanceId"])),
    ("AWS::EC2::FlowLog", &["iam:CreateServiceLinkedRole", "logs:", "s3:"], Says("LogDestinationType", &["s3", "kinesis-data-firehose"])),
    ("AWS::EC2::NatGateway", &["ec2:AssignPrivateNatGatewayAddress", "ec2:UnassignPrivateNatGatewayAddress"], Set(&["SecondaryPrivateIpAddressCount", "SecondaryPrivateIpAddresses"])),
    ("AWS::EC2::NatGateway", &["ec2:AssociateNatGatewayAddress", "ec2:DisassociateNatGatewayAddress"], Set(&["SecondaryAllocationIds", "AvailabilityMode", "AvailabilityZoneAddresses"])),
    ("AWS::EC2::Subnet", &["ec2:AssociateSubnetCidrBlock", "ec2:DisassociateSubnetCidrBlock"], Set(&["Ipv6CidrBlock", "Ipv6IpamPoolId", "Ipv6CidrBlocks"])),
    ("AWS::EC2::VPC", &["ec2:CreateVpcEncryptionControl"], Set(&["VpcEncryptionControl"])),
    ("AWS::EC2::VPC", &["ec2:ModifyVpcTenancy"], Set(&["InstanceTenancy"])),
    ("AWS::EC2::VPCEndpoint", &["route53:"], True("PrivateDnsEnabled")),
    ("AWS::EC2::VPCEndpoint", &["vpc-lattice:"], Set(&["ServiceNetworkArn", "ResourceConfigurationArn"])),
    ("AWS::EC2::VPCEndpoint", &["vpce:"], Set(&["ServiceRegion"])),
    ("AWS::EC2::VPCGatewayAttachment", &["ec2:AttachInternetGateway", "ec2:DetachInternetGateway"], Set(&["InternetGatewayId"])),
    ("AWS::EC2::VPCGatewayAttachment", &["ec2:AttachVpnGateway", "ec2:DetachVpnGateway"], Set(&["VpnGatewayId"])),
    ("AWS::ECR::Repository", &["ecr:PutLifecyclePolicy", "ecr:DeleteLifecyclePolicy"], Set(&["LifecyclePolicy"])),
    ("AWS::ECR::Repository", &["ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy"], Set(&["RepositoryPolicyText"])),
    // No property of a cluster is a setting of the account.
    ("AWS::ECS::Cluster", &["ecs:PutAccountSetting", "ecs:PutAccountSettingDefault"], Set(&[])),
    ("AWS::ECS::Cluster", &["ecs:PutClusterCapacityProviders"], Set(&["CapacityProviders", "DefaultCapacityProviderStrategy"])),
    ("AWS::EKS::Addon", &["eks:CreatePodIdentityAssociation", "eks:DeletePodIdentityAssociation", "eks:UpdatePodIdentityAssociation"], Set(&["PodIdentityAssociations"])),
    ("AWS::EKS::Cluster", &["iam:AddRoleToInstanceProfile", "iam:CreateInstanceProfile", "iam:GetInstanceProfile", "iam:TagInstanceProfile"], Set(&["ComputeConfig"])),
    // Only a creation that fails takes its profile away again, which one must not be able to do to the profile of a cluster
    // that runs; it has no role that somebody else could use.
    ("AWS::EKS::Cluster", &["iam:DeleteInstanceProfile", "iam:RemoveRoleFromInstanceProfile"], Set(&[])),
    ("AWS::EKS::Cluster", &["eks:ActivateCertificateAuthority"], Set(&["ActiveCertificateAuthorityId", "CertificateAuthority"])),
    ("AWS::EKS::Nodegroup", &["ec2:DescribeKeyPairs"], Set(&["RemoteAccess"])),
    ("AWS::EKS::Nodegroup", &["ec2:CreateTags", "ec2:DeleteTags", "ec2:RunInstances"], Set(&["LaunchTemplate"])),
    ("AWS::ElasticLoadBalancingV2::Listener", &["cognito-idp:"], Says("DefaultActions.Type", &["authenticate-cognito"])),
    ("AWS::ElasticLoadBalancingV2::ListenerRule", &["cognito-idp:"], Says("Actions.Type", &["authenticate-cognito"])),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", &["ec2:DescribeIpamPools", "elasticloadbalancing:ModifyIpPools"], Set(&["Ipv4IpamPoolId"])),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", &["elasticloadbalancing:ModifyCapacityReservation"], Set(&["MinimumLoadBalancerCapacity"])),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", &["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"], Set(&["Targets"])),
    ("AWS::IAM::ManagedPolicy", &["iam:AttachGroupPolicy", "iam:DetachGroupPolicy"], Set(&["Groups"])),
    ("AWS::IAM::ManagedPolicy", &["iam:AttachRolePolicy", "iam:DetachRolePolicy"], Set(&["Roles"])),
    ("AWS::IAM::ManagedPolicy", &["iam:AttachUserPolicy", "iam:DetachUserPolicy"], Set(&["Users"])),
    ("AWS::IAM::Policy", &["iam:DeleteGroupPolicy", "iam:GetGroupPolicy", "iam:PutGroupPolicy"], Set(&["Groups"])),
    ("AWS::IAM::Policy", &["iam:DeleteRolePolicy", "iam:GetRolePolicy", "iam:PutRolePolicy"], Set(&["Roles"])),
    ("AWS::IAM::Policy", &["iam:DeleteUserPolicy", "iam:GetUserPolicy", "iam:PutUserPolicy"], Set(&["Users"])),
    ("AWS::IAM::Role", &["iam:AttachRolePolicy", "iam:DetachRolePolicy"], Set(&["ManagedPolicyArns"])),
    // Whoever may take the boundary away may do everything.
    ("AWS::IAM::Role", &["iam:DeleteRolePermissionsBoundary"], Set(&[])),
    // Whom a role trusts is said when it is made. A pipeline that can say it again later can let anybody into a role that
    // somebody has looked at; a role with another trust gets another logical id.
    ("AWS::IAM::Role", &["iam:UpdateAssumeRolePolicy"], Set(&[])),
    ("AWS::KMS::Key", &["kms:DisableKey", "kms:EnableKey"], Set(&["Enabled"])),
    ("AWS::Lambda::Function", &["elasticfilesystem:", "s3files:"], Set(&["FileSystemConfigs"])),
    ("AWS::Lambda::Function", &["s3:"], Set(&["Code.S3Bucket"])),
    ("AWS::Lambda::Function", &["lambda:GetLayerVersion"], Set(&["Layers"])),
    ("AWS::Lambda::Function", &["lambda:PassCapacityProvider", "lambda:PutFunctionScalingConfig"], Set(&["CapacityProviderConfig", "FunctionScalingConfig"])),
    ("AWS::Lambda::Function", &["lambda:PutFunctionConcurrency", "lambda:DeleteFunctionConcurrency"], Set(&["ReservedConcurrentExecutions"])),
    ("AWS::Lambda::Function", &["lambda:PutFunctionCodeSigningConfig", "lambda:DeleteFunctionCodeSigningConfig", "lambda:GetCodeSigningConfig"], Set(&["CodeSigningConfigArn"])),
    ("AWS::Lambda::Function", &["lambda:PutFunctionRecursionConfig"], Set(&["RecursiveLoop"])),
    ("AWS::Lambda::Function", &["lambda:PutRuntimeManagementConfig"], Set(&["RuntimeManagementConfig"])),
    ("AWS::Lambda::Function", &["ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"], Set(&["VpcConfig"])),
    ("AWS::Logs::LogGroup", &["firehose:", "logs:CreateLogDelivery", "logs:PutDataProtectionPolicy", "logs:DeleteDataProtectionPolicy"], Set(&["DataProtectionPolicy"])),
    ("AWS::Logs::LogGroup", &["logs:AssociateKmsKey", "logs:DisassociateKmsKey"], Set(&["KmsKeyId"])),
    ("AWS::Logs::LogGroup", &["logs:PutBearerTokenAuthentication"], Set(&["BearerTokenAuthenticationEnabled"])),
    ("AWS::Logs::LogGroup", &["logs:PutIndexPolicy", "logs:DeleteIndexPolicy"], Set(&["FieldIndexPolicies"])),
    ("AWS::Logs::LogGroup", &["logs:PutLogGroupDeletionProtection"], Set(&["DeletionProtectionEnabled"])),
    ("AWS::Logs::LogGroup", &["logs:PutResourcePolicy", "logs:DeleteResourcePolicy"], Set(&["ResourcePolicyDocument"])),
    ("AWS::Logs::LogGroup", &["logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy"], Set(&["RetentionInDays"])),
    ("AWS::RDS::DBCluster", &["rds:AddRoleToDBCluster", "rds:RemoveRoleFromDBCluster"], Set(&["AssociatedRoles"])),
    ("AWS::RDS::DBCluster", &["rds:EnableHttpEndpoint", "rds:DisableHttpEndpoint"], Set(&["EnableHttpEndpoint"])),
    ("AWS::RDS::DBCluster", &["rds:DescribeGlobalClusters", "rds:RemoveFromGlobalCluster"], Set(&["GlobalClusterIdentifier"])),
    ("AWS::RDS::DBCluster", &["rds:RestoreDBClusterFromSnapshot"], Set(&["SnapshotIdentifier"])),
    ("AWS::RDS::DBCluster", &["rds:RestoreDBClusterToPointInTime"], Set(&["SourceDBClusterIdentifier", "SourceDbClusterResourceId"])),
    ("AWS::RDS::DBCluster", &["secretsmanager:"], True("ManageMasterUserPassword")),
    ("AWS::RDS::DBInstance", &["rds:AddRoleToDBInstance", "rds:RemoveRoleFromDBInstance", "iam:ListRoles"], Set(&["AssociatedRoles"])),
    ("AWS::RDS::DBInstance", &["rds:CreateDBInstanceReadReplica", "rds:PromoteReadReplica"], Set(&["SourceDBInstanceIdentifier", "SourceDBClusterIdentifier"])),
    ("AWS::RDS::DBInstance", &["rds:DescribeDBClusterSnapshots"], Set(&["DBClusterSnapshotIdentifier"])),
    ("AWS::RDS::DBInstance", &["rds:DescribeDBClusters"], Set(&["DBClusterIdentifier", "SourceDBClusterIdentifier"])),
    ("AWS::RDS::DBInstance", &["rds:RestoreDBInstanceFromDBSnapshot"], Set(&["DBSnapshotIdentifier", "DBClusterSnapshotIdentifier"])),
    ("AWS::RDS::DBInstance", &["rds:RestoreDBInstanceToPointInTime"], Set(&["SourceDBInstanceIdentifier", "SourceDbiResourceId", "SourceDBInstanceAutomatedBackupsArn"])),
    ("AWS::RDS::DBInstance", &["rds:StartDBInstanceAutomatedBackupsReplication", "rds:StopDBInstanceAutomatedBackupsReplication"], Set(&["AutomaticBackupReplicationRegion"])),
    ("AWS::RDS::DBInstance", &["secretsmanager:"], True("ManageMasterUserPassword")),
    // The handler of a bucket touches no object.
    ("AWS::S3::Bucket", &["s3:DeleteObject", "s3:PutObjectAcl"], Set(&[])),
    ("AWS::S3::Bucket", &["s3:PutAccelerateConfiguration"], Set(&["AccelerateConfiguration"])),
    ("AWS::S3::Bucket", &["s3:PutAnalyticsConfiguration"], Set(&["AnalyticsConfigurations"])),
    ("AWS::S3::Bucket", &["s3:PutBucketAbac"], Set(&["AbacStatus"])),
    ("AWS::S3::Bucket", &["s3:PutBucketAcl", "s3:GetBucketAcl"], Set(&["AccessControl"])),
    ("AWS::S3::Bucket", &["s3:PutBucketCORS"], Set(&["CorsConfiguration"])),
    ("AWS::S3::Bucket", &["s3:PutBucketLogging"], Set(&["LoggingConfiguration"])),
    ("AWS::S3::Bucket", &["s3:PutBucketNotification"], Set(&["NotificationConfiguration"])),
    ("AWS::S3::Bucket", &["s3:PutBucketObjectLockConfiguration"], Set(&["ObjectLockConfiguration", "ObjectLockEnabled"])),
    ("AWS::S3::Bucket", &["s3:PutBucketOwnershipControls"], Set(&["OwnershipControls"])),
    ("AWS::S3::Bucket", &["s3:PutBucketPublicAccessBlock"], Set(&["PublicAccessBlockConfiguration"])),
    ("AWS::S3::Bucket", &["s3:PutBucketVersioning"], Set(&["VersioningConfiguration"])),
    ("AWS::S3::Bucket", &["s3:PutBucketWebsite", "s3:DeleteBucketWebsite"], Set(&["WebsiteConfiguration"])),
    ("AWS::S3::Bucket", &["s3:PutEncryptionConfiguration"], Set(&["BucketEncryption"])),
    ("AWS::S3::Bucket", &["s3:PutIntelligentTieringConfiguration"], Set(&["IntelligentTieringConfigurations"])),
    ("AWS::S3::Bucket", &["s3:PutInventoryConfiguration"], Set(&["InventoryConfigurations"])),
    ("AWS::S3::Bucket", &["s3:PutLifecycleConfiguration"], Set(&["LifecycleConfiguration"])),
    ("AWS::S3::Bucket", &["s3:PutMetricsConfiguration"], Set(&["MetricsConfigurations"])),
    ("AWS::S3::Bucket", &["s3:PutReplicationConfiguration"], Set(&["ReplicationConfiguration"])),
    ("AWS::S3::Bucket", &["s3tables:", "s3:CreateBucketMetadataTableConfiguration", "s3:DeleteBucketMetadataTableConfiguration", "s3:UpdateBucketMetadataAnnotationTableConfiguration", "s3:UpdateBucketMetadataInventoryTableConfiguration", "s3:UpdateBucketMetadataJournalTableConfiguration"], Set(&["MetadataConfiguration", "MetadataTableConfiguration"])),
    ("AWS::SNS::Topic", &["sns:PutDataProtectionPolicy"], Set(&["DataProtectionPolicy"])),
    ("AWS::SNS::Topic", &["sns:Subscribe", "sns:Unsubscribe"], Set(&["Subscription"])),
    ("AWS::SecretsManager::Secret", &["secretsmanager:GetRandomPassword"], Set(&["GenerateSecretString"])),
    ("AWS::SecretsManager::Secret", &["secretsmanager:RemoveRegionsFromReplication", "secretsmanager:ReplicateSecretToRegions"], Set(&["ReplicaRegions"])),
    ("AWS::SecretsManager::SecretTargetAttachment", &["docdb-elastic:"], Says("TargetType", &["AWS::DocDBElastic::Cluster"])),
    ("AWS::SecretsManager::SecretTargetAttachment", &["rds:DescribeDBClusters"], Says("TargetType", &["AWS::RDS::DBCluster", "AWS::DocDB::DBCluster"])),
    ("AWS::SecretsManager::SecretTargetAttachment", &["rds:DescribeDBInstances"], Says("TargetType", &["AWS::RDS::DBInstance", "AWS::DocDB::DBInstance"])),
    ("AWS::SecretsManager::SecretTargetAttachment", &["redshift:"], Says("TargetType", &["AWS::Redshift::Cluster"])),
    ("AWS::SecretsManager::SecretTargetAttachment", &["redshift-serverless:"], Says("TargetType", &["AWS::RedshiftServerless::Namespace"])),
    ("AWS::WAFv2::LoggingConfiguration", &["firehose:", "iam:CreateServiceLinkedRole"], Leads("LogDestinationConfigs", &[":firehose:"])),
    ("AWS::WAFv2::LoggingConfiguration", &["logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy"], Leads("LogDestinationConfigs", &[":logs:"])),
    ("AWS::WAFv2::LoggingConfiguration", &["s3:"], Leads("LogDestinationConfigs", &[":s3:"])),
    ("AWS::WAFv2::WebACLAssociation", &["amplify:", "wafv2:GetPermissionPolicy", "wafv2:PutPermissionPolicy"], Leads("ResourceArn", &[":amplify:"])),
    ("AWS::WAFv2::WebACLAssociation", &["apigateway:"], Leads("ResourceArn", &[":apigateway:"])),
    ("AWS::WAFv2::WebACLAssociation", &["apprunner:"], Leads("ResourceArn", &[":apprunner:"])),
    ("AWS::WAFv2::WebACLAssociation", &["appsync:"], Leads("ResourceArn", &[":appsync:"])),
    ("AWS::WAFv2::WebACLAssociation", &["bedrock-agentcore:"], Leads("ResourceArn", &[":bedrock-agentcore:"])),
    ("AWS::WAFv2::WebACLAssociation", &["cognito-idp:"], Leads("ResourceArn", &[":cognito-idp:"])),
    ("AWS::WAFv2::WebACLAssociation", &["ec2:"], Leads("ResourceArn", &[":ec2:"])),
    ("AWS::WAFv2::WebACLAssociation", &["elasticloadbalancing:"], Leads("ResourceArn", &[":elasticloadbalancing:"])),
];
