//! Which things of AWS a resource of `CloudFormation` is, and what their ARNs look like.
//!
//! A shape is an ARN without its first two parts. `R` and `A` stand for region and account, `{Property}` for what the
//! property says or refers to, `{!Snapshot}` for the name of a by-product,
//! `{?Property}` for what it says if it is set, `*` for what AWS chooses. The last `{Property}` of the first shape holds the resource's
//! name. Sources: the shapes of ARNs in AWS's service authorization reference, and the examples in the API references.

use crate::schema::{self, iam};

/// A resource type.
pub(super) struct Thing {
    /// Its name.
    pub(super) name: &'static str,
    /// What a resource of it is in IAM's eyes, as `service:kind`, each with a shape.
    pub(super) own: &'static [(&'static str, &'static str)],
    /// Kinds that its actions touch besides; with a question mark, only where this system makes such things; with a
    /// shape, that of AWS's own.
    pub(super) others: &'static [&'static str],
}

const fn thing(
    name: &'static str,
    own: &'static [(&'static str, &'static str)],
    others: &'static [&'static str],
) -> Thing {
    Thing { name, own, others }
}

/// What is known of a type; of others, IAM's own table tells as much as can be told without a name.
pub(super) fn of(name: &str) -> Option<&'static Thing> {
    let position = THINGS.binary_search_by_key(&name, |thing| thing.name).ok()?;
    THINGS.get(position)
}

