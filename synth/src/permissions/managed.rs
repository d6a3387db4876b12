//! What the managed policies of AWS allow that roles of systems have: the boundary must allow it too.

use super::{Condition, Grant};
use crate::template::Operator;

/// A statement: its actions, its resources without the first two parts of the ARN, and what a key must equal.
type Statement = (&'static str, &'static str, Option<&'static str>);

/// What a managed policy of AWS allows; `None` if it is not known here. Those for clusters: see [`super::cluster`].
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
    Some(statements.iter().map(grant).collect())
}

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
