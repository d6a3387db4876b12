//! The machines, and the roles that the cluster and its machines have.

use super::arn;
use crate::aws::{eks, iam};
use crate::resources::place::Place;
use crate::resources::role::{only_from, role};
use crate::template::{Arn, Error, Handle, LogicalId, Principal, Statement, Template, Value, sub};

pub(super) struct Roles {
    pub(super) cluster: Handle<iam::Role>,
    node: Handle<iam::Role>,
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

/// What a machine of Auto Mode needs and no more: to give pods their identities, and to pull images. Those of AWS's own
/// add-ons come from accounts of AWS's, so that the second is not narrowed to our registry (Amazon EKS user guide,
/// "Amazon EKS Auto Mode node IAM role").
const OF_NODE: [&str; 2] = ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"];

pub(super) fn roles(place: Place<'_>, template: &mut Template) -> Result<Roles, Error> {
    let trust = Statement::allow("Cluster", ["sts:AssumeRole", "sts:TagSession"], vec![])
        .to(Principal::service("eks.amazonaws.com"))
        .when(only_from(&arn(place)));
    let cluster = iam::Role {
        managed_policy_arns: Some(of_aws(&OF_CLUSTER)),
        ..role(place, "Runs the cluster and what Auto Mode makes for it", trust, vec![])
    };
    let trust = Statement::allow("Nodes", ["sts:AssumeRole"], vec![]).to(Principal::service("ec2.amazonaws.com"));
    let node = iam::Role {
        managed_policy_arns: Some(of_aws(&OF_NODE)),
        ..role(
            place,
            "Lets machines pull images and give pods their identities",
            trust,
            vec![],
        )
    };
    Ok(Roles {
        cluster: template.add(LogicalId::new("cluster", "Role"), &cluster)?,
        node: template.add(LogicalId::new("node", "Role"), &node)?,
    })
}

/// Auto Mode is three switches, of which EKS takes all or none, and the two pools that AWS keeps: `system` for what
/// the cluster needs, `general-purpose` for the rest.
pub(super) fn auto(cluster: eks::Cluster, roles: &Roles) -> eks::Cluster {
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