/// Sorted by name.
#[rustfmt::skip]
pub(super) const THINGS: &[Thing] = &[
    thing("AWS::ApplicationAutoScaling::ScalableTarget", &[("application-autoscaling:scalabletarget", "application-autoscaling:R:A:scalable-target/*"), ("cloudwatch:alarm", "cloudwatch:R:A:alarm:TargetTracking-{ResourceId}-*")], &["?ecs:service"]),
    thing("AWS::ApplicationAutoScaling::ScalingPolicy", &[], &["application-autoscaling:scalabletarget"]),
    thing("AWS::Backup::BackupPlan", &[("backup:backupplan", "backup:R:A:backup-plan:*")], &[]),
    thing("AWS::Backup::BackupSelection", &[], &["backup:backupplan"]),
    thing("AWS::Backup::BackupVault", &[("backup:backupvault", "backup:R:A:backup-vault:{BackupVaultName}")], &[]),
    thing("AWS::CertificateManager::Certificate", &[("acm:certificate", "acm:R:A:certificate/*")], &[]),
    thing("AWS::CloudWatch::Alarm", &[("cloudwatch:alarm", "cloudwatch:R:A:alarm:{AlarmName}")], &[]),
    thing("AWS::CloudWatch::CompositeAlarm", &[("cloudwatch:alarm", "cloudwatch:R:A:alarm:{AlarmName}")], &[]),
    thing("AWS::CloudWatch::Dashboard", &[("cloudwatch:dashboard", "cloudwatch::A:dashboard/{DashboardName}")], &[]),
    thing("AWS::CodeDeploy::Application", &[("codedeploy:application", "codedeploy:R:A:application:{ApplicationName}")], &[]),
    thing("AWS::CodeDeploy::DeploymentConfig", &[("codedeploy:deploymentconfig", "codedeploy:R:A:deploymentconfig:{DeploymentConfigName}")], &[]),
    thing("AWS::CodeDeploy::DeploymentGroup", &[("codedeploy:deploymentgroup", "codedeploy:R:A:deploymentgroup:{ApplicationName}/{DeploymentGroupName}")], &["codedeploy:application", "codedeploy:deploymentconfig"]),
    thing("AWS::DynamoDB::Table", &[("dynamodb:table", "dynamodb:R:A:table/{TableName}")], &[]),
    thing("AWS::EC2::EIP", &[("ec2:elastic-ip", "ec2:R:A:elastic-ip/*")], &[]),
    thing("AWS::EC2::FlowLog", &[("ec2:vpc-flow-log", "ec2:R:A:vpc-flow-log/*")], &["?ec2:network-interface", "?ec2:subnet", "?ec2:vpc"]),
    thing("AWS::EC2::InternetGateway", &[("ec2:internet-gateway", "ec2:R:A:internet-gateway/*")], &[]),
    thing("AWS::EC2::LaunchTemplate", &[("ec2:launch-template", "ec2:R:A:launch-template/*")], &[]),
    thing("AWS::EC2::NatGateway", &[("ec2:natgateway", "ec2:R:A:natgateway/*")], &["ec2:elastic-ip", "ec2:subnet", "ec2:vpc"]),
    thing("AWS::EC2::NetworkAcl", &[("ec2:network-acl", "ec2:R:A:network-acl/*")], &["ec2:vpc"]),
    thing("AWS::EC2::NetworkAclEntry", &[], &["ec2:network-acl"]),
    thing("AWS::EC2::Route", &[], &["ec2:route-table"]),
    thing("AWS::EC2::RouteTable", &[("ec2:route-table", "ec2:R:A:route-table/*")], &["ec2:vpc"]),
    thing("AWS::EC2::SecurityGroup", &[("ec2:security-group", "ec2:R:A:security-group/*")], &["ec2:security-group-rule", "ec2:vpc"]),
    thing("AWS::EC2::SecurityGroupEgress", &[], &["ec2:security-group", "ec2:security-group-rule"]),
    thing("AWS::EC2::SecurityGroupIngress", &[], &["ec2:security-group", "ec2:security-group-rule"]),
    thing("AWS::EC2::Subnet", &[("ec2:subnet", "ec2:R:A:subnet/*")], &["ec2:vpc"]),
    thing("AWS::EC2::SubnetNetworkAclAssociation", &[], &["ec2:network-acl", "ec2:subnet"]),
    thing("AWS::EC2::SubnetRouteTableAssociation", &[], &["ec2:route-table", "ec2:subnet"]),
    thing("AWS::EC2::VPC", &[("ec2:vpc", "ec2:R:A:vpc/*")], &[]),
    thing("AWS::EC2::VPCEndpoint", &[("ec2:vpc-endpoint", "ec2:R:A:vpc-endpoint/*")], &["ec2:route-table", "?ec2:security-group", "ec2:subnet", "ec2:vpc"]),
    thing("AWS::EC2::VPCGatewayAttachment", &[], &["?ec2:internet-gateway", "ec2:vpc", "?ec2:vpn-gateway"]),
    thing("AWS::ECR::Repository", &[("ecr:repository", "ecr:R:A:repository/{RepositoryName}")], &[]),
    thing("AWS::ECS::CapacityProvider", &[("ecs:capacity-provider", "ecs:R:A:capacity-provider/{Name}")], &["ecs:cluster"]),
    thing("AWS::ECS::Cluster", &[("ecs:cluster", "ecs:R:A:cluster/{ClusterName}")], &[]),
    thing("AWS::ECS::ClusterCapacityProviderAssociations", &[], &["ecs:capacity-provider", "ecs:cluster"]),
    thing("AWS::ECS::Service", &[("ecs:service", "ecs:R:A:service/{Cluster}/{ServiceName}"), ("ecs:service-deployment", "ecs:R:A:service-deployment/{Cluster}/{ServiceName}/*")], &[]),
    thing("AWS::ECS::TaskDefinition", &[("ecs:task-definition", "ecs:R:A:task-definition/{Family}:*")], &[]),
    thing("AWS::EKS::AccessEntry", &[("eks:access-entry", "eks:R:A:access-entry/{ClusterName}/*")], &["eks:cluster"]),
    thing("AWS::EKS::Addon", &[("eks:addon", "eks:R:A:addon/{ClusterName}/{AddonName}/*"), ("eks:podidentityassociation", "eks:R:A:podidentityassociation/{ClusterName}/*")], &["eks:cluster"]),
    thing("AWS::EKS::Cluster", &[("eks:cluster", "eks:R:A:cluster/{Name}")], &["iam:instance-profile=iam::A:instance-profile/eks*"]),
    thing("AWS::EKS::FargateProfile", &[("eks:fargateprofile", "eks:R:A:fargateprofile/{ClusterName}/{FargateProfileName}/*")], &["eks:cluster"]),
    // Its machines, their disks and interfaces are launched with the rights of whoever makes it, as far as these are looked at.
    thing("AWS::EKS::Nodegroup", &[("eks:nodegroup", "eks:R:A:nodegroup/{ClusterName}/{NodegroupName}/*"), ("ec2:instance", "ec2:R:A:instance/*"), ("ec2:network-interface", "ec2:R:A:network-interface/*"), ("ec2:volume", "ec2:R:A:volume/*")], &["ec2:image=ec2:R::image/*", "?ec2:launch-template", "ec2:security-group", "ec2:subnet", "eks:cluster"]),
    thing("AWS::EKS::PodIdentityAssociation", &[("eks:podidentityassociation", "eks:R:A:podidentityassociation/{ClusterName}/*")], &["eks:cluster"]),
    thing("AWS::ElasticLoadBalancingV2::Listener", &[("elasticloadbalancing:listener/app", "elasticloadbalancing:R:A:listener/app/{LoadBalancerArn}/*")], &["elasticloadbalancing:loadbalancer/app/"]),
    thing("AWS::ElasticLoadBalancingV2::ListenerCertificate", &[], &["elasticloadbalancing:listener/app"]),
    thing("AWS::ElasticLoadBalancingV2::ListenerRule", &[("elasticloadbalancing:listener-rule/app", "elasticloadbalancing:R:A:listener-rule/app/{ListenerArn}/*")], &["elasticloadbalancing:listener/app"]),
    thing("AWS::ElasticLoadBalancingV2::LoadBalancer", &[("elasticloadbalancing:loadbalancer/app/", "elasticloadbalancing:R:A:loadbalancer/app/{Name}/*"), ("wafv2:loadbalancer/app/", "elasticloadbalancing:R:A:loadbalancer/app/{Name}/*")], &[]),
    thing("AWS::ElasticLoadBalancingV2::TargetGroup", &[("elasticloadbalancing:targetgroup", "elasticloadbalancing:R:A:targetgroup/{Name}/*")], &[]),
    thing("AWS::Events::Rule", &[("events:rule-on-default-event-bus", "events:R:A:rule/{Name}")], &[]),
    thing("AWS::IAM::InstanceProfile", &[("iam:instance-profile", "iam::A:instance-profile{Path}{InstanceProfileName}")], &[]),
    thing("AWS::IAM::ManagedPolicy", &[("iam:policy", "iam::A:policy{Path}{ManagedPolicyName}")], &["iam:role"]),
    thing("AWS::IAM::OIDCProvider", &[("iam:oidc-provider", "iam::A:oidc-provider/{Url}")], &[]),
    thing("AWS::IAM::Policy", &[], &["iam:role"]),
    thing("AWS::IAM::Role", &[("iam:role", "iam::A:role{Path}{RoleName}")], &[]),
    thing("AWS::IAM::RolePolicy", &[], &["iam:role"]),
    thing("AWS::KMS::Alias", &[("kms:alias", "kms:R:A:{AliasName}")], &["kms:key"]),
    thing("AWS::KMS::Key", &[("kms:key", "kms:R:A:key/*")], &[]),
    thing("AWS::Lambda::Function", &[("lambda:function", "lambda:R:A:function:{FunctionName}")], &[]),
    thing("AWS::Lambda::Permission", &[], &["lambda:function"]),
    thing("AWS::Logs::LogGroup", &[("logs:log-group", "logs:R:A:log-group:{LogGroupName}"), ("logs:log-group", "logs:R:A:log-group:{LogGroupName}:*")], &[]),
    thing("AWS::Logs::MetricFilter", &[("logs:log-group", "logs:R:A:log-group:{LogGroupName}"), ("logs:log-group", "logs:R:A:log-group:{LogGroupName}:*")], &[]),
    thing("AWS::Logs::SubscriptionFilter", &[("logs:log-group", "logs:R:A:log-group:{LogGroupName}"), ("logs:log-group", "logs:R:A:log-group:{LogGroupName}:*")], &["logs:destination"]),
    thing("AWS::RDS::DBCluster", &[("rds:cluster", "rds:R:A:cluster:{DBClusterIdentifier}")], &["rds:cluster-pg", "rds:cluster-snapshot", "rds:db", "rds:og", "rds:subgrp"]),
    thing("AWS::RDS::DBClusterParameterGroup", &[("rds:cluster-pg", "rds:R:A:cluster-pg:{DBClusterParameterGroupName}")], &[]),
    thing("AWS::RDS::DBInstance", &[("rds:db", "rds:R:A:db:{DBInstanceIdentifier}"), ("rds:snapshot", "rds:R:A:snapshot:{!Snapshot}"), ("rds:snapshot", "rds:R:A:snapshot:{?DBSnapshotIdentifier}"), ("rds:og", "rds:R:A:og:{?OptionGroupName}")], &["?rds:cluster", "rds:og=rds:R:A:og:default:*", "rds:pg", "rds:subgrp"]),
    thing("AWS::RDS::DBParameterGroup", &[("rds:pg", "rds:R:A:pg:{DBParameterGroupName}")], &[]),
    thing("AWS::RDS::DBSubnetGroup", &[("rds:subgrp", "rds:R:A:subgrp:{DBSubnetGroupName}")], &[]),
    thing("AWS::RDS::EventSubscription", &[("rds:es", "rds:R:A:es:{SubscriptionName}")], &[]),
    thing("AWS::Route53::RecordSet", &[("route53:hostedzone", "route53:::hostedzone/{HostedZoneId}"), ("route53:change", "route53:::change/*")], &[]),
    thing("AWS::Route53::RecordSetGroup", &[("route53:hostedzone", "route53:::hostedzone/{HostedZoneId}"), ("route53:change", "route53:::change/*")], &[]),
    thing("AWS::S3::Bucket", &[("s3:bucket", "s3:::{BucketName}")], &[]),
    thing("AWS::S3::BucketPolicy", &[("s3:bucket", "s3:::{Bucket}")], &[]),
    thing("AWS::SNS::Subscription", &[("sns:topic", "sns:R:A:{TopicArn}")], &[]),
    thing("AWS::SNS::Topic", &[("sns:topic", "sns:R:A:{TopicName}")], &[]),
    thing("AWS::SNS::TopicPolicy", &[("sns:topic", "sns:R:A:{Topics}")], &[]),
    thing("AWS::SQS::Queue", &[("sqs:queue", "sqs:R:A:{QueueName}")], &[]),
    thing("AWS::SQS::QueuePolicy", &[("sqs:queue", "sqs:R:A:{Queues}")], &[]),
    thing("AWS::SSM::Parameter", &[("ssm:parameter", "ssm:R:A:parameter/{Name}")], &[]),
    thing("AWS::SecretsManager::ResourcePolicy", &[("secretsmanager:secret", "secretsmanager:R:A:secret:{SecretId}-??????")], &[]),
    thing("AWS::SecretsManager::RotationSchedule", &[("secretsmanager:secret", "secretsmanager:R:A:secret:{SecretId}-??????")], &[]),
    thing("AWS::SecretsManager::Secret", &[("secretsmanager:secret", "secretsmanager:R:A:secret:{Name}-??????")], &[]),
    thing("AWS::SecretsManager::SecretTargetAttachment", &[("secretsmanager:secret", "secretsmanager:R:A:secret:{SecretId}-??????")], &[]),
    thing("AWS::WAFv2::IPSet", &[("wafv2:ipset", "wafv2:R:A:{Scope}/ipset/{Name}/*")], &[]),
    thing("AWS::WAFv2::LoggingConfiguration", &[("wafv2:webacl", "wafv2:R:A:regional/webacl/{ResourceArn}/*")], &[]),
    // A rule group of AWS's own is authorized as a managed rule set of the caller's account.
    thing("AWS::WAFv2::WebACL", &[("wafv2:webacl", "wafv2:R:A:{Scope}/webacl/{Name}/*"), ("wafv2:managedruleset", "wafv2:R:A:{Scope}/managedruleset/*")], &["?wafv2:ipset", "?wafv2:regexpatternset", "?wafv2:rulegroup"]),
    thing("AWS::WAFv2::WebACLAssociation", &[("wafv2:webacl", "wafv2:R:A:regional/webacl/{WebACLArn}/*")], &["wafv2:loadbalancer/app/", "elasticloadbalancing:loadbalancer/app/"]),
];

