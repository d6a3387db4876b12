//! What the schemas do not say, or say wrongly: to what a text refers, and what `Ref` gives.
//!
//! Each row is as the page of its type says, in AWS's template reference:
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html>.
//! A row that matches nothing is an error, so that a schema that comes to say it itself is noticed.

/// A row.
pub(crate) struct Fixup {
    /// A type such as `AWS::ECS::Service`, or all of a service: `AWS::ECS::`.
    pub(crate) resource: &'static str,
    /// The end of a property's path without indexes, such as `Alarms/Name`; with `/` before it the whole path.
    pub(crate) property: &'static str,
    /// The kind of reference, as the schemas' formats write it.
    pub(crate) kind: &'static str,
}

const fn fix(resource: &'static str, property: &'static str, kind: &'static str) -> Fixup {
    Fixup {
        resource,
        property,
        kind,
    }
}

// Where several forms are taken, the row has the one that says most: an ARN rather than a name, except where a service
// shows the other one as drift.
const ALARM: &str = "AWS::CloudWatch::Alarm.Name";
const BOUNDARY: &str = "AWS::IAM::ManagedPolicy.Arn";
const BUCKET: &str = "AWS::S3::Bucket.Name";
const CERTIFICATE: &str = "AWS::CertificateManager::Certificate.Arn";
const EKS_CLUSTER: &str = "AWS::EKS::Cluster.Name";
const EIP: &str = "AWS::EC2::EIP.Id";
const GROUP: &str = "AWS::EC2::SecurityGroup.Id";
const KEY: &str = "AWS::KMS::Key.Arn";
const LISTENER: &str = "AWS::ElasticLoadBalancingV2::Listener.Arn";
const LISTENER_RULE: &str = "AWS::ElasticLoadBalancingV2::ListenerRule.Arn";
const LOAD_BALANCER: &str = "AWS::ElasticLoadBalancingV2::LoadBalancer.Arn";
const LOG_GROUP: &str = "AWS::Logs::LogGroup.Name";
const ROLE: &str = "AWS::IAM::Role.Arn";
const ROLE_NAME: &str = "AWS::IAM::Role.Name";
const ROUTE_TABLE: &str = "AWS::EC2::RouteTable.Id";
const SECRET: &str = "AWS::SecretsManager::Secret.Arn";
const SUBNET: &str = "AWS::EC2::Subnet.Id";
const TARGET_GROUP: &str = "AWS::ElasticLoadBalancingV2::TargetGroup.Arn";
const TASK: &str = "AWS::ECS::TaskDefinition.Arn";
const TOPIC: &str = "AWS::SNS::Topic.Arn";
const WEB_ACL: &str = "AWS::WAFv2::WebACL.Arn";
const ZONE: &str = "AWS::Route53::HostedZone.Id";

