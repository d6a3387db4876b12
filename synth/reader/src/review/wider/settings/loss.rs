//! What keeps data and work from being lost.

use super::Test::{Falls, Keeps, Levels, On, OnByDefault};
use super::{Setting, What, setting};

const fn protect(path: &'static str, test: super::Test) -> Setting {
    setting(What::Protection, &[], path, test)
}

const fn protect_in(kinds: &'static [&'static str], path: &'static str, test: super::Test) -> Setting {
    setting(What::Protection, kinds, path, test)
}

pub(super) const SETTINGS: &[Setting] = &[
    protect("DeletionProtection", On),
    protect("DeletionProtectionEnabled", On),
    protect("DisableApiTermination", On),
    protect("PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled", On),
    protect("VersioningConfiguration/Status", On),
    protect("ObjectLockEnabled", On),
    protect("BackupPolicy/Status", On),
    protect("MultiAZ", On),
    protect("MultiAZEnabled", On),
    protect("AutomaticFailoverEnabled", On),
    protect_in(&["S3::Bucket"], "ObjectLockConfiguration/Rule", On),
    protect_in(
        &["ECR::Repository"],
        "ImageTagMutability",
        Levels(&[&["MUTABLE*"], &["IMMUTABLE*"]], Some(0)),
    ),
    protect_in(
        &["S3::Bucket"],
        "LifecycleConfiguration/Rules/[]/ExpirationInDays",
        Falls(f64::INFINITY),
    ),
    protect_in(
        &["S3::Bucket"],
        "LifecycleConfiguration/Rules/[]/NoncurrentVersionExpiration/NoncurrentDays",
        Falls(f64::INFINITY),
    ),
    protect("BackupRetentionPeriod", Falls(1.0)),
    protect("SnapshotRetentionLimit", Falls(0.0)),
    protect("AutomatedSnapshotRetentionPeriod", Falls(1.0)),
    protect_in(
        &["RDS::DBInstance", "RDS::DBCluster"],
        "DeleteAutomatedBackups",
        Levels(&[&["true"], &["false"]], Some(0)),
    ),
    protect_in(
        &["ElasticLoadBalancingV2::LoadBalancer"],
        "LoadBalancerAttributes/[Key=deletion_protection.enabled]/Value",
        On,
    ),
    protect_in(&["KMS::Key", "KMS::ReplicaKey"], "Enabled", OnByDefault),
    protect_in(&["KMS::Key", "KMS::ReplicaKey"], "PendingWindowInDays", Falls(30.0)),
    protect_in(&["Backup::BackupPlan"], "BackupPlan/BackupPlanRule", Keeps),
    protect_in(
        &["Backup::BackupPlan"],
        "BackupPlan/BackupPlanRule/[]/Lifecycle/DeleteAfterDays",
        Falls(f64::INFINITY),
    ),
    protect_in(&["SQS::Queue"], "MessageRetentionPeriod", Falls(345_600.0)),
    protect_in(&["SQS::Queue"], "RedrivePolicy", On),
    protect_in(&["SNS::Subscription"], "RedrivePolicy", On),
    protect_in(&["Kinesis::Stream"], "RetentionPeriodHours", Falls(24.0)),
    protect_in(&["Lambda::Function"], "DeadLetterConfig", On),
    protect_in(&["Serverless::Function"], "DeadLetterQueue", On),
    protect_in(&["ElastiCache::ServerlessCache"], "DailySnapshotTime", On),
];
