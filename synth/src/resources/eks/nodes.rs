//! What pods run on, and the roles that the cluster and its machines have.

use super::arn;
use crate::aws::{eks, iam};
use crate::model::{Identity, Nodes};
use crate::resources::place::Place;
use crate::resources::registry;
use crate::resources::role::{Boundary, only_from, role};
use crate::template::{
    Arn, Conditions, Document, Error, Handle, LogicalId, Operator, Principal, Statement, Template, Value, pseudo, sub,
};

pub(super) struct Roles {
    pub(super) cluster: Handle<iam::Role>,
    pub(super) node: Handle<iam::Role>,
}

/// What EKS asks for to run everything that Auto Mode runs (Amazon EKS user guide, "Amazon EKS Auto Mode cluster IAM
/// role").
const OF_CLUSTER: [&str; 5] = [
    "AmazonEKSBlockStoragePolicy",
    "AmazonEKSClusterPolicy",
    "AmazonEKSComputePolicy",
    "AmazonEKSLoadBalancingPolicy",
    "AmazonEKSNetworkingPolicy",
];

/// The same where the machines are a group: load balancers, volumes and addresses of pods are not the cluster's business.
const OF_CLUSTER_OF_GROUP: [&str; 1] = ["AmazonEKSClusterPolicy"];

/// What a machine does: it gives pods of its cluster their identities if it hands them out, and pulls images (Amazon EKS user guide, "Amazon EKS
/// Auto Mode node IAM role": AWS's two policies, "or equivalent permissions"). Those of AWS's own add-ons come from accounts
/// of AWS's, so that only in ours the repository can be named. One of a group finds the cluster and itself besides, which is
/// the rest of `AmazonEKSWorkerNodePolicy`; addresses of pods are the business of the network plug-in, which has a role of
/// its own (Amazon EKS user guide, "Amazon EKS node IAM role").
fn of_node(place: Place<'_>, nodes: Nodes) -> Document {
    let pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
    let elsewhere = Conditions::none().and(Operator::StringNotEquals, "aws:ResourceAccount", pseudo::account());
    let any = sub("arn:${AWS::Partition}:ecr:*:*:repository/*", &[]);
    let mut all = Vec::new();
    if place.system.identity() == Some(Identity::HandedOut) {
        let identify = ["eks-auth:AssumeRoleForPodIdentity"];
        all.push(Statement::allow("IdentifyPods", identify, vec![arn(place)]));
    }
    all.extend([
        // The action has no resource-level permissions (Service authorization reference, Amazon ECR).
        Statement::allow("SignIn", ["ecr:GetAuthorizationToken"], vec!["*".into()]),
        Statement::allow("Pull", pull, vec![registry::arn(place)]),
        Statement::allow("PullOfAws", pull, vec![any]).when(elsewhere),
    ]);
    if matches!(nodes, Nodes::Group(_)) {
        all.push(Statement::allow(
            "FindCluster",
            ["eks:DescribeCluster"],
            vec![arn(place)],
        ));
        all.push(Statement::allow(
            "FindItself",
            ["ec2:DescribeInstances"],
            vec!["*".into()],
        ));
    }
    Document::new(all)
}

pub(super) fn roles(place: Place<'_>, template: &mut Template, nodes: Nodes) -> Result<Roles, Error> {
    let (of_cluster, asked, what): (&[_], &[_], _) = match nodes {
        Nodes::Auto => (
            &OF_CLUSTER,
            &["sts:AssumeRole", "sts:TagSession"],
            "Runs the cluster and what Auto Mode makes for it",
        ),
        Nodes::Group(_) => (&OF_CLUSTER_OF_GROUP, &["sts:AssumeRole"], "Runs the cluster"),
    };
    let trust = Statement::allow("Cluster", asked.iter().copied(), vec![])
        .to(Principal::service("eks.amazonaws.com"))
        .when(only_from(&arn(place)));
    let cluster = iam::Role {
        managed_policy_arns: Some(of_aws(of_cluster)),
        permissions_boundary: Some(Boundary::Cluster.of(place)),
        ..role(place, what, trust, vec![])
    };
    let trust = Statement::allow("Nodes", ["sts:AssumeRole"], vec![]).to(Principal::service("ec2.amazonaws.com"));
    let what = match place.system.identity() {
        Some(Identity::Signed) => "Lets machines pull images",
        _ => "Lets machines pull images and give pods their identities",
    };
    let node = role(place, what, trust, vec![("run-pods", of_node(place, nodes))]);
    Ok(Roles {
        cluster: template.add(LogicalId::new("cluster", "Role"), &cluster)?,
        node: template.add(LogicalId::new("node", "Role"), &node)?,
    })
}

/// A cluster that runs what pods need by itself, or leaves it to others.
pub(super) fn run(cluster: eks::Cluster, nodes: Nodes, roles: &Roles) -> eks::Cluster {
    match nodes {
        Nodes::Auto => auto(cluster, roles),
        Nodes::Group(_) => cluster,
    }
}

/// Auto Mode is three switches, of which EKS takes all or none, and the two pools that AWS keeps: `system` for what
/// the cluster needs, `general-purpose` for the rest.
fn auto(cluster: eks::Cluster, roles: &Roles) -> eks::Cluster {
    eks::Cluster {
        compute_config: Some(
            eks::ComputeConfig {
                enabled: Some(true.into()),
                node_pools: Some(["general-purpose", "system"].into()),
                node_role_arn: Some(roles.node.arn()),
            }
            .into(),
        ),
        kubernetes_network_config: Some(
            eks::KubernetesNetworkConfig {
                elastic_load_balancing: Some(
                    eks::ElasticLoadBalancing {
                        enabled: Some(true.into()),
                    }
                    .into(),
                ),
                ..eks::KubernetesNetworkConfig::new()
            }
            .into(),
        ),
        storage_config: Some(
            eks::StorageConfig {
                block_storage: Some(
                    eks::BlockStorage {
                        enabled: Some(true.into()),
                    }
                    .into(),
                ),
            }
            .into(),
        ),
        ..cluster
    }
}

/// Policies that AWS keeps.
pub(super) fn of_aws(names: &[&str]) -> Value<Vec<Arn<iam::ManagedPolicy>>> {
    let arn = |name: &&str| sub(&format!("arn:${{AWS::Partition}}:iam::aws:policy/{name}"), &[]).assume();
    names.iter().map(arn).collect::<Vec<_>>().into()
}
