//! What the role of a cluster does on AWS, for its boundary.
//!
//! AWS keeps five policies for it (AWS managed policy reference, `AmazonEKS{BlockStorage,Cluster,Compute,LoadBalancing,
//! Networking}Policy`; "or create custom policies with equivalent permissions", Amazon EKS user guide, "Amazon EKS Auto
//! Mode cluster IAM role"). They tell what is the cluster's by a tag of the session, and half of the oldest one is on
//! everything in the account. A boundary says the same of one cluster: whatever Auto Mode or a controller makes has the
//! tag `eks:eks-cluster-name`, what EKS makes itself has `kubernetes.io/cluster/NAME`, and the network is the
//! environment's. Left out is what no cluster of ours does: classic load balancers, Auto Scaling groups, routes to pods,
//! Outposts, EC2-Classic, Cognito, Shield, snapshots, IPv6, security groups of pods, reserved capacity, and the roles of
//! services, which are made before the first stack.
//!
//! Where the machines are a group, a cluster makes nothing: it looks at machines and networks, and takes away the interfaces
//! that the network plug-in left behind, which have the cluster's name.

use std::collections::BTreeSet;

use super::item::Item;
use super::world::World;
use super::{Condition, Grant, things};
use crate::template::Operator::StringEquals;

/// The policies of AWS that it stands for.
const POLICIES: [&str; 5] = [
    "AmazonEKSBlockStoragePolicy",
    "AmazonEKSClusterPolicy",
    "AmazonEKSComputePolicy",
    "AmazonEKSLoadBalancingPolicy",
    "AmazonEKSNetworkingPolicy",
];

/// What shows how things are set up.
#[rustfmt::skip]
const LOOKS: &[&str] = &[
    "acm:DescribeCertificate", "acm:ListCertificates",
    "ec2:DescribeAccountAttributes", "ec2:DescribeAddresses", "ec2:DescribeAvailabilityZones", "ec2:DescribeDhcpOptions",
    "ec2:DescribeInstanceTopology", "ec2:DescribeInstances", "ec2:DescribeInternetGateways",
    "ec2:DescribeNetworkInterfaces", "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets",
    "ec2:DescribeVolumes", "ec2:DescribeVolumesModifications", "ec2:DescribeVpcPeeringConnections", "ec2:DescribeVpcs",
    "ec2:GetSecurityGroupsForVpc",
    "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTargetGroupAttributes",
    "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
    "kms:DescribeKey", "wafv2:GetWebACL", "wafv2:GetWebACLForResource",
];

/// What changes something that has the cluster's tag.
#[rustfmt::skip]
const CHANGES: &[&str] = &[
    "ec2:AssignPrivateIpAddresses", "ec2:AttachNetworkInterface", "ec2:AttachVolume", "ec2:AuthorizeSecurityGroupIngress",
    "ec2:CreateFleet", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DeleteSecurityGroup",
    "ec2:DeleteVolume", "ec2:DetachNetworkInterface", "ec2:DetachVolume", "ec2:ModifyNetworkInterfaceAttribute",
    "ec2:ModifyVolume", "ec2:RevokeSecurityGroupIngress", "ec2:RunInstances", "ec2:UnassignPrivateIpAddresses",
    "elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:CreateRule", "elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:DeleteTargetGroup", "elasticloadbalancing:DeregisterTargets",
    "elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyListenerAttributes",
    "elasticloadbalancing:ModifyLoadBalancerAttributes", "elasticloadbalancing:ModifyRule",
    "elasticloadbalancing:ModifyTargetGroup", "elasticloadbalancing:ModifyTargetGroupAttributes",
    "elasticloadbalancing:RegisterTargets", "elasticloadbalancing:RemoveListenerCertificates",
    "elasticloadbalancing:SetIpAddressType", "elasticloadbalancing:SetSecurityGroups",
    "elasticloadbalancing:SetSubnets",
];

/// What makes something that gets the cluster's tag. Security groups and launch templates are made apart: they are also what
/// machines are started in and from.
#[rustfmt::skip]
const MAKES: &[&str] = &[
    "ec2:CreateFleet", "ec2:CreateNetworkInterface", "ec2:CreateVolume", "ec2:RunInstances",
    "elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup",
];

/// What is made so. A policy has room for 6,144 characters: regions and accounts are `*`, as in AWS's own, since a boundary
/// gives nothing.
#[rustfmt::skip]
const MADE: &[&str] = &[
    "ec2:*:*:fleet/*", "ec2:*:*:instance/*", "ec2:*:*:network-interface/*", "ec2:*:*:spot-instances-request/*",
    "ec2:*:*:volume/*", "elasticloadbalancing:*:*:loadbalancer/*", "elasticloadbalancing:*:*:targetgroup/*",
];

/// What is done in the security group that EKS makes for the cluster's own interfaces and machines.
const IN_GROUP: [&str; 5] = [
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:CreateFleet",
    "ec2:CreateNetworkInterface",
    "ec2:RevokeSecurityGroupIngress",
    "ec2:RunInstances",
];

/// The names of the clusters that have a role.
pub(super) fn of<'a>(world: &World<'a>, role: Item<'a>) -> BTreeSet<String> {
    let clusters = world.items().filter(|item| item.kind == "AWS::EKS::Cluster");
    let its = clusters.filter(|cluster| {
        let of = cluster
            .one("RoleArn")
            .and_then(|arn| world.target(cluster.stack, arn, 0));
        of.is_some_and(|(of, _)| of.id == role.id && of.stack.name == role.stack.name)
    });
    its.flat_map(|cluster| {
        cluster
            .all("Name")
            .into_iter()
            .flat_map(move |name| world.texts(cluster.stack, name))
    })
    .collect()
}