/// Properties that refer to something and have no format that says so.
#[rustfmt::skip]
pub(crate) const PROPERTIES: &[Fixup] = &[
    fix("AWS::ApplicationAutoScaling::ScalingPolicy", "ScalingTargetId", "AWS::ApplicationAutoScaling::ScalableTarget.Id"),
    fix("AWS::Backup::", "BackupPlanId", "AWS::Backup::BackupPlan.Id"),
    fix("AWS::Backup::", "DestinationBackupVaultArn", "AWS::Backup::BackupVault.Arn"),
    fix("AWS::Backup::", "TargetBackupVault", "AWS::Backup::BackupVault.Name"),
    fix("AWS::Backup::BackupVault", "EncryptionKeyArn", KEY),
    fix("AWS::CertificateManager::Certificate", "DomainValidationOptions/HostedZoneId", ZONE),
    fix("AWS::CloudWatch::", "AlarmActions", TOPIC),
    fix("AWS::CloudWatch::", "InsufficientDataActions", TOPIC),
    fix("AWS::CloudWatch::", "OKActions", TOPIC),
    fix("AWS::CodeDeploy::DeploymentGroup", "Alarms/Name", ALARM),
    fix("AWS::CodeDeploy::DeploymentGroup", "ApplicationName", "AWS::CodeDeploy::Application.Name"),
    fix("AWS::CodeDeploy::DeploymentGroup", "ListenerArns", LISTENER),
    fix("AWS::CodeDeploy::DeploymentGroup", "TargetGroupInfoList/Name", "AWS::ElasticLoadBalancingV2::TargetGroup.Name"),
    fix("AWS::CodeDeploy::DeploymentGroup", "TriggerTargetArn", TOPIC),
    fix("AWS::EC2::", "AllocationId", EIP),
    fix("AWS::EC2::", "AllocationIds", EIP),
    fix("AWS::EC2::", "NatGatewayId", "AWS::EC2::NatGateway.Id"),
    fix("AWS::EC2::", "RouteTableId", ROUTE_TABLE),
    fix("AWS::EC2::", "RouteTableIds", ROUTE_TABLE),
    fix("AWS::EC2::FlowLog", "DeliverCrossAccountRole", ROLE),
    fix("AWS::EC2::FlowLog", "DeliverLogsPermissionArn", ROLE),
    fix("AWS::EC2::LaunchTemplate", "IamInstanceProfile/Arn", "AWS::IAM::InstanceProfile.Arn"),
    fix("AWS::EC2::LaunchTemplate", "KmsKeyId", KEY),
    fix("AWS::EC2::LaunchTemplate", "NetworkInterfaces/Groups", GROUP),
    fix("AWS::EC2::NatGateway", "SecondaryAllocationIds", EIP),
    fix("AWS::EC2::Route", "GatewayId", "AWS::EC2::InternetGateway.Id"),
    fix("AWS::EC2::Route", "VpcEndpointId", "AWS::EC2::VPCEndpoint.Id"),
    fix("AWS::EC2::SecurityGroup", "DestinationSecurityGroupId", GROUP),
    fix("AWS::EC2::SecurityGroup", "SourceSecurityGroupId", GROUP),
    fix("AWS::EC2::VPCEndpoint", "SubnetIds", SUBNET),
    fix("AWS::EC2::VPCGatewayAttachment", "InternetGatewayId", "AWS::EC2::InternetGateway.Id"),
    fix("AWS::ECR::PullThroughCacheRule", "CredentialArn", SECRET),
    fix("AWS::ECR::PullThroughCacheRule", "CustomRoleArn", ROLE),
    fix("AWS::ECR::Repository", "KmsKey", KEY),
    fix("AWS::ECS::", "KmsKeyId", KEY),
    fix("AWS::ECS::Cluster", "CloudWatchLogGroupName", LOG_GROUP),
    fix("AWS::ECS::Cluster", "FargateEphemeralStorageKmsKeyId", KEY),
    fix("AWS::ECS::ClusterCapacityProviderAssociations", "Cluster", "AWS::ECS::Cluster.Name"),
    fix("AWS::ECS::Service", "AlarmNames", ALARM),
    fix("AWS::ECS::Service", "AlternateTargetGroupArn", TARGET_GROUP),
    fix("AWS::ECS::Service", "Cluster", "AWS::ECS::Cluster.Arn"),
    fix("AWS::ECS::Service", "KmsKey", KEY),
    fix("AWS::ECS::Service", "ProductionListenerRule", LISTENER_RULE),
    fix("AWS::ECS::Service", "Role", ROLE),
    fix("AWS::ECS::Service", "TargetGroupArn", TARGET_GROUP),
    fix("AWS::ECS::Service", "TaskDefinition", TASK),
    fix("AWS::ECS::Service", "TestListenerRule", LISTENER_RULE),
    fix("AWS::EKS::", "ClusterName", EKS_CLUSTER),
    fix("AWS::EKS::AccessEntry", "PrincipalArn", ROLE),
    fix("AWS::EKS::Cluster", "KeyArn", KEY),
    fix("AWS::EKS::Cluster", "SubnetIds", SUBNET),
    fix("AWS::EKS::Nodegroup", "LaunchTemplate/Id", "AWS::EC2::LaunchTemplate.Id"),
    fix("AWS::EKS::Nodegroup", "NodeRole", ROLE),
    fix("AWS::EKS::Nodegroup", "SourceSecurityGroups", GROUP),
    fix("AWS::EKS::Nodegroup", "Subnets", SUBNET),
    fix("AWS::ElasticLoadBalancingV2::", "CertificateArn", CERTIFICATE),
    fix("AWS::ElasticLoadBalancingV2::", "ListenerArn", LISTENER),
    fix("AWS::ElasticLoadBalancingV2::", "LoadBalancerArn", LOAD_BALANCER),
    fix("AWS::ElasticLoadBalancingV2::", "TargetGroupArn", TARGET_GROUP),
    fix("AWS::ElasticLoadBalancingV2::LoadBalancer", "AllocationId", EIP),
    fix("AWS::Events::Rule", "SecretManagerArn", SECRET),
    fix("AWS::Events::Rule", "TaskDefinitionArn", TASK),
    fix("AWS::IAM::", "ManagedPolicyArns", BOUNDARY),
    fix("AWS::IAM::", "PermissionsBoundary", BOUNDARY),
    fix("AWS::IAM::", "Roles", ROLE_NAME),
    fix("AWS::IAM::RolePolicy", "RoleName", ROLE_NAME),
    fix("AWS::KMS::Alias", "TargetKeyId", "AWS::KMS::Key.Id"),
    fix("AWS::Logs::LogGroup", "KmsKeyId", KEY),
    fix("AWS::Logs::MetricFilter", "LogGroupName", LOG_GROUP),
    fix("AWS::Logs::QueryDefinition", "LogGroupNames", LOG_GROUP),
    fix("AWS::RDS::", "DBSubnetGroupName", "AWS::RDS::DBSubnetGroup.Name"),
    fix("AWS::RDS::", "DomainIAMRoleName", ROLE_NAME),
    fix("AWS::RDS::", "KmsKeyId", KEY),
    fix("AWS::RDS::", "PerformanceInsightsKmsKeyId", KEY),
    fix("AWS::RDS::DBCluster", "DBInstanceParameterGroupName", "AWS::RDS::DBParameterGroup.Name"),
    fix("AWS::RDS::DBInstance", "DBClusterIdentifier", "AWS::RDS::DBCluster.Name"),
    fix("AWS::RDS::DBInstance", "DBParameterGroupName", "AWS::RDS::DBParameterGroup.Name"),
    fix("AWS::RDS::DBInstance", "DomainAuthSecretArn", SECRET),
    fix("AWS::RDS::DBInstance", "PerformanceInsightsKMSKeyId", KEY),
    fix("AWS::RDS::DBInstance", "VPCSecurityGroups", GROUP),
    fix("AWS::RDS::DBSubnetGroup", "SubnetIds", SUBNET),
    fix("AWS::Route53::HostedZone", "CloudWatchLogsLogGroupArn", "AWS::Logs::LogGroup.Arn"),
    fix("AWS::Route53::RecordSet", "/HostedZoneId", ZONE),
    fix("AWS::S3::Bucket", "AnnotationTableConfiguration/Role", ROLE),
    fix("AWS::S3::Bucket", "Destination/BucketArn", "AWS::S3::Bucket.Arn"),
    fix("AWS::S3::Bucket", "DestinationBucketName", BUCKET),
    fix("AWS::S3::Bucket", "KMSMasterKeyID", KEY),
    fix("AWS::S3::Bucket", "ReplicaKmsKeyID", KEY),
    fix("AWS::S3::Bucket", "ReplicationConfiguration/Role", ROLE),
    fix("AWS::S3::Bucket", "ReplicationConfiguration/Rules/Destination/Bucket", "AWS::S3::Bucket.Arn"),
    fix("AWS::S3::Bucket", "TopicConfigurations/Topic", TOPIC),
    fix("AWS::S3::BucketPolicy", "Bucket", BUCKET),
    fix("AWS::SNS::Subscription", "TopicArn", TOPIC),
    fix("AWS::SNS::Topic", "KmsMasterKeyId", KEY),
    fix("AWS::SNS::TopicPolicy", "Topics", TOPIC),
    fix("AWS::SecretsManager::", "KmsKeyId", KEY),
    fix("AWS::SecretsManager::", "SecretId", SECRET),
    fix("AWS::SecretsManager::RotationSchedule", "MasterSecretArn", SECRET),
    fix("AWS::SecretsManager::RotationSchedule", "MasterSecretKmsKeyArn", KEY),
    fix("AWS::SecretsManager::RotationSchedule", "SuperuserSecretArn", SECRET),
    fix("AWS::SecretsManager::RotationSchedule", "SuperuserSecretKmsKeyArn", KEY),
    fix("AWS::WAFv2::", "WebACLArn", WEB_ACL),
    fix("AWS::WAFv2::LoggingConfiguration", "ResourceArn", WEB_ACL),
];

/// Attributes that refer to something and have no format that says so.
pub(crate) const ATTRIBUTES: &[Fixup] = &[
    fix("AWS::EC2::EIP", "AllocationId", EIP),
    fix("AWS::EKS::Cluster", "ClusterSecurityGroupId", GROUP),
    fix("AWS::RDS::", "MasterUserSecret/SecretArn", SECRET),
];

/// What `Ref` gives (the kind) where it is not the one identifier that the schema has: for types that are older than
/// the schemas. Nothing means that it is of no use.
pub(crate) const REFERENCES: &[Fixup] = &[
    fix("AWS::CodeDeploy::DeploymentGroup", "Ref", "Name"),
    fix("AWS::Events::Rule", "Ref", "Name"),
    fix("AWS::S3::BucketPolicy", "Ref", ""),
    fix("AWS::SecretsManager::RotationSchedule", "Ref", ""),
    fix("AWS::SecretsManager::Secret", "Ref", "Arn"),
    fix("AWS::SecretsManager::SecretTargetAttachment", "Ref", ""),
];
