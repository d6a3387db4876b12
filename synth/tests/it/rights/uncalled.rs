//! What the schemas list for a type and CloudFormation does not call for the resources as they are rendered.

use synth::schema::{self, Handler};

use super::world::Thing;

/// For a type: actions, the properties of which one has to be set for them to be called, and what they are for.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static str,
);

/// No property calls for it.
const NEVER: &[&str] = &[];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("AWS::ApplicationAutoScaling::ScalableTarget", &["application-autoscaling:DeleteScheduledAction", "application-autoscaling:PutScheduledAction"], &["ScheduledActions"], "schedules"),
    ("AWS::CodeDeploy::DeploymentGroup", &["codedeploy:CreateDeployment", "codedeploy:GetApplicationRevision", "codedeploy:RegisterApplicationRevision", "codedeploy:StopDeployment"], &["Deployment"], "a deployment that the template starts"),
    ("AWS::EC2::EIP", &["ec2:AcceptAddressTransfer"], &["TransferAddress"], "an address of another account"),
    ("AWS::EC2::EIP", &["ec2:AssociateAddress", "ec2:DisassociateAddress"], &["InstanceId"], "an address of an instance"),
    ("AWS::EC2::FlowLog", &["ecs:ListClusters", "ecs:ListContainerInstances", "ecs:ListServices", "ecs:ListTaskDefinitions", "ecs:ListTasks"], NEVER, "fields of ECS in the log's format, which is the default one"),
    ("AWS::EC2::FlowLog", &["iam:CreateServiceLinkedRole", "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "s3:GetBucketPolicy", "s3:PutBucketPolicy"], NEVER, "logs that go to S3 or to Firehose"),
    ("AWS::EC2::NatGateway", &["ec2:AssignPrivateNatGatewayAddress", "ec2:UnassignPrivateNatGatewayAddress"], &["SecondaryPrivateIpAddresses", "SecondaryPrivateIpAddressCount"], "more addresses"),
    ("AWS::EC2::NatGateway", &["ec2:AssociateNatGatewayAddress", "ec2:DisassociateNatGatewayAddress"], &["SecondaryAllocationIds"], "more addresses"),
    ("AWS::EC2::Subnet", &["ec2:AssociateSubnetCidrBlock", "ec2:DisassociateSubnetCidrBlock"], &["Ipv6CidrBlock"], "IPv6"),
    ("AWS::EC2::VPC", &["ec2:CreateVpcEncryptionControl"], &["EncryptionControl", "VpcEncryptionControl"], "enforced encryption"),
    ("AWS::EC2::VPC", &["ec2:ModifyVpcTenancy"], &["InstanceTenancy"], "machines of one's own"),
    ("AWS::EC2::VPCEndpoint", &["vpc-lattice:CreateServiceNetworkVpcEndpointAssociation", "vpc-lattice:DescribeServiceNetworkVpcEndpointAssociation"], &["ServiceNetworkArn"], "service networks"),
    ("AWS::EC2::VPCEndpoint", &["vpce:AllowMultiRegion"], &["ServiceRegion"], "a service in another region"),
    ("AWS::EC2::VPCEndpoint", &["route53:AssociateVPCWithHostedZone"], NEVER, "private names, which EC2 sets up in a zone of its own"),
    ("AWS::EC2::VPCGatewayAttachment", &["ec2:AttachVpnGateway", "ec2:DetachVpnGateway"], &["VpnGatewayId"], "VPN"),
    ("AWS::ECS::Cluster", &["ecs:PutAccountSetting", "ecs:PutAccountSettingDefault"], NEVER, "settings of the account"),
    ("AWS::ECS::Cluster", &["ecs:PutClusterCapacityProviders"], &["CapacityProviders"], "capacity providers"),
    ("AWS::EKS::Cluster", &["eks:ActivateCertificateAuthority"], &["ActiveCertificateAuthorityId", "CertificateAuthority"], "another authority"),
    ("AWS::EKS::Cluster", &["iam:DeleteInstanceProfile", "iam:RemoveRoleFromInstanceProfile"], NEVER, "a profile that a failed creation made"),
    ("AWS::EKS::Nodegroup", &["ec2:DescribeKeyPairs"], &["RemoteAccess"], "a key to sign in to machines with"),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", &["ec2:DescribeIpamPools", "elasticloadbalancing:ModifyIpPools"], &["Ipv4IpamPoolId"], "addresses from a pool"),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", &["elasticloadbalancing:ModifyCapacityReservation"], &["MinimumLoadBalancerCapacity"], "reserved capacity"),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", &["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"], &["Targets"], "targets that the template names"),
    ("AWS::Events::Rule", &["iam:PassRole"], &["RoleArn"], "a role to reach targets"),
    ("AWS::IAM::Role", &["iam:AttachRolePolicy", "iam:DetachRolePolicy"], &["ManagedPolicyArns"], "managed policies"),
    ("AWS::IAM::Role", &["iam:DeleteRolePolicy", "iam:PutRolePolicy"], &["Policies"], "inline policies"),
    ("AWS::IAM::Role", &["iam:DeleteRolePermissionsBoundary"], NEVER, "a role that loses its boundary, which no change may do"),
    ("AWS::IAM::Role", &["iam:UpdateAssumeRolePolicy"], NEVER, "another trust, which no change of a model gives a role"),
    ("AWS::KMS::Key", &["iam:CreateServiceLinkedRole"], &["MultiRegion"], "keys in several regions"),
    ("AWS::KMS::Key", &["kms:DisableKey", "kms:EnableKey"], &["Enabled"], "a key that is switched off"),
    ("AWS::Logs::LogGroup", &["logs:DeleteDataProtectionPolicy", "logs:PutDataProtectionPolicy"], &["DataProtectionPolicy"], "masks for data"),
    ("AWS::Logs::LogGroup", &["logs:DeleteIndexPolicy", "logs:PutIndexPolicy"], &["FieldIndexPolicies"], "indexes"),
    ("AWS::Logs::LogGroup", &["logs:DeleteResourcePolicy", "logs:PutResourcePolicy"], &["ResourcePolicyDocument"], "a policy of the group"),
    ("AWS::Logs::LogGroup", &["logs:PutBearerTokenAuthentication"], &["BearerTokenAuthenticationEnabled"], "tokens"),
    ("AWS::Logs::LogGroup", &["logs:PutLogGroupDeletionProtection"], &["DeletionProtectionEnabled"], "protection"),
    ("AWS::Logs::LogGroup", &["firehose:TagDeliveryStream", "logs:CreateLogDelivery", "s3:REST.PUT.OBJECT"], NEVER, "groups of the delivery class"),
    ("AWS::RDS::DBInstance", &["rds:AddRoleToDBInstance", "rds:RemoveRoleFromDBInstance"], &["AssociatedRoles"], "roles of the database"),
    ("AWS::RDS::DBInstance", &["iam:ListRoles"], &["AssociatedRoles"], "roles of the database"),
    ("AWS::RDS::DBInstance", &["rds:CreateDBInstanceReadReplica", "rds:PromoteReadReplica"], &["SourceDBInstanceIdentifier"], "replicas"),
    ("AWS::RDS::DBInstance", &["rds:CreateTenantDatabase", "rds:DeleteTenantDatabase"], &["MultiTenant"], "tenants of Oracle's"),
    ("AWS::RDS::DBInstance", &["rds:DescribeDBInstanceAutomatedBackups", "rds:StartDBInstanceAutomatedBackupsReplication", "rds:StopDBInstanceAutomatedBackupsReplication"], &["AutomaticBackupReplicationRegion"], "backups in another region"),
    ("AWS::RDS::DBInstance", &["rds:DescribeDBSnapshots", "rds:RestoreDBInstanceFromDBSnapshot"], &["DBSnapshotIdentifier"], "a database from a snapshot"),
    ("AWS::RDS::DBInstance", &["rds:RestoreDBInstanceToPointInTime"], &["RestoreTime", "UseLatestRestorableTime"], "a database from its backups"),
    ("AWS::RDS::DBInstance", &["secretsmanager:RotateSecret"], NEVER, "rotation that a person starts"),
    ("AWS::S3::Bucket", &["s3:DeleteBucketMetadataTableConfiguration", "s3:CreateBucketMetadataTableConfiguration", "s3:UpdateBucketMetadataAnnotationTableConfiguration", "s3:UpdateBucketMetadataInventoryTableConfiguration", "s3:UpdateBucketMetadataJournalTableConfiguration"], &["MetadataTableConfiguration", "MetadataConfiguration"], "tables of metadata"),
    ("AWS::S3::Bucket", &["s3:GetBucketAcl", "s3:PutBucketAcl", "s3:PutObjectAcl", "s3:DeleteObject"], &["AccessControl"], "access lists"),
    ("AWS::S3::Bucket", &["s3:DeleteBucketAnalyticsConfiguration", "s3:PutAnalyticsConfiguration"], &["AnalyticsConfigurations"], "analytics"),
    ("AWS::S3::Bucket", &["s3:PutAccelerateConfiguration"], &["AccelerateConfiguration"], "faster transfer"),
    ("AWS::S3::Bucket", &["s3:PutBucketAbac"], &["AbacStatus"], "access by tags"),
    ("AWS::S3::Bucket", &["s3:DeleteBucketCors", "s3:PutBucketCORS"], &["CorsConfiguration"], "other origins"),
    ("AWS::S3::Bucket", &["s3:PutBucketLogging"], &["LoggingConfiguration"], "logs of the bucket"),
    ("AWS::S3::Bucket", &["s3:PutBucketNotification"], &["NotificationConfiguration"], "events"),
    ("AWS::S3::Bucket", &["s3:PutBucketObjectLockConfiguration", "s3:PutObjectLockConfiguration"], &["ObjectLockEnabled", "ObjectLockConfiguration"], "objects that stay"),
    ("AWS::S3::Bucket", &["s3:DeleteBucketWebsite", "s3:PutBucketWebsite"], &["WebsiteConfiguration"], "a website"),
    ("AWS::S3::Bucket", &["s3:PutIntelligentTieringConfiguration"], &["IntelligentTieringConfigurations"], "tiers"),
    ("AWS::S3::Bucket", &["s3:PutInventoryConfiguration"], &["InventoryConfigurations"], "inventories"),
    ("AWS::S3::Bucket", &["s3:DeleteBucketMetricsConfiguration", "s3:PutMetricsConfiguration"], &["MetricsConfigurations"], "metrics"),
    ("AWS::S3::Bucket", &["s3:DeleteBucketReplication", "s3:PutBucketReplication", "s3:PutReplicationConfiguration"], &["ReplicationConfiguration"], "copies"),
    ("AWS::S3::Bucket", &["s3:DeleteBucketEncryption", "s3:DeleteBucketLifecycle"], NEVER, "names of calls: the permissions for them are those to put a configuration"),
    ("AWS::SNS::Topic", &["sns:PutDataProtectionPolicy"], &["DataProtectionPolicy"], "masks for data"),
    ("AWS::SecretsManager::Secret", &["secretsmanager:GetRandomPassword"], &["GenerateSecretString"], "a password that AWS makes up"),
    ("AWS::SecretsManager::Secret", &["secretsmanager:RemoveRegionsFromReplication", "secretsmanager:ReplicateSecretToRegions"], &["ReplicaRegions"], "copies in other regions"),
    ("AWS::WAFv2::LoggingConfiguration", &["firehose:ListDeliveryStreams", "iam:CreateServiceLinkedRole", "iam:DescribeOrganization", "s3:GetBucketPolicy", "s3:PutBucketPolicy"], NEVER, "logs that go to Firehose or to S3"),
    ("AWS::WAFv2::WebACL", &["payments:GetConnectedAccount"], NEVER, "paid rules of others"),
    ("AWS::WAFv2::WebACLAssociation", &["appsync:SetWebACL", "ec2:DescribeVerifiedAccessInstanceWebAclAssociations"], NEVER, "other things than load balancers"),
];

/// Why a handler does not call an action, if it does not.
pub(super) fn why(thing: &Thing, handler: Handler, action: &str) -> Option<&'static str> {
    let row = ROWS.iter().find(|(kind, actions, unless, _)| {
        let set = unless.iter().any(|property| thing.properties.get(property).is_some());
        *kind == thing.kind && actions.contains(&action) && !set
    });
    if let Some((.., what)) = row {
        return Some(what);
    }
    // A stack's operations list nothing: that is for the generator of templates and for Cloud Control.
    let schema = schema::resource(&thing.kind).unwrap();
    let others = [Handler::Create, Handler::Read, Handler::Update, Handler::Delete];
    let only_listed = others
        .into_iter()
        .all(|other| schema.permissions(other).all(|known| known != action));
    (handler == Handler::List && only_listed).then_some("listing what is in an account")
}