/// Whether a policy of AWS is one of those for clusters.
pub(super) fn has(policy: &str) -> bool {
    POLICIES.contains(&policy)
}

/// What is done on what else, bound by what it is on.
#[rustfmt::skip]
const ELSEWHERE: &[(&[&str], &[&str])] = &[
    (&["ec2:AuthorizeSecurityGroupIngress"], &["ec2:*:*:security-group-rule/*"]),
    (&["ec2:CreateFleet", "ec2:CreateNetworkInterface", "ec2:RunInstances"], &["ec2:*:*:subnet/*"]),
    (&["ec2:CreateFleet", "ec2:RunInstances"], &["ec2:*::image/*"]),
    (&["ec2:CreateSecurityGroup"], &["ec2:*:*:vpc/*"]),
    (&["iam:AddRoleToInstanceProfile"], &[PROFILES]),
];

/// What gives tags to what is being made: the action, its service, and what makes it.
#[rustfmt::skip]
const TAGS: &[(&str, &str, &[&str])] = &[
    ("ec2:CreateTags", "ec2", &[
        "AuthorizeSecurityGroupIngress", "CreateFleet", "CreateLaunchTemplate", "CreateNetworkInterface",
        "CreateSecurityGroup", "CreateVolume", "RunInstances",
    ]),
    ("elasticloadbalancing:AddTags", "elasticloadbalancing", &[
        "CreateListener", "CreateLoadBalancer", "CreateRule", "CreateTargetGroup",
    ]),
];

/// What puts a firewall before a load balancer.
const GUARDS: [&str; 2] = ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"];

/// What a cluster looks at whose machines are a group.
#[rustfmt::skip]
const LOOKS_BESIDE_GROUPS: &[&str] = &[
    "ec2:DescribeAvailabilityZones", "ec2:DescribeDhcpOptions", "ec2:DescribeInstanceTopology", "ec2:DescribeInstances",
    "ec2:DescribeNetworkInterfaces", "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets",
    "ec2:DescribeVpcs", "kms:DescribeKey",
];

/// The tag that the network plug-in gives to interfaces, with the name of the cluster
/// (<https://github.com/aws/amazon-vpc-cni-k8s#cluster_name>).
const OF_PLUG_IN: &str = "aws:ResourceTag/cluster.k8s.amazonaws.com/name";

/// What the role of a cluster does whose machines are a group.
fn beside_groups(cluster: &str) -> Vec<Grant> {
    let looks = Grant::new(LOOKS_BESIDE_GROUPS.iter().copied(), ["*"]);
    let interfaces = things::arn("ec2:*:*:network-interface/*");
    vec![
        looks.because("nothing is changed"),
        Grant::new(["ec2:DeleteNetworkInterface"], [interfaces]).only_if(Condition::new(
            StringEquals,
            OF_PLUG_IN,
            [cluster],
        )),
    ]
}

/// What the role of a cluster does.
pub(super) fn grants(world: &World<'_>, cluster: &str) -> Vec<Grant> {
    if world.items().any(|item| item.kind == "AWS::EKS::Nodegroup") {
        return beside_groups(cluster);
    }
    let is = |key: &str, value: &str| Condition::new(StringEquals, key, [value]);
    let tagged = is("aws:ResourceTag/eks:eks-cluster-name", cluster);
    let tags = is("aws:RequestTag/eks:eks-cluster-name", cluster);
    let owned = is(&format!("aws:ResourceTag/kubernetes.io/cluster/{cluster}"), "owned");
    let anywhere = |actions: &[&str]| {
        let grant = Grant::new(actions.iter().copied(), ["*"]);
        grant.because("what is acted on has the cluster's tag, or nothing is changed")
    };
    let on = |actions: &[&str], shapes: &[&str]| {
        Grant::new(actions.iter().copied(), shapes.iter().map(|shape| things::arn(shape)))
    };
    let apart = ["ec2:CreateLaunchTemplate", "ec2:CreateSecurityGroup"];
    let mut all = vec![
        anywhere(LOOKS),
        anywhere(CHANGES).only_if(tagged),
        on(MAKES, MADE).only_if(tags.clone()),
        on(&apart, &["ec2:*:*:launch-template/*", GROUPS]).only_if(tags),
        on(&IN_GROUP, &[GROUPS]).only_if(owned),
        Grant::new(["iam:PassRole"], ["*"]).only_if(is("iam:PassedToService", "ec2.amazonaws.com")),
    ];
    all.extend(ELSEWHERE.iter().map(|(actions, shapes)| on(actions, shapes)));
    all.extend(TAGS.iter().map(|(action, service, makers)| {
        let key = format!("{service}:CreateAction");
        anywhere(&[*action]).only_if(Condition::new(StringEquals, &key, makers.iter().copied()))
    }));
    let firewalls = world.arns_of_kind("wafv2:webacl");
    if !firewalls.is_empty() {
        all.push(Grant::new(GUARDS, firewalls));
        all.push(on(&GUARDS, &[BALANCERS]));
        all.push(anywhere(&["elasticloadbalancing:SetWebAcl"]));
    }
    all
}

/// Security groups.
const GROUPS: &str = "ec2:*:*:security-group/*";

/// The load balancers that are made for what runs in a cluster; their names begin so (AWS Load Balancer Controller guide,
/// "alb.ingress.kubernetes.io/load-balancer-name").
const BALANCERS: &str = "elasticloadbalancing:*:*:loadbalancer/app/k8s-*/*";

/// The profiles of machines that EKS makes; their names begin so (Amazon EKS user guide, "Create a node class for Amazon
/// EKS").
const PROFILES: &str = "iam::A:instance-profile/eks*";