/// The longest name that AWS makes up for a resource without one, and whether it is in lower case. Such a name is
/// the stack's name, the logical id and twelve or so random characters, each cut if the whole would be too long
/// (AWS `CloudFormation` user guide, "Name Type" and "Resource identifiers").
#[rustfmt::skip]
const MADE_UP: &[(&str, usize, bool)] = &[
    ("AWS::CloudWatch::Alarm", 255, false),
    ("AWS::CloudWatch::CompositeAlarm", 255, false),
    ("AWS::CodeDeploy::Application", 100, false),
    ("AWS::CodeDeploy::DeploymentGroup", 100, false),
    ("AWS::DynamoDB::Table", 255, false),
    ("AWS::ECR::Repository", 256, true),
    ("AWS::ECS::Cluster", 255, false),
    ("AWS::ECS::Service", 255, false),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", 32, false),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", 32, false),
    ("AWS::Events::Rule", 64, false),
    ("AWS::IAM::InstanceProfile", 128, false),
    ("AWS::IAM::ManagedPolicy", 128, false),
    ("AWS::IAM::Role", 64, false),
    ("AWS::Lambda::Function", 64, false),
    ("AWS::Logs::LogGroup", 512, false),
    ("AWS::RDS::DBCluster", 63, true),
    ("AWS::RDS::DBInstance", 63, true),
    ("AWS::RDS::DBParameterGroup", 255, true),
    ("AWS::RDS::DBSubnetGroup", 255, true),
    ("AWS::S3::Bucket", 63, true),
    ("AWS::SNS::Topic", 256, false),
    ("AWS::SQS::Queue", 80, false),
];

