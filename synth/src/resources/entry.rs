//! The way in: the load balancer, what may reach it, and its access logs. Its listeners stand with what they lead to.

use super::doors;
use super::network::{Parts, ids};
use super::place::{Place, protection};
use crate::aws::{ec2, elasticloadbalancingv2 as elb, s3};
use crate::model::Entry;
use crate::template::{Conditions, Document, Error, Handle, LogicalId, Operator, Policy, Principal, Settings};
use crate::template::{Statement, Template, Value, sub};

/// What services need of the way in.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) load_balancer: Handle<elb::LoadBalancer>,
    /// The group of what the load balancer sends requests to.
    pub(crate) service_group: Handle<ec2::SecurityGroup>,
}

/// The output that says where the service answers.
pub(crate) const URL: &str = "Url";

pub(crate) fn expand(place: Place<'_>, template: &mut Template, parts: &Parts) -> Result<Way, Error> {
    let (balancer_group, service_group) = groups(place, template, parts)?;
    let (bucket, policy) = access_logs(place, template)?;
    let attribute = |key: &str, value: Value<String>| elb::LoadBalancerAttribute {
        key: Some(key.into()),
        value: Some(value),
    };
    let idle = place.system.service.idle_timeout().0.to_string();
    let protection = if place.keeps() {
        protection(template)?
    } else {
        "false".into()
    };
    let load_balancer = elb::LoadBalancer {
        load_balancer_attributes: Some(
            vec![
                attribute("access_logs.s3.enabled", "true".into()),
                attribute("access_logs.s3.bucket", bucket.name().text()),
                attribute("access_logs.s3.prefix", ACCESS_LOGS.into()),
                attribute("deletion_protection.enabled", protection),
                attribute("idle_timeout.timeout_seconds", idle.as_str().into()),
                attribute("routing.http.drop_invalid_header_fields.enabled", "true".into()),
            ]
            .into(),
        ),
        scheme: Some(elb::LoadBalancerScheme::InternetFacing.into()),
        security_groups: Some([balancer_group.id()].into()),
        subnets: Some(ids(&parts.public)),
        r#type: Some(elb::LoadBalancerType::Application.into()),
        ..elb::LoadBalancer::new()
    };
    let settings = Settings::after([policy, parts.gateway.clone()]);
    let load_balancer = template.add_with(LogicalId::new("", "LoadBalancer"), &load_balancer, settings)?;
    template.output(URL, "Where the service answers.", url(place, &load_balancer))?;
    Ok(Way {
        load_balancer,
        service_group,
    })
}

/// The prefix of access logs in their bucket.
const ACCESS_LOGS: &str = "load-balancer";

/// The two groups on the path of a request. Each names only the other, and only the service's port lies between.
fn groups(
    place: Place<'_>,
    template: &mut Template,
    parts: &Parts,
) -> Result<(Handle<ec2::SecurityGroup>, Handle<ec2::SecurityGroup>), Error> {
    let port = place.system.service.port.number();
    let open = |port: i32, what: &str| ec2::Ingress {
        cidr_ip: Some("0.0.0.0/0".into()),
        description: Some(what.into()),
        from_port: Some(port.into()),
        to_port: Some(port.into()),
        ..ec2::Ingress::new("tcp")
    };
    let ingress = match place.environment.entry {
        Entry::Https { .. } => vec![
            open(443, "HTTPS from anywhere"),
            open(80, "HTTP from anywhere, only to be redirected"),
        ],
        Entry::Http { .. } => vec![open(80, "HTTP from anywhere")],
    };
    let to_tasks = ec2::Egress {
        cidr_ip: Some(place.environment.network.cidr.vpc().into()),
        description: Some("To the tasks and their health checks".into()),
        from_port: Some(port.into()),
        to_port: Some(port.into()),
        ..ec2::Egress::new("tcp")
    };
    let balancer = ec2::SecurityGroup {
        security_group_egress: Some([to_tasks].into()),
        security_group_ingress: Some(ingress.into()),
        vpc_id: Some(parts.vpc.id()),
        ..ec2::SecurityGroup::new("What may reach the load balancer")
    };
    let balancer = template.add(LogicalId::new("load-balancer", "SecurityGroup"), &balancer)?;
    let from_balancer = ec2::Ingress {
        description: Some("Requests and health checks from the load balancer".into()),
        from_port: Some(port.into()),
        source_security_group_id: Some(balancer.id()),
        to_port: Some(port.into()),
        ..ec2::Ingress::new("tcp")
    };
    let database = place.system.database.as_ref();
    let mut out = vec![doors::to_aws("HTTPS to AWS: images, logs")];
    out.extend(database.map(|database| doors::to_database(place, database)));
    let service = ec2::SecurityGroup {
        security_group_egress: Some(out.into()),
        security_group_ingress: Some([from_balancer].into()),
        vpc_id: Some(parts.vpc.id()),
        ..ec2::SecurityGroup::new("What may reach the tasks of the service")
    };
    let service = template.add(LogicalId::new("service", "SecurityGroup"), &service)?;
    Ok((balancer, service))
}

/// The bucket of the load balancer's access logs, and the policy that lets it write them.
fn access_logs(place: Place<'_>, template: &mut Template) -> Result<(Handle<s3::Bucket>, LogicalId), Error> {
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
    let bucket = s3::Bucket {
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
    };
    // CloudFormation cannot delete a bucket with objects in it, so this one stays, whatever the environment: after a
    // first deployment that fails too, since the load balancer writes a test object as soon as it logs, and a bucket
    // that cannot be deleted would wedge the rollback. It has no name that a second deployment could want.
    let bucket = template.add_with(
        LogicalId::new("access-logs", "Bucket"),
        &bucket,
        Settings::keep(Policy::Retain),
    )?;
    let write = Statement::allow(
        "LoadBalancer",
        ["s3:PutObject"],
        vec![sub(
            "${bucket}/${prefix}/AWSLogs/${AWS::AccountId}/*",
            &[("bucket", &bucket.arn()), ("prefix", &ACCESS_LOGS)],
        )],
    );
    let all = vec![bucket.arn().text(), sub("${bucket}/*", &[("bucket", &bucket.arn())])];
    let policy = Document::new([
        write.to(Principal::service("logdelivery.elasticloadbalancing.amazonaws.com")),
        Statement::allow("EncryptedTransport", ["s3:*"], all)
            .deny()
            .to(Principal::Anyone)
            .when(Conditions::none().and(Operator::Bool, "aws:SecureTransport", "false")),
    ]);
    let policy = s3::BucketPolicy::new(bucket.name(), policy);
    let policy = template.add(LogicalId::new("access-logs", "BucketPolicy"), &policy)?;
    Ok((bucket, policy.logical_id()))
}

/// The address of the service.
fn url(place: Place<'_>, load_balancer: &Handle<elb::LoadBalancer>) -> Value<String> {
    match &place.environment.entry {
        Entry::Https { host } => format!("https://{host}.{}", place.system.owner.domain).into(),
        Entry::Http { .. } => sub("http://${balancer}", &[("balancer", &load_balancer.dns_name())]),
    }
}
