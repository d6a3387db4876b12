//! What the schemas do not say: to what a text refers.
//!
//! A row that matches no property is an error, so that a schema that comes to say it itself is noticed.

/// A property (at any depth of a type, or of all types of a service) and the kind of reference that it takes.
pub(crate) struct Fixup {
    /// `AWS::ECS::Service`, or `AWS::ECS::` for all of a service.
    pub(crate) resource: &'static str,
    /// The property.
    pub(crate) property: &'static str,
    /// The kind, as the schemas' formats write it.
    pub(crate) kind: &'static str,
}

const fn fix(resource: &'static str, property: &'static str, kind: &'static str) -> Fixup {
    Fixup {
        resource,
        property,
        kind,
    }
}

/// Properties, each as the property's page of the CloudFormation template reference describes it.
pub(crate) const PROPERTIES: &[Fixup] = &[
    fix("AWS::ECS::Service", "Cluster", "AWS::ECS::Cluster.Arn"),
    fix("AWS::ECS::Service", "TaskDefinition", "AWS::ECS::TaskDefinition.Arn"),
    fix(
        "AWS::ECS::Service",
        "TargetGroupArn",
        "AWS::ElasticLoadBalancingV2::TargetGroup.Arn",
    ),
    fix(
        "AWS::ECS::Service",
        "AlternateTargetGroupArn",
        "AWS::ElasticLoadBalancingV2::TargetGroup.Arn",
    ),
    fix(
        "AWS::ECS::Service",
        "ProductionListenerRule",
        "AWS::ElasticLoadBalancingV2::ListenerRule.Arn",
    ),
    fix(
        "AWS::ElasticLoadBalancingV2::",
        "TargetGroupArn",
        "AWS::ElasticLoadBalancingV2::TargetGroup.Arn",
    ),
    fix(
        "AWS::ElasticLoadBalancingV2::",
        "LoadBalancerArn",
        "AWS::ElasticLoadBalancingV2::LoadBalancer.Arn",
    ),
    fix(
        "AWS::ElasticLoadBalancingV2::",
        "ListenerArn",
        "AWS::ElasticLoadBalancingV2::Listener.Arn",
    ),
    fix(
        "AWS::ElasticLoadBalancingV2::",
        "CertificateArn",
        "AWS::CertificateManager::Certificate.Arn",
    ),
    fix("AWS::CloudWatch::", "AlarmActions", "AWS::SNS::Topic.Arn"),
    fix("AWS::CloudWatch::", "OKActions", "AWS::SNS::Topic.Arn"),
    fix("AWS::CloudWatch::", "InsufficientDataActions", "AWS::SNS::Topic.Arn"),
    fix("AWS::SNS::Subscription", "TopicArn", "AWS::SNS::Topic.Arn"),
    fix("AWS::SNS::TopicPolicy", "Topics", "AWS::SNS::Topic.Arn"),
    fix("AWS::Logs::LogGroup", "KmsKeyId", "AWS::KMS::Key.Arn"),
    fix("AWS::KMS::Alias", "TargetKeyId", "AWS::KMS::Key.Id"),
    fix("AWS::IAM::", "PermissionsBoundary", "AWS::IAM::ManagedPolicy.Arn"),
    fix("AWS::IAM::", "ManagedPolicyArns", "AWS::IAM::ManagedPolicy.Arn"),
    fix("AWS::EC2::FlowLog", "DeliverLogsPermissionArn", "AWS::IAM::Role.Arn"),
    fix("AWS::EC2::VPCEndpoint", "SubnetIds", "AWS::EC2::Subnet.Id"),
    fix(
        "AWS::EC2::SecurityGroup",
        "SourceSecurityGroupId",
        "AWS::EC2::SecurityGroup.Id",
    ),
    fix(
        "AWS::EC2::SecurityGroup",
        "DestinationSecurityGroupId",
        "AWS::EC2::SecurityGroup.Id",
    ),
    fix("AWS::EC2::", "AllocationId", "AWS::EC2::EIP.Id"),
    fix("AWS::EC2::", "NatGatewayId", "AWS::EC2::NatGateway.Id"),
    fix("AWS::EC2::Route", "GatewayId", "AWS::EC2::InternetGateway.Id"),
    fix(
        "AWS::EC2::VPCGatewayAttachment",
        "InternetGatewayId",
        "AWS::EC2::InternetGateway.Id",
    ),
    fix("AWS::EC2::", "RouteTableId", "AWS::EC2::RouteTable.Id"),
    fix("AWS::EC2::", "RouteTableIds", "AWS::EC2::RouteTable.Id"),
    fix("AWS::WAFv2::", "WebACLArn", "AWS::WAFv2::WebACL.Arn"),
    fix("AWS::S3::BucketPolicy", "Bucket", "AWS::S3::Bucket.Name"),
];

/// Attributes whose name does not say of what they are.
pub(crate) const ATTRIBUTES: &[Fixup] = &[fix("AWS::EC2::EIP", "AllocationId", "AWS::EC2::EIP.Id")];