/// What `CloudFormation` calls a by-product that outlives a resource, such as its last `Snapshot`: the stack, what it
/// is, the logical id, in lower case (source of the resource provider of `AWS::RDS::DBInstance`).
pub(super) fn left_behind(what: &str, stack: &str, id: &str) -> String {
    format!("{stack}-{what}-{id}-*").to_ascii_lowercase()
}

/// What the name begins with that AWS makes up for a resource, and `*`.
pub(super) fn made_up(kind: &str, stack: &str, id: &str) -> String {
    let Some((_, longest, lower)) = MADE_UP.iter().find(|(name, ..)| *name == kind) else {
        return "*".to_owned();
    };
    let random = 14;
    let name = if stack.len() + 1 + id.len() + random <= *longest {
        format!("{stack}-{id}-*")
    } else {
        // How the rest is shared is AWS's secret; a quarter of it has always been left to the stack's name.
        let kept = stack.len().min((longest - random) / 4);
        format!("{}*", &stack[..kept])
    };
    if *lower { name.to_ascii_lowercase() } else { name }
}

/// The property that names resources of a type, where nothing in the name that AWS makes up for one without it is known
/// to tell whose it is: Secrets Manager, for one, begins it with the logical id.
#[must_use]
pub(crate) fn anonymous(kind: &str) -> Option<&'static str> {
    let property = naming(kind)?;
    // Others are named by what they belong to, such as a listener.
    let names = ["Name", "Identifier", "Family"];
    let is_own = names.iter().any(|end| property.ends_with(end));
    let told = MADE_UP.iter().any(|(name, ..)| *name == kind);
    (is_own && !told).then_some(property)
}

