//! What AWS calls a resource of each type: its name, its id, its ARN and what `Ref` gives.

/// How CloudFormation makes a name up for a resource without one.
#[derive(Clone, Copy)]
pub(super) enum Style {
    /// `stack-LogicalId-RANDOM`.
    Mixed,
    /// The same in lower case, as S3 and RDS have it.
    Lower,
    /// `LogicalId-RANDOM`, in which nothing tells whose it is, as Secrets Manager has it.
    Alone,
    /// `stack-Logic-RANDOM` in 32 characters, as load balancing has it.
    Short,
}

/// How a type is called; `{name}`, `{id}`, `{r}` and `{a}` are filled in, `{of Property}` by the end of that
/// property's ARN.
pub(super) struct Form {
    pub(super) kind: &'static str,
    /// The property with its name; none if AWS gives ids instead.
    pub(super) name: Option<&'static str>,
    pub(super) style: Style,
    /// What the id looks like: `#` is a digit that AWS chooses.
    pub(super) id: &'static str,
    /// What `Ref` gives.
    pub(super) reference: &'static str,
    /// Its ARN from the service on; empty for what is only a part of another resource.
    pub(super) arn: &'static str,
}

const UUID: &str = "########-####-####-####-############";

const fn named(kind: &'static str, name: &'static str, reference: &'static str, arn: &'static str) -> Form {
    Form {
        kind,
        name: Some(name),
        style: Style::Mixed,
        id: "",
        reference,
        arn,
    }
}

const fn lower(kind: &'static str, name: &'static str, reference: &'static str, arn: &'static str) -> Form {
    Form {
        kind,
        name: Some(name),
        style: Style::Lower,
        id: "",
        reference,
        arn,
    }
}

const fn balancing(kind: &'static str, name: Option<&'static str>, arn: &'static str) -> Form {
    Form {
        kind,
        name,
        style: Style::Short,
        id: "################",
        reference: "{arn}",
        arn,
    }
}

const fn chosen(kind: &'static str, id: &'static str, arn: &'static str) -> Form {
    Form {
        kind,
        name: None,
        style: Style::Mixed,
        id,
        reference: "{id}",
        arn,
    }
}

/// What has no ARN of its own: its actions are on the resources that it names.
const fn part(kind: &'static str) -> Form {
    Form {
        kind,
        name: None,
        style: Style::Mixed,
        id: "########",
        reference: "{id}",
        arn: "",
    }
}

/// A type of which AWS chooses the id while a person chooses the name.
const fn both(
    kind: &'static str,
    name: &'static str,
    id: &'static str,
    reference: &'static str,
    arn: &'static str,
) -> Form {
    Form {
        kind,
        name: Some(name),
        style: Style::Mixed,
        id,
        reference,
        arn,
    }
}

