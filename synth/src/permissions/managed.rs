//! What the managed policies of AWS allow that roles of systems have: the boundary must allow it too.

use super::{Condition, Grant};
use crate::template::Operator;

/// A statement: its actions, its resources without the first two parts of the ARN, and what a key must equal.
type Statement = (&'static str, &'static str, Option<&'static str>);

/// What a managed policy of AWS allows; `None` if it is not known here.
pub(super) fn grants(name: &str) -> Option<Vec<Grant>> {
    let (_, statements) = POLICIES.iter().find(|(known, _)| *known == name)?;
    let grant = |(actions, resources, equals): &Statement| {
        let resources = resources.split(' ').map(|resource| match resource {
            "*" => "*".to_owned(),
            shape => format!("arn:${{AWS::Partition}}:{shape}"),
        });
        let grant = Grant::new(actions.split(' '), resources);
        let grant = grant.because(format!("the policy `{name}` of AWS has it so"));
        match equals.and_then(|equals| equals.split_once('=')) {
            Some((key, value)) => grant.only_if(Condition::new(Operator::StringEquals, key, value.split(' '))),
            None => grant,
        }
    };
    let all = statements.iter().map(grant).map(|mut grant| {
        grant
            .actions
            .retain(|action| !name.starts_with("AmazonEKS") || !UNUSED.contains(&action.as_str()));
        grant
    });
    Some(all.filter(|grant| !grant.actions.is_empty()).collect())
}

/// What AWS allows a cluster besides, and no cluster of ours does, so that no boundary allows it: classic load balancers,
/// Auto Scaling groups, routes to pods, Outposts, EC2-Classic, Cognito, Shield, snapshots, addresses of IPv6, security groups
/// of pods, capacity on the spot, and the roles of services, which are made before the first stack. A boundary is one
/// policy of 6,144 characters.
#[rustfmt::skip]
const UNUSED: &[&str] = &[
    "autoscaling:DescribeAutoScalingGroups", "autoscaling:UpdateAutoScalingGroup",
    "cognito-idp:DescribeUserPoolClient",
    "ec2:AssignIpv6Addresses", "ec2:AssociateTrunkInterface", "ec2:CreateRoute", "ec2:CreateSnapshot", "ec2:DeleteRoute",
    "ec2:DescribeClassicLinkInstances", "ec2:DescribeCoipPools", "ec2:DescribeVpcClassicLink",
    "ec2:DisassociateTrunkInterface", "ec2:EnableFastSnapshotRestores", "ec2:GetCoipPoolUsage",
    "ec2:ModifyInstanceAttribute", "ec2:UnassignIpv6Addresses",
    "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer", "elasticloadbalancing:AttachLoadBalancerToSubnets",
    "elasticloadbalancing:ConfigureHealthCheck", "elasticloadbalancing:CreateLoadBalancerListeners",
    "elasticloadbalancing:CreateLoadBalancerPolicy", "elasticloadbalancing:DeleteLoadBalancerListeners",
    "elasticloadbalancing:DeregisterInstancesFromLoadBalancer", "elasticloadbalancing:DescribeLoadBalancerPolicies",
    "elasticloadbalancing:DetachLoadBalancerFromSubnets", "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
    "elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer", "elasticloadbalancing:SetLoadBalancerPoliciesOfListener",
    "iam:CreateServiceLinkedRole",
    "shield:CreateProtection", "shield:DeleteProtection", "shield:TagResource",
];

/// That what is acted on is of the cluster that the session is opened for, which EKS says in a tag of the session.
const OF_CLUSTER: &str = "aws:ResourceTag/eks:eks-cluster-name=${aws:PrincipalTag/eks:eks-cluster-name}";

/// That what is made gets that cluster's tag.
const FOR_CLUSTER: &str = "aws:RequestTag/eks:eks-cluster-name=${aws:PrincipalTag/eks:eks-cluster-name}";

/// Sorted by name (AWS managed policy reference, their default versions).
#[rustfmt::skip]
pub(super) const POLICIES: &[(&str, &[Statement])] = &[
    ("AWSCodeDeployRoleForECS", &[
        ("cloudwatch:DescribeAlarms ecs:CreateTaskSet ecs:DeleteTaskSet ecs:DescribeServices ecs:UpdateServicePrimaryTaskSet elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeRules elasticloadbalancing:DescribeTargetGroups elasticloadbalancing:ModifyListener elasticloadbalancing:ModifyRule lambda:InvokeFunction s3:GetObject s3:GetObjectVersion sns:Publish", "*", None),
        ("iam:PassRole", "*", Some("iam:PassedToService=ecs-tasks.amazonaws.com")),
    ]),
    ("AmazonEC2ContainerRegistryPullOnly", &[
        ("ecr:BatchGetImage ecr:BatchImportUpstreamImage ecr:GetAuthorizationToken ecr:GetDownloadUrlForLayer", "*", None),
    ]),
    ("AmazonEC2ContainerRegistryReadOnly", &[
        ("ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:DescribeImageScanFindings ecr:DescribeImages ecr:DescribeRepositories ecr:GetAuthorizationToken ecr:GetDownloadUrlForLayer ecr:GetLifecyclePolicy ecr:GetLifecyclePolicyPreview ecr:GetRepositoryPolicy ecr:ListImages ecr:ListTagsForResource", "*", None),
    ]),
    ("AmazonECSInfrastructureRolePolicyForLoadBalancers", &[
        ("elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeRules elasticloadbalancing:DescribeTargetGroups elasticloadbalancing:DescribeTargetHealth", "*", None),
        ("elasticloadbalancing:DeregisterTargets elasticloadbalancing:RegisterTargets", "elasticloadbalancing:*:*:targetgroup/*/*", None),
        ("elasticloadbalancing:ModifyListener", "elasticloadbalancing:*:*:listener/app/*/*/*", None),
        ("elasticloadbalancing:ModifyListener", "elasticloadbalancing:*:*:listener/net/*/*/*", None),
        ("elasticloadbalancing:ModifyRule", "elasticloadbalancing:*:*:listener-rule/app/*/*/*/*", None),
    ]),
    ("AmazonECSTaskExecutionRolePolicy", &[
        ("ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetAuthorizationToken ecr:GetDownloadUrlForLayer logs:CreateLogStream logs:PutLogEvents", "*", None),
    ]),
    ("AmazonEKSBlockStoragePolicy", &[
        ("ec2:AttachVolume ec2:DetachVolume ec2:EnableFastSnapshotRestores ec2:ModifyVolume", "*", Some(OF_CLUSTER)),
        ("ec2:CreateTags", "*", Some("ec2:CreateAction=CreateVolume CreateSnapshot")),
        ("ec2:CreateVolume", "ec2:*:*:volume/*", Some(FOR_CLUSTER)),
        ("ec2:CreateVolume", "ec2:*:*:snapshot/*", None),
        ("ec2:CreateSnapshot", "ec2:*:*:volume/*", None),
        ("ec2:CreateSnapshot", "ec2:*:*:snapshot/*", Some(FOR_CLUSTER)),
    ]),
    ("AmazonEKSClusterPolicy", &[
        ("autoscaling:DescribeAutoScalingGroups autoscaling:UpdateAutoScalingGroup ec2:AttachVolume ec2:AuthorizeSecurityGroupIngress ec2:CreateRoute ec2:CreateSecurityGroup ec2:CreateTags ec2:CreateVolume ec2:DeleteRoute ec2:DeleteSecurityGroup ec2:DeleteVolume ec2:DescribeAccountAttributes ec2:DescribeAddresses ec2:DescribeAvailabilityZones ec2:DescribeDhcpOptions ec2:DescribeInstanceTopology ec2:DescribeInstances ec2:DescribeInternetGateways ec2:DescribeNetworkInterfaces ec2:DescribeRouteTables ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVolumes ec2:DescribeVolumesModifications ec2:DescribeVpcs ec2:DetachVolume ec2:ModifyInstanceAttribute ec2:ModifyVolume ec2:RevokeSecurityGroupIngress elasticloadbalancing:AddTags elasticloadbalancing:ApplySecurityGroupsToLoadBalancer elasticloadbalancing:AttachLoadBalancerToSubnets elasticloadbalancing:ConfigureHealthCheck elasticloadbalancing:CreateListener elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:CreateLoadBalancerListeners elasticloadbalancing:CreateLoadBalancerPolicy elasticloadbalancing:CreateTargetGroup elasticloadbalancing:DeleteListener elasticloadbalancing:DeleteLoadBalancer elasticloadbalancing:DeleteLoadBalancerListeners elasticloadbalancing:DeleteTargetGroup elasticloadbalancing:DeregisterInstancesFromLoadBalancer elasticloadbalancing:DeregisterTargets elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeLoadBalancerAttributes elasticloadbalancing:DescribeLoadBalancerPolicies elasticloadbalancing:DescribeLoadBalancers elasticloadbalancing:DescribeTargetGroupAttributes elasticloadbalancing:DescribeTargetGroups elasticloadbalancing:DescribeTargetHealth elasticloadbalancing:DetachLoadBalancerFromSubnets elasticloadbalancing:ModifyListener elasticloadbalancing:ModifyLoadBalancerAttributes elasticloadbalancing:ModifyTargetGroup elasticloadbalancing:ModifyTargetGroupAttributes elasticloadbalancing:RegisterInstancesWithLoadBalancer elasticloadbalancing:RegisterTargets elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer elasticloadbalancing:SetLoadBalancerPoliciesOfListener kms:DescribeKey", "*", None),
        ("iam:CreateServiceLinkedRole", "*", Some("iam:AWSServiceName=elasticloadbalancing.amazonaws.com")),
        ("ec2:DeleteNetworkInterface", "*", Some("ec2:ResourceTag/eks:eni:owner=amazon-vpc-cni")),
    ]),
    ("AmazonEKSComputePolicy", &[
        ("ec2:CreateFleet ec2:RunInstances", "ec2:*:*:capacity-reservation/* ec2:*::image/* ec2:*:*:security-group/* ec2:*:*:subnet/*", None),
        ("ec2:CreateFleet ec2:RunInstances", "ec2:*:*:launch-template/*", Some(OF_CLUSTER)),
        ("ec2:CreateFleet ec2:CreateLaunchTemplate ec2:RunInstances", "*", Some(FOR_CLUSTER)),
        ("ec2:CreateTags", "*", Some("ec2:CreateAction=CreateFleet RunInstances CreateLaunchTemplate")),
        ("iam:AddRoleToInstanceProfile", "iam::*:instance-profile/eks*", None),
        ("iam:PassRole", "*", Some("iam:PassedToService=ec2.amazonaws.com ec2.amazonaws.com.cn")),
        ("iam:CreateServiceLinkedRole", "iam::*:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot", Some("iam:AWSServiceName=spot.amazonaws.com")),
    ]),
    ("AmazonEKSLoadBalancingPolicy", &[
        ("ec2:CreateSecurityGroup elasticloadbalancing:CreateListener elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:CreateRule elasticloadbalancing:CreateTargetGroup shield:CreateProtection", "*", Some(FOR_CLUSTER)),
        ("ec2:CreateSecurityGroup", "ec2:*:*:vpc/*", None),
        ("elasticloadbalancing:RegisterTargets", "elasticloadbalancing:*:*:targetgroup/*/*", Some(OF_CLUSTER)),
        ("ec2:AuthorizeSecurityGroupIngress", "ec2:*:*:security-group-rule/*", Some(FOR_CLUSTER)),
        ("ec2:AuthorizeSecurityGroupIngress ec2:RevokeSecurityGroupIngress", "ec2:*:*:security-group/*", Some(OF_CLUSTER)),
        ("elasticloadbalancing:AddTags", "*", Some("elasticloadbalancing:CreateAction=CreateLoadBalancer CreateTargetGroup CreateListener CreateRule")),
        ("ec2:CreateTags", "*", Some("ec2:CreateAction=CreateSecurityGroup AuthorizeSecurityGroupIngress")),
        ("elasticloadbalancing:AddListenerCertificates elasticloadbalancing:ModifyListener elasticloadbalancing:ModifyListenerAttributes elasticloadbalancing:ModifyLoadBalancerAttributes elasticloadbalancing:ModifyRule elasticloadbalancing:ModifyTargetGroup elasticloadbalancing:ModifyTargetGroupAttributes elasticloadbalancing:RemoveListenerCertificates elasticloadbalancing:SetIpAddressType elasticloadbalancing:SetSecurityGroups elasticloadbalancing:SetSubnets shield:DeleteProtection", "*", Some(OF_CLUSTER)),
        ("wafv2:AssociateWebACL wafv2:DisassociateWebACL", "wafv2:*:*:*/webacl/*/* elasticloadbalancing:*:*:loadbalancer/app/*/*", None),
        ("shield:TagResource", "shield::*:protection/*", Some(FOR_CLUSTER)),
        ("acm:DescribeCertificate acm:ListCertificates cognito-idp:DescribeUserPoolClient elasticloadbalancing:DescribeTargetGroups elasticloadbalancing:SetWebAcl wafv2:GetWebACL wafv2:GetWebACLForResource", "*", None),
        ("ec2:DescribeAccountAttributes ec2:DescribeAddresses ec2:DescribeClassicLinkInstances ec2:DescribeCoipPools ec2:DescribeInstances ec2:DescribeInternetGateways ec2:DescribeNetworkInterfaces ec2:DescribeRouteTables ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcClassicLink ec2:DescribeVpcPeeringConnections ec2:DescribeVpcs ec2:GetCoipPoolUsage ec2:GetSecurityGroupsForVpc", "*", None),
        ("iam:CreateServiceLinkedRole", "iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing", Some("iam:AWSServiceName=elasticloadbalancing.amazonaws.com")),
    ]),
    ("AmazonEKSNetworkingPolicy", &[
        ("ec2:CreateNetworkInterface", "*", Some(FOR_CLUSTER)),
        ("ec2:CreateNetworkInterface", "ec2:*:*:security-group/* ec2:*:*:subnet/*", None),
        ("ec2:CreateTags", "*", Some("ec2:CreateAction=CreateNetworkInterface")),
        ("ec2:AssignIpv6Addresses ec2:AssignPrivateIpAddresses ec2:AttachNetworkInterface ec2:DetachNetworkInterface ec2:UnassignIpv6Addresses ec2:UnassignPrivateIpAddresses", "*", Some(OF_CLUSTER)),
        ("ec2:ModifyNetworkInterfaceAttribute", "ec2:*:*:network-interface/* ec2:*:*:instance/*", Some(OF_CLUSTER)),
        ("ec2:AssociateTrunkInterface ec2:DisassociateTrunkInterface", "*", None),
    ]),
    ("AmazonEKSWorkerNodeMinimalPolicy", &[
        ("eks-auth:AssumeRoleForPodIdentity", "*", None),
    ]),
    ("AmazonEKSWorkerNodePolicy", &[
        ("ec2:DescribeInstanceTypes ec2:DescribeInstances ec2:DescribeRouteTables ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVolumes ec2:DescribeVolumesModifications ec2:DescribeVpcs eks-auth:AssumeRoleForPodIdentity eks:DescribeCluster", "*", None),
    ]),
    ("AmazonEKS_CNI_Policy", &[
        ("ec2:AssignPrivateIpAddresses ec2:AttachNetworkInterface ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeInstanceTypes ec2:DescribeInstances ec2:DescribeNetworkInterfaces ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeTags ec2:DetachNetworkInterface ec2:ModifyNetworkInterfaceAttribute ec2:UnassignPrivateIpAddresses", "*", None),
        ("ec2:CreateTags", "ec2:*:*:network-interface/*", None),
    ]),
    ("AmazonRDSEnhancedMonitoringRole", &[
        ("logs:CreateLogGroup logs:PutRetentionPolicy", "logs:*:*:log-group:RDS*", None),
        ("logs:CreateLogStream logs:DescribeLogStreams logs:GetLogEvents logs:PutLogEvents", "logs:*:*:log-group:RDS*:log-stream:*", None),
    ]),
    ("AmazonSSMManagedInstanceCore", &[
        ("ssm:DescribeAssociation ssm:DescribeDocument ssm:GetDeployablePatchSnapshotForInstance ssm:GetDocument ssm:GetManifest ssm:GetParameter ssm:GetParameters ssm:ListAssociations ssm:ListInstanceAssociations ssm:PutComplianceItems ssm:PutConfigurePackageResult ssm:PutInventory ssm:UpdateAssociationStatus ssm:UpdateInstanceAssociationStatus ssm:UpdateInstanceInformation", "*", None),
        ("ssmmessages:CreateControlChannel ssmmessages:CreateDataChannel ssmmessages:OpenControlChannel ssmmessages:OpenDataChannel", "*", None),
        ("ec2messages:AcknowledgeMessage ec2messages:DeleteMessage ec2messages:FailMessage ec2messages:GetEndpoint ec2messages:GetMessages ec2messages:SendReply", "*", None),
    ]),
    ("CloudWatchAgentServerPolicy", &[
        ("cloudwatch:PutMetricData ec2:DescribeTags ec2:DescribeVolumes logs:CreateLogGroup logs:CreateLogStream logs:DescribeLogGroups logs:DescribeLogStreams logs:PutLogEvents logs:PutRetentionPolicy xray:GetSamplingRules xray:GetSamplingStatisticSummaries xray:GetSamplingTargets xray:PutTelemetryRecords xray:PutTraceSegments", "*", None),
        ("ssm:GetParameter", "ssm:*:*:parameter/AmazonCloudWatch-*", None),
    ]),
];
