//! The load balancer's access logs.

use crate::aws::s3;
use crate::model::{Checker, Stack, Waiver};
use crate::resources::place::Place;
use crate::template::{Conditions, Document, Error, Handle, LogicalId, Operator, Policy, Principal, Settings};
use crate::template::{Statement, Template, sub};

/// The prefix of access logs in their bucket.
pub(crate) const PREFIX: &str = "load-balancer";

/// The bucket of the load balancer's access logs, and the policy that lets it write them.
pub(crate) fn expand(place: Place<'_>, template: &mut Template) -> Result<(Handle<s3::Bucket>, LogicalId), Error> {
    // CloudFormation cannot delete a bucket with objects in it, so this one stays, whatever the environment: after a
    // first deployment that fails too, since the load balancer writes a test object as soon as it logs, and a bucket
    // that cannot be deleted would wedge the rollback. It has no name that a second deployment could want.
    let bucket = template.add_with(
        LogicalId::new("access-logs", "Bucket"),
        &bucket(place),
        Settings::keep(Policy::Retain),
    )?;
    let policy = s3::BucketPolicy::new(bucket.name(), policy(&bucket));
    let policy = template.add(LogicalId::new("access-logs", "BucketPolicy"), &policy)?;
    Ok((bucket, policy.logical_id()))
}

fn bucket(place: Place<'_>) -> s3::Bucket {
    // Load balancers write only to buckets that are encrypted with S3's own key.
    let encryption = s3::ServerSideEncryptionByDefault::new(s3::ServerSideEncryptionByDefaultSseAlgorithm::Aes256);
    let encryption = s3::ServerSideEncryptionRule {
        server_side_encryption_by_default: Some(encryption.into()),
        ..s3::ServerSideEncryptionRule::new()
    };
    let days = place.environment.logs.days();
    let expire = s3::Rule {
        expiration_in_days: Some(days.into()),
        id: Some("expire".into()),
        noncurrent_version_expiration: Some(s3::NoncurrentVersionExpiration::new(7).into()),
        ..s3::Rule::new(s3::RuleStatus::Enabled)
    };
    s3::Bucket {
        bucket_encryption: Some(s3::BucketEncryption::new([encryption]).into()),
        lifecycle_configuration: Some(s3::LifecycleConfiguration::new([expire]).into()),
        ownership_controls: Some(
            s3::OwnershipControls::new([s3::OwnershipControlsRule {
                object_ownership: Some(s3::OwnershipControlsRuleObjectOwnership::BucketOwnerEnforced.into()),
            }])
            .into(),
        ),
        public_access_block_configuration: Some(
            s3::PublicAccessBlockConfiguration {
                block_public_acls: Some(true.into()),
                block_public_policy: Some(true.into()),
                ignore_public_acls: Some(true.into()),
                restrict_public_buckets: Some(true.into()),
            }
            .into(),
        ),
        versioning_configuration: Some(
            s3::VersioningConfiguration::new(s3::VersioningConfigurationStatus::Enabled).into(),
        ),
        ..s3::Bucket::new()
    }
}

/// The load balancer writes, and nobody comes without TLS.
fn policy(bucket: &Handle<s3::Bucket>) -> Document {
    let write = Statement::allow(
        "LoadBalancer",
        ["s3:PutObject"],
        vec![sub(
            "${bucket}/${prefix}/AWSLogs/${AWS::AccountId}/*",
            &[("bucket", &bucket.arn()), ("prefix", &PREFIX)],
        )],
    );
    let all = vec![bucket.arn().text(), sub("${bucket}/*", &[("bucket", &bucket.arn())])];
    Document::new([
        write.to(Principal::service("logdelivery.elasticloadbalancing.amazonaws.com")),
        Statement::allow("EncryptedTransport", ["s3:*"], all)
            .deny()
            .to(Principal::Anyone)
            .when(Conditions::none().and(Operator::Bool, "aws:SecureTransport", "false")),
    ])
}

/// Of the bucket, which nothing logs.
pub(crate) fn waiver() -> Waiver {
    let reason = "this bucket takes the access logs; logging access to it into itself would never end";
    Waiver::new(
        Stack::Network,
        "AccessLogsBucket",
        Checker::Checkov,
        "CKV_AWS_18",
        reason,
    )
}