#[rustfmt::skip]
const FORMS: &[Form] = &[
    chosen("AWS::ApplicationAutoScaling::ScalableTarget", UUID, "application-autoscaling:{r}:{a}:scalable-target/{id}"),
    part("AWS::ApplicationAutoScaling::ScalingPolicy"),
    named("AWS::CloudWatch::Alarm", "AlarmName", "{name}", "cloudwatch:{r}:{a}:alarm:{name}"),
    named("AWS::CloudWatch::CompositeAlarm", "AlarmName", "{name}", "cloudwatch:{r}:{a}:alarm:{name}"),
    named("AWS::CloudWatch::Dashboard", "DashboardName", "{name}", "cloudwatch::{a}:dashboard/{name}"),
    named("AWS::CodeDeploy::Application", "ApplicationName", "{name}", "codedeploy:{r}:{a}:application:{name}"),
    named("AWS::CodeDeploy::DeploymentConfig", "DeploymentConfigName", "{name}", "codedeploy:{r}:{a}:deploymentconfig:{name}"),
    named("AWS::CodeDeploy::DeploymentGroup", "DeploymentGroupName", "{name}", "codedeploy:{r}:{a}:deploymentgroup:{of ApplicationName}/{name}"),
    chosen("AWS::EC2::EIP", "eipalloc-#################", "ec2:{r}:{a}:elastic-ip/{id}"),
    chosen("AWS::EC2::FlowLog", "fl-#################", "ec2:{r}:{a}:vpc-flow-log/{id}"),
    chosen("AWS::EC2::InternetGateway", "igw-#################", "ec2:{r}:{a}:internet-gateway/{id}"),
    chosen("AWS::EC2::LaunchTemplate", "lt-#################", "ec2:{r}:{a}:launch-template/{id}"),
    chosen("AWS::EC2::NatGateway", "nat-#################", "ec2:{r}:{a}:natgateway/{id}"),
    part("AWS::EC2::Route"),
    chosen("AWS::EC2::RouteTable", "rtb-#################", "ec2:{r}:{a}:route-table/{id}"),
    chosen("AWS::EC2::SecurityGroup", "sg-#################", "ec2:{r}:{a}:security-group/{id}"),
    chosen("AWS::EC2::SecurityGroupEgress", "sgr-#################", "ec2:{r}:{a}:security-group-rule/{id}"),
    chosen("AWS::EC2::SecurityGroupIngress", "sgr-#################", "ec2:{r}:{a}:security-group-rule/{id}"),
    chosen("AWS::EC2::Subnet", "subnet-#################", "ec2:{r}:{a}:subnet/{id}"),
    part("AWS::EC2::SubnetRouteTableAssociation"),
    chosen("AWS::EC2::VPC", "vpc-#################", "ec2:{r}:{a}:vpc/{id}"),
    chosen("AWS::EC2::VPCEndpoint", "vpce-#################", "ec2:{r}:{a}:vpc-endpoint/{id}"),
    part("AWS::EC2::VPCGatewayAttachment"),
    named("AWS::ECR::Repository", "RepositoryName", "{name}", "ecr:{r}:{a}:repository/{name}"),
    named("AWS::ECS::Cluster", "ClusterName", "{name}", "ecs:{r}:{a}:cluster/{name}"),
    named("AWS::ECS::Service", "ServiceName", "{arn}", "ecs:{r}:{a}:service/{of Cluster}/{name}"),
    named("AWS::ECS::TaskDefinition", "Family", "{arn}", "ecs:{r}:{a}:task-definition/{name}:7"),
    chosen("AWS::EKS::AccessEntry", UUID, "eks:{r}:{a}:access-entry/{of ClusterName}/role/{a}/{id}"),
    both("AWS::EKS::Addon", "AddonName", UUID, "{id}", "eks:{r}:{a}:addon/{of ClusterName}/{name}/{id}"),
    named("AWS::EKS::Cluster", "Name", "{name}", "eks:{r}:{a}:cluster/{name}"),
    both("AWS::EKS::Nodegroup", "NodegroupName", UUID, "{of ClusterName}/{name}", "eks:{r}:{a}:nodegroup/{of ClusterName}/{name}/{id}"),
    chosen("AWS::EKS::PodIdentityAssociation", "a-#################", "eks:{r}:{a}:podidentityassociation/{of ClusterName}/{id}"),
    balancing("AWS::ElasticLoadBalancingV2::Listener", None, "elasticloadbalancing:{r}:{a}:listener/{of LoadBalancerArn}/{id}"),
    balancing("AWS::ElasticLoadBalancingV2::ListenerRule", None, "elasticloadbalancing:{r}:{a}:listener-rule/{of ListenerArn}/{id}"),
    balancing("AWS::ElasticLoadBalancingV2::LoadBalancer", Some("Name"), "elasticloadbalancing:{r}:{a}:loadbalancer/app/{name}/{id}"),
    balancing("AWS::ElasticLoadBalancingV2::TargetGroup", Some("Name"), "elasticloadbalancing:{r}:{a}:targetgroup/{name}/{id}"),
    named("AWS::Events::Rule", "Name", "{name}", "events:{r}:{a}:rule/{name}"),
    named("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "{arn}", "iam::{a}:policy/{name}"),
    named("AWS::IAM::OIDCProvider", "Url", "{arn}", "iam::{a}:oidc-provider/{name}"),
    named("AWS::IAM::Role", "RoleName", "{name}", "iam::{a}:role/{name}"),
    named("AWS::KMS::Alias", "AliasName", "{name}", "kms:{r}:{a}:{name}"),
    chosen("AWS::KMS::Key", UUID, "kms:{r}:{a}:key/{id}"),
    named("AWS::Logs::LogGroup", "LogGroupName", "{name}", "logs:{r}:{a}:log-group:{name}"),
    part("AWS::Logs::MetricFilter"),
    lower("AWS::RDS::DBInstance", "DBInstanceIdentifier", "{name}", "rds:{r}:{a}:db:{name}"),
    lower("AWS::RDS::DBParameterGroup", "DBParameterGroupName", "{name}", "rds:{r}:{a}:pg:{name}"),
    lower("AWS::RDS::DBSubnetGroup", "DBSubnetGroupName", "{name}", "rds:{r}:{a}:subgrp:{name}"),
    lower("AWS::RDS::EventSubscription", "SubscriptionName", "{name}", "rds:{r}:{a}:es:{name}"),
    lower("AWS::S3::Bucket", "BucketName", "{name}", "s3:::{name}"),
    part("AWS::S3::BucketPolicy"),
    Form { style: Style::Alone, ..both("AWS::SecretsManager::Secret", "Name", "######", "{arn}", "secretsmanager:{r}:{a}:secret:{name}-{id}") },
    part("AWS::SNS::Subscription"),
    named("AWS::SNS::Topic", "TopicName", "{arn}", "sns:{r}:{a}:{name}"),
    part("AWS::SNS::TopicPolicy"),
    part("AWS::WAFv2::LoggingConfiguration"),
    both("AWS::WAFv2::WebACL", "Name", UUID, "{name}|{id}|REGIONAL", "wafv2:{r}:{a}:regional/webacl/{name}/{id}"),
    part("AWS::WAFv2::WebACLAssociation"),
];

/// How a type is called.
pub(super) fn form(kind: &str) -> &'static Form {
    let found = FORMS.iter().find(|form| form.kind == kind);
    found.unwrap_or_else(|| panic!("{kind}: say in tests/it/rights/physical.rs what AWS calls it"))
}

/// Digits that AWS could have chosen for what a seed stands for: always the same, and others for another seed.
pub(super) fn digits(seed: &str, shape: &str) -> String {
    // FNV-1a, which is enough to tell a few hundred resources apart.
    let start = seed.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut state = start | 1;
    let digit = |character: char| {
        if character != '#' {
            return character;
        }
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from_digit(u32::try_from(state % 16).unwrap(), 16).unwrap()
    };
    shape.chars().map(digit).collect()
}

/// The name that CloudFormation makes up.
pub(super) fn made_up(style: Style, stack: &str, id: &str) -> String {
    let random = digits(&format!("{stack} {id}"), "############").to_uppercase();
    match style {
        Style::Mixed => {
            // IAM takes 64 characters, and CloudFormation shortens to them.
            let start: String = format!("{stack}-{id}").chars().take(51).collect();
            format!("{start}-{random}")
        }
        Style::Alone => format!("{id}-{random}"),
        Style::Lower => format!("{stack}-{id}-{random}").to_lowercase(),
        Style::Short => {
            let short = |text: &str| text.chars().take(5).collect::<String>();
            format!("{}-{}-{random}", short(stack).trim_end_matches('-'), short(id))
        }
    }
}