/// The ARN of a role to which `CloudFormation` gives a name, as far as it is known before.
#[must_use]
pub fn made_up_role(stack: &str, id: &str) -> String {
    arn(&format!("iam::A:role/{}", made_up("AWS::IAM::Role", stack, id)))
}

/// Where RDS keeps the passwords that it manages
/// (Amazon RDS user guide, "Password management with Amazon RDS and AWS Secrets Manager").
pub(super) const DATABASE_SECRET: &str = "secretsmanager:R:A:secret:rds!*";

/// An ARN from its shape.
pub(super) fn arn(shape: &str) -> String {
    let mut parts = shape.splitn(4, ':');
    let mut next = || parts.next().unwrap_or_default();
    let (service, region, account, rest) = (next(), next(), next(), next());
    let region = if region == "R" { "${AWS::Region}" } else { region };
    let account = if account == "A" { "${AWS::AccountId}" } else { account };
    format!("arn:${{AWS::Partition}}:{service}:{region}:{account}:{rest}")
}

/// The property that holds the name of a resource of a type.
pub(super) fn naming(kind: &str) -> Option<&'static str> {
    let (_, shape) = of(kind)?.own.first()?;
    let (_, last) = shape.rsplit_once('{')?;
    last.split_once('}').map(|(property, _)| property)
}

/// What an attribute says that AWS makes up, as far as it is known before
/// (Amazon EKS user guide, "Create an IAM OIDC provider for your cluster").
pub(super) fn issued(kind: &str, attribute: &str) -> Option<&'static str> {
    let issuer = ("AWS::EKS::Cluster", "OpenIdConnectIssuerUrl");
    ((kind, attribute) == issuer).then_some("https://oidc.eks.${AWS::Region}.${AWS::URLSuffix}/id/*")
}

/// A name as it stands in an ARN.
pub(super) fn plain(kind: &str, property: &str, text: &str) -> String {
    match (kind, property) {
        (_, "Scope") => if text == "CLOUDFRONT" { "global" } else { "regional" }.to_owned(),
        ("AWS::SSM::Parameter", _) => text.trim_start_matches('/').to_owned(),
        ("AWS::IAM::OIDCProvider", _) => text.trim_start_matches("https://").to_owned(),
        _ => text.to_owned(),
    }
}

/// What IAM calls a resource of a type of which nothing more is known, if it calls it as `CloudFormation` does:
/// `AWS::StepFunctions::StateMachine` is a `statemachine` of the service whose actions tag it.
pub(super) fn alike(kind: &str) -> Option<String> {
    let tags = schema::resource(kind)?.tag_permissions().next()?;
    let (service, _) = iam::action(tags)?;
    let plain = |name: &str| {
        name.to_ascii_lowercase()
            .replace(|c: char| !c.is_ascii_alphanumeric(), "")
    };
    let name = plain(kind.rsplit("::").next()?);
    let same = service.resources.iter().find(|known| plain(&known.name) == name)?;
    Some(format!("{}:{}", service.prefix, same.name.to_ascii_lowercase()))
}
